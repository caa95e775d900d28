use std::collections::HashMap;
use std::io::Read;

use super::refund_row::SHAPE;
use super::table::Table;
use super::{Limits, RefundRow, RefundStatus, ReportError};

/// A refund report, read row by row: one row for each state that a refund went through.
pub struct RefundReport<R> {
    table: Table<R, 12>,
}

impl<R: Read> RefundReport<R> {
    /// Reads the header row, with the default [`Limits`].
    pub fn open(source: R) -> Result<Self, ReportError> {
        Self::open_with(source, Limits::default())
    }

    /// Reads the header row.
    pub fn open_with(source: R, limits: Limits) -> Result<Self, ReportError> {
        Ok(Self { table: Table::open(source, limits, &SHAPE, |_| Ok(()))? })
    }

    /// The names of columns that no documentation knows; their fields are not read.
    pub fn extra_columns(&self) -> &[String] {
        self.table.extra_columns()
    }

    /// Fills `row` with the next row; `false` at the end, where `row` keeps what it held.
    pub fn read(&mut self, row: &mut RefundRow) -> Result<bool, ReportError> {
        if !self.table.read(row.record_mut())? {
            return Ok(false);
        }
        row.interpret(self.table.columns())?;
        Ok(true)
    }
}

/// Reads a report to its end and keeps of every refund the row with the newest LastUpdateTimestamp, in the
/// order in which the refunds first appear. Of two rows of the same instant a final state wins over `Pending`,
/// else the first row stays. Memory grows with the number of refunds.
pub fn newest_states<R: Read>(report: &mut RefundReport<R>) -> Result<Vec<RefundRow>, ReportError> {
    let mut newest: Vec<RefundRow> = Vec::new();
    let mut places: HashMap<String, usize> = HashMap::new();
    let mut row = RefundRow::default();
    while report.read(&mut row)? {
        let place = places.get(row.refund_id()).copied();
        match place.and_then(|place| newest.get_mut(place)) {
            Some(kept) if age(&row) > age(kept) => kept.clone_from(&row),
            Some(_) => {}
            None => {
                places.insert(row.refund_id().to_owned(), newest.len());
                newest.push(row.clone());
            }
        }
    }
    Ok(newest)
}

fn age(row: &RefundRow) -> (jiff::Timestamp, bool) {
    (row.last_update(), row.status() != RefundStatus::Pending)
}
