//! Names that DATEV takes for an import.

use std::fmt;

use jiff::civil::Date;
use thiserror::Error;

/// The name of a file: `EXTF_`, at most 51 characters, `.csv` (DATEV accounting:extf-files, header `Filename`). DATEV
/// does not even list other names. Written names are letters, digits, `-` and `_` only.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FileName(String);

impl FileName {
    /// `EXTF_<stem>.csv`.
    ///
    /// # Errors
    /// Refuses an empty stem, more than 51 characters, and characters other than letters, digits, `-` and `_`.
    pub fn new(stem: &str) -> Result<Self, FileNameError> {
        let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_';
        if stem.is_empty() || stem.len() > 51 || !stem.bytes().all(is_plain) {
            return Err(FileNameError { stem: stem.to_owned() });
        }
        Ok(Self(format!("EXTF_{stem}.csv")))
    }

    /// The whole name.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether a name found is one that DATEV takes.
    pub fn is_accepted(name: &str) -> bool {
        let middle = name.strip_prefix("EXTF_").and_then(|rest| rest.strip_suffix(".csv"));
        middle.is_some_and(|middle| middle.chars().count() <= 51)
    }
}

impl fmt::Display for FileName {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

impl AsRef<std::path::Path> for FileName {
    fn as_ref(&self) -> &std::path::Path {
        self.0.as_ref()
    }
}

/// The parts of the name of one file of a split batch.
#[derive(Debug, Clone, Copy)]
pub(super) struct BatchNameParts<'a> {
    pub(super) stem: &'a str,
    /// The first day of the period.
    pub(super) from: Date,
    /// Whether a fiscal year begins within the month, so that another file has the same month.
    pub(super) begins_within_month: bool,
    /// From 1.
    pub(super) correction: Option<u16>,
    /// From 1; the first file of a month does not show it.
    pub(super) chunk: u32,
}

impl BatchNameParts<'_> {
    /// `Buchungsstapel_2025-10`, `…_2025-10_2`, `…_2025-10_K1`; where a second fiscal year begins in the month, its
    /// begin is named: `…_2026-06_WJ20260615`.
    pub(super) fn name(self) -> Result<FileName, FileNameError> {
        let Self { stem, from, .. } = self;
        let month = format!("{:04}-{:02}", from.year(), from.month());
        let year = if self.begins_within_month {
            format!("_WJ{:04}{:02}{:02}", from.year(), from.month(), from.day())
        } else {
            String::new()
        };
        let correction = self.correction.map_or_else(String::new, |number| format!("_K{number}"));
        let chunk = if self.chunk > 1 { format!("_{}", self.chunk) } else { String::new() };
        FileName::new(&format!("{stem}_{month}{year}{correction}{chunk}"))
    }
}

/// A stem that cannot be part of a file name.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("file name EXTF_{stem}.csv: between EXTF_ and .csv stand 1 to 51 letters, digits, - or _")]
pub struct FileNameError {
    /// The stem found.
    pub stem: String,
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn a_batch_is_named_after_its_month_and_chunk() {
        let parts = BatchNameParts {
            stem: "Buchungsstapel",
            from: date(2025, 10, 1),
            begins_within_month: false,
            correction: None,
            chunk: 1,
        };
        assert_eq!(parts.name().unwrap().as_str(), "EXTF_Buchungsstapel_2025-10.csv");
        assert_eq!(
            BatchNameParts { chunk: 3, ..parts }.name().unwrap().as_str(),
            "EXTF_Buchungsstapel_2025-10_3.csv"
        );
        let correction = BatchNameParts { correction: Some(1), chunk: 2, ..parts };
        assert_eq!(correction.name().unwrap().as_str(), "EXTF_Buchungsstapel_2025-10_K1_2.csv");
        let second = BatchNameParts { from: date(2026, 6, 15), begins_within_month: true, ..parts };
        assert_eq!(second.name().unwrap().as_str(), "EXTF_Buchungsstapel_2026-06_WJ20260615.csv");
    }

    #[test]
    fn names_that_datev_does_not_list_are_known() {
        assert!(FileName::is_accepted("EXTF_Buchungsstapel.csv"));
        for bad in ["Buchungsstapel.csv", "EXTF_x.txt", "extf_x.csv", "EXTF_x.CSV"] {
            assert!(!FileName::is_accepted(bad), "{bad}");
        }
        assert!(!FileName::is_accepted(&format!("EXTF_{}.csv", "x".repeat(52))));
        assert!(FileName::new("a b").is_err() && FileName::new("").is_err() && FileName::new("ä").is_err());
    }
}
