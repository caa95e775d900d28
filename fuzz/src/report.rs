//! Report files of Amazon Pay.

use std::io::Read;

use amazon_pay::report::{RefundReport, RefundRow, ReportError, SettlementReport, SettlementRow, peek};

/// Gives a reader its bytes one at a time, as a slow connection would.
struct Drops<'a>(&'a [u8]);

impl Read for Drops<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        let (Some((first, rest)), Some(place)) = (self.0.split_first(), buffer.first_mut()) else {
            return Ok(0);
        };
        *place = *first;
        self.0 = rest;
        Ok(1)
    }
}

/// Rows that are accepted prove themselves, and the size of the pieces in which the bytes come changes nothing.
pub(crate) fn settlement_report(bytes: &[u8]) {
    let whole = settlement_rows(bytes);
    let dropped = settlement_rows(Drops(bytes));
    match (whole, dropped) {
        (Ok(whole), Ok(dropped)) => assert_eq!(whole, dropped, "the pieces change the rows"),
        (Err(whole), Err(dropped)) => {
            assert_eq!(whole.to_string(), dropped.to_string(), "the pieces change the error");
        }
        (whole, dropped) => assert_eq!(whole.is_ok(), dropped.is_ok(), "the pieces change the verdict"),
    }
    drop(peek(bytes));
}

/// Line, instant, gross, total fee and net of each row.
type Facts = (u64, i64, i64, i64, i64);

fn settlement_rows(bytes: impl Read) -> Result<Vec<Facts>, ReportError> {
    let mut report = SettlementReport::open(bytes)?;
    let (mut row, mut rows) = (SettlementRow::default(), Vec::new());
    while report.read(&mut row)? {
        assert!(
            row.identities().iter().all(amazon_pay::report::Identity::holds),
            "a row that does not add up"
        );
        assert_eq!(Some(row.settlement_id()), report.settlement_id(), "a row of another settlement");
        rows.push((row.line(), row.posted().as_second(), row.amount(), row.total_fee(), row.net()));
    }
    Ok(rows)
}

/// A refund report is read or refused.
pub(crate) fn refund_report(bytes: &[u8]) {
    let Ok(mut report) = RefundReport::open(bytes) else { return };
    let (mut row, mut last) = (RefundRow::default(), 0);
    while matches!(report.read(&mut row), Ok(true)) {
        assert!(row.line() > last, "lines rise");
        last = row.line();
    }
}
