//! What DATEV would refuse, misread, cut or ignore in a file, told in words.

mod accounts;
mod booking;
mod code;
mod dates;
mod fields;
mod file;
mod finding;
mod header;
mod master_data;

use std::io::{self, Read};

pub use code::Code;
pub use finding::{Finding, Language, Report, Severity};

use crate::Chart;

/// How a file is checked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CheckOptions {
    /// So many findings of each code are kept; the others are counted.
    pub findings_per_code_max: usize,
    /// The chart of accounts where the header names none.
    pub chart: Option<Chart>,
}

impl Default for CheckOptions {
    fn default() -> Self {
        Self { findings_per_code_max: 100, chart: None }
    }
}

/// Checks a file of any category, version and character set. `file_name` is the name without folders, where there is
/// one. Any bytes give findings, never an error; memory is bounded whatever the file holds.
///
/// ```
/// use datev::{CheckOptions, Language, Severity, check};
///
/// let file = "Umsatz;Soll/Haben\r\n119.00;S\r\n";
/// let report = check(file.as_bytes(), Some("EXTF_test.csv"), &CheckOptions::default())?;
/// let finding = &report.findings()[0];
/// assert_eq!((finding.code.id(), finding.severity(), finding.line), ("headings-first", Severity::Error, Some(1)));
/// assert!(finding.sentence(Language::English).contains("header"));
/// # Ok::<(), std::io::Error>(())
/// ```
///
/// # Errors
/// Fails where the input fails.
pub fn check(input: impl Read, file_name: Option<&str>, options: &CheckOptions) -> io::Result<Report> {
    file::check(input, file_name, options)
}
