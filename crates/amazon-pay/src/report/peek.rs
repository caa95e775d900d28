use std::io::{self, Cursor, Read};

use jiff::Timestamp;

use super::kind::sniff_text;
use super::plain::Plain;
use super::{Preamble, ReportError, ReportKind, SettlementReport, SettlementRow};

/// What the first lines of a file tell: enough to put reports in order before reading them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Peek {
    /// The kind of report.
    pub kind: ReportKind,
    /// Whose money, and of which period; settlement reports only.
    pub preamble: Option<Preamble>,
    /// The settlement; only where there is a row.
    pub settlement_id: Option<String>,
    /// When the first row was posted; only where there is a row.
    pub first_posted: Option<Timestamp>,
}

/// The header row of any report lies within this many bytes.
const HEAD_BYTES: u64 = 64 * 1024;

/// Looks into the first lines of a file, plain or gzip, and reads no further than it must. A file that is no
/// settlement report is no error here; a settlement report whose first lines are broken is.
pub fn peek(source: impl Read) -> Result<Peek, ReportError> {
    let broken = |source: io::Error| ReportError::Read { line: 1, source };
    let mut plain = Plain::new(source).map_err(broken)?;
    let mut head = Vec::new();
    plain.by_ref().take(HEAD_BYTES).read_to_end(&mut head).map_err(broken)?;
    let kind = sniff_text(head.as_slice());
    let mut peek = Peek { kind, preamble: None, settlement_id: None, first_posted: None };
    if kind == ReportKind::Settlement {
        let mut report = SettlementReport::open(Cursor::new(head).chain(plain))?;
        let mut row = SettlementRow::default();
        if report.read(&mut row)? {
            peek.settlement_id = Some(row.settlement_id().to_owned());
            peek.first_posted = Some(row.posted());
        }
        peek.preamble = Some(report.preamble().clone());
    }
    Ok(peek)
}
