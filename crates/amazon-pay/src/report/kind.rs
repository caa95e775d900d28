use std::fmt;
use std::io::Read;

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
    Plain::new(head).map_or(ReportKind::Unknown, sniff_text)
}

/// The same for bytes that are not packed.
pub(super) fn sniff_text(head: impl Read) -> ReportKind {
    let mut records = Records::new(head, Limits::default());
    let mut record = Record::default();
    let mut kind = ReportKind::Unknown;
    for _ in 0..PREAMBLE_RECORDS_MAX {
        if !matches!(records.read(&mut record), Ok(true)) {
            break;
        }
        match Sign::of(&record) {
            Sign::Header(found) => return found,
            Sign::Title(found) => kind = found,
            Sign::None => {}
        }
    }
    kind
}

/// What a single record gives away about its file.
pub(super) enum Sign {
    /// It is the header row of such a report, perhaps with another separator than a comma.
    Header(ReportKind),
    /// It is a title above such a report.
    Title(ReportKind),
    /// Nothing.
    None,
}

impl Sign {
    pub(super) fn of(record: &Record) -> Self {
        let is_header = |mark: &str| {
            record.iter().any(|field| field.trim() == mark) || other_separator(record, mark).is_some()
        };
        if is_header(settlement_row::HEADER_MARK) {
            Self::Header(ReportKind::Settlement)
        } else if is_header(refund_row::HEADER_MARK) {
            Self::Header(ReportKind::Refund)
        } else if record.field(0) == "Settlement Report" {
            Self::Title(ReportKind::Settlement)
        } else {
            Self::None
        }
    }
}

/// The separator of a header row that is not separated by commas.
pub(super) fn other_separator(record: &Record, mark: &str) -> Option<char> {
    let text = record.iter().find(|field| field.contains(mark))?;
    [';', '\t', '|'].into_iter().find(|separator| text.contains(*separator))
}
