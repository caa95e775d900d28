use jiff::Timestamp;

use super::error::printable;
use super::record::Record;
use super::{FieldProblem, ReportError, timestamp};

/// What a settlement report says before its header row: whose money, and of which period.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Preamble {
    /// The merchant (SellerId).
    pub seller_id: String,
    /// When the settlement begins (SettlementStartDate).
    pub start: Timestamp,
    /// When the settlement ends (SettlementEndDate).
    pub end: Timestamp,
    /// SettlementStartDate as written, with its offset.
    pub start_text: String,
    /// SettlementEndDate as written, with its offset.
    pub end_text: String,
}

const NAMES: [&str; 3] = ["SellerId", "SettlementStartDate", "SettlementEndDate"];

/// The preamble while it is read: for each name the line and the value.
#[derive(Debug, Default)]
pub(super) struct PreambleLines([Option<(u64, String)>; 3]);

impl PreambleLines {
    /// Takes a record if it is one of the named lines; others say nothing that is needed.
    pub(super) fn take(&mut self, record: &Record) -> Result<(), ReportError> {
        let Some(index) = NAMES.iter().position(|name| *name == record.field(0).trim()) else {
            return Ok(());
        };
        let value = record.field(1).trim();
        let Some(slot) = self.0.get_mut(index) else { return Ok(()) };
        match slot {
            Some((_, first)) if first == value => {}
            Some((_, first)) => {
                return Err(ReportError::PreambleConflict {
                    line: record.line(),
                    name: NAMES[index],
                    first: printable(first.as_bytes()),
                    second: printable(value.as_bytes()),
                });
            }
            None => *slot = Some((record.line(), value.to_owned())),
        }
        Ok(())
    }

    /// The whole preamble, once the header row is reached.
    pub(super) fn finish(self) -> Result<Preamble, ReportError> {
        let [Some((_, seller_id)), Some(start), Some(end)] = self.0 else {
            let missing = NAMES.into_iter().zip(&self.0).filter(|(_, line)| line.is_none());
            return Err(ReportError::PreambleMissing { names: missing.map(|(name, _)| name).collect() });
        };
        if seller_id.is_empty() {
            return Err(ReportError::PreambleMissing { names: vec!["SellerId"] });
        }
        let preamble = Preamble {
            seller_id,
            start: date("SettlementStartDate", &start)?,
            end: date("SettlementEndDate", &end)?,
            start_text: start.1,
            end_text: end.1,
        };
        if preamble.start > preamble.end {
            let (start, end) = (preamble.start_text, preamble.end_text);
            return Err(ReportError::PeriodReversed { start, end });
        }
        Ok(preamble)
    }
}

fn date(name: &str, (line, text): &(u64, String)) -> Result<Timestamp, ReportError> {
    timestamp::parse(text.as_bytes()).ok_or_else(|| ReportError::Field {
        line: *line,
        column: name.to_owned(),
        found: printable(text.as_bytes()),
        problem: FieldProblem::Date,
    })
}
