//! One shot: settlement reports in, booking batches and a proof out.
//!
//! `source` recognises the reports and puts them in order, `movement_source` is what `run` walks through, `handover` writes the files aside
//! and puts them in place when the proof holds, `print` shows the entries instead.

mod ahead;
mod booker;
pub(crate) mod difference;
pub mod digest;
pub mod error;
mod error_text;
pub mod findings;
pub mod folder;
mod handover;
pub mod movement_source;
pub mod open_items;
mod output;
mod print;
pub mod proof;
mod report_source;
pub mod run;
pub mod source;

pub use booker::{Booked, Booker, HandedOut};
pub use error::ConvertError;
pub(crate) use error_text::difference_text;
pub use error_text::error_text;
pub use handover::hand_over;
pub use print::{PrintFormat, print};
pub use report_source::ReportSource;

use std::path::Path;

use jiff::Timestamp;
use ledger::calendar::DateRange;

use crate::configuration::Configuration;
use crate::language::Language;
use source::Reports;

/// The list of single fees, where fees are summed.
pub const SINGLE_FEES: &str = "Gebuehren_einzeln.csv";

/// What is to be converted, and how.
#[derive(Debug)]
pub struct Order<'a> {
    /// The reports.
    pub reports: &'a Reports,
    /// The client.
    pub configuration: &'a Configuration,
    /// Booking dates, both included.
    pub period: DateRange,
    /// The time of the run.
    pub created: Timestamp,
    /// The language of proof and findings.
    pub language: Language,
}

impl Order<'_> {
    /// How to walk for it.
    pub fn way<'r>(&'r self, handed_out: &'r HandedOut, scratch: &'r Path) -> run::Way<'r> {
        run::Way { rules: &self.configuration.rules, period: self.period, handed_out, scratch }
    }
}
