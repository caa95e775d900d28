use std::fmt;

use super::{Limits, plain::Plain, record::Record, records::Records, refund_row, settlement_row};

/// What kind of report a file holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ReportKind {
    /// A settlement report: every movement on the merchant's balance in one settlement.
    Settlement,
    /// A refund report: the states that refunds went through.
    Refund,
    /// None of these.
    Unknown,
}

impl fmt::Display for ReportKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Settlement => "settlement report",
            Self::Refund => "refund report",
            Self::Unknown => "something else",
        })
    }
}

/// The header row is looked for in this many records.
pub(super) const PREAMBLE_RECORDS_MAX: usize = 32;

/// Tells the kind of a report from its first bytes, plain or gzip; 4 KiB are plenty. The name of the file
/// plays no part.
pub fn sniff(head: &[u8]) -> ReportKind {
    let Ok(plain) = Plain::new(head) else { return ReportKind::Unknown };
    let mut records = Records::new(plain, Limits::default());
    let mut record = Record::default();
    let mut kind = ReportKind::Unknown;
    for _ in 0..PREAMBLE_RECORDS_MAX {
        match records.read(&mut record) {
            Ok(true) => {}
            Ok(false) | Err(_) => return kind,
        }
        match kind_of(&record) {
            ReportKind::Unknown => {}
            found @ ReportKind::Refund => return found,
            found @ ReportKind::Settlement => kind = found,
        }
    }
    kind
}

/// What a single record gives away about its file.
pub(super) fn kind_of(record: &Record) -> ReportKind {
    let holds = |name: &str| {
        record.iter().any(|field| field.trim() == name) || other_separator(record, name).is_some()
    };
    if holds(settlement_row::HEADER_MARK) || record.field(0) == "Settlement Report" {
        ReportKind::Settlement
    } else if holds(refund_row::HEADER_MARK) {
        ReportKind::Refund
    } else {
        ReportKind::Unknown
    }
}

/// The separator of a header row that is not separated by commas.
pub(super) fn other_separator(record: &Record, mark: &str) -> Option<char> {
    let text = record.iter().find(|field| field.contains(mark))?;
    [';', '\t', '|'].into_iter().find(|separator| text.contains(*separator))
}
