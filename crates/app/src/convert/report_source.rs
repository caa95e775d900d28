//! Settlements out of report files.

use ledger::movement::Movement;
use providers::amazon_pay::{self, Period};

use super::ahead::{Reading, read_ahead};
use super::error::ConvertError;
use super::movement_source::{Document, Head, MovementSource};
use super::source::{Report, Reports};
use crate::progress::Progress;

/// Reads reports one after the other; progress is told of their bytes.
pub struct ReportSource<'r> {
    left: std::slice::Iter<'r, Report>,
    current: Option<&'r Report>,
    progress: &'r dyn Progress,
}

impl<'r> ReportSource<'r> {
    /// The reports in the order in which they were arranged.
    pub fn new(reports: &'r Reports, progress: &'r dyn Progress) -> Self {
        Self { left: reports.reports.iter(), current: None, progress }
    }
}

impl MovementSource for ReportSource<'_> {
    fn advance(&mut self) -> Result<Option<Head>, ConvertError> {
        self.current = self.left.next();
        Ok(self.current.map(|report| Head {
            name: report.source.name.clone(),
            period: period(report),
            stored: None,
        }))
    }

    fn rows(
        &mut self,
        mut take: impl FnMut(&Movement<'_>) -> Result<(), ConvertError>,
    ) -> Result<Document, ConvertError> {
        let Some(report) = self.current else { return Err(ConvertError::NoSettlement) };
        let Reading { sha256, bytes, rows } =
            read_ahead(report, self.progress, |row| take(&amazon_pay::movement(row)))?;
        let (name, settlement) = (report.source.name.clone(), report.settlement.clone());
        Ok(Document { name, sha256, settlement, rows, bytes })
    }
}

fn period(report: &Report) -> Option<Period> {
    let settlement = report.settlement.clone()?;
    Some(Period { settlement, start: report.preamble.start, end: report.preamble.end })
}
