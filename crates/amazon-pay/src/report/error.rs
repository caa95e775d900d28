use std::io;

use super::{Identity, ReportKind};

/// Why a report is refused. Every fact stands in a public field, so that another layer can say it in the
/// user's language; `Display` says it in English.
#[derive(Debug, thiserror::Error)]
pub enum ReportError {
    /// The bytes could not be read, or the gzip they are packed in is damaged or cut.
    #[error("line {line}: the file cannot be read further ({source}); fetch it again and keep the new copy")]
    Read {
        /// The line (of the unpacked text) that was being read.
        line: u64,
        /// What the operating system or the unpacker said.
        source: io::Error,
    },
    /// There is not a single byte of text.
    #[error("the file is empty; fetch the report again")]
    Empty,
    /// No header row of the expected kind of report stands in the first lines.
    #[error(
        "this is not a {expected}: its header row is not among the first lines (looks like: {found}); \
         give the file as Amazon Pay delivered it"
    )]
    NotRecognised {
        /// What the reader was opened for.
        expected: ReportKind,
        /// What the file looks like instead.
        found: ReportKind,
    },
    /// The header row is separated by something other than commas, as spreadsheets write it.
    #[error(
        "line {line}: the columns are separated by {separator:?} instead of a comma; a spreadsheet has \
         rewritten the file, so give it as Amazon Pay delivered it"
    )]
    Separator {
        /// The line of the header row.
        line: u64,
        /// The separator found.
        separator: char,
    },
    /// The file ends before its header row.
    #[error("the file ends at line {line}, before its header row: it was cut; fetch the report again")]
    Cut {
        /// The last line that is there.
        line: u64,
    },
    /// Lines that a settlement report begins with are not there.
    #[error("the lines before the header row lack {}; fetch the report again", names.join(", "))]
    PreambleMissing {
        /// The names of all missing lines.
        names: Vec<&'static str>,
    },
    /// A line before the header row appears twice with two values.
    #[error("line {line}: {name} is {second:?}, but an earlier line says {first:?}; fetch the report again")]
    PreambleConflict {
        /// The line of the second value.
        line: u64,
        /// The name both lines carry.
        name: &'static str,
        /// The first value.
        first: String,
        /// The other value.
        second: String,
    },
    /// The period ends before it starts.
    #[error(
        "the settlement period ends ({end}) before it starts ({start}); fetch the report again and keep the \
         file unchanged"
    )]
    PeriodReversed {
        /// SettlementStartDate as written.
        start: String,
        /// SettlementEndDate as written.
        end: String,
    },
    /// Columns without which a row has no meaning are not there.
    #[error("line {line}: the header row lacks {}; fetch the report again with all columns", names.join(", "))]
    ColumnsMissing {
        /// The line of the header row.
        line: u64,
        /// The names of all missing columns.
        names: Vec<&'static str>,
    },
    /// Two columns carry the same name, so it is open which one counts.
    #[error("line {line}: two columns are named {name}; remove neither, fetch the report again")]
    ColumnRepeated {
        /// The line of the header row.
        line: u64,
        /// The repeated name.
        name: &'static str,
    },
    /// A row has too few or too many fields.
    #[error(
        "line {line}: {found} fields, expected {expected} as in the header row; the row is cut or a comma \
         stands outside quotes, so fetch the report again"
    )]
    FieldCount {
        /// The line on which the row begins.
        line: u64,
        /// How many fields it has.
        found: usize,
        /// How many named columns the header row has.
        expected: usize,
    },
    /// One field cannot be read.
    #[error("line {line}, column {column}: {problem}; found {found:?}; {}", problem.advice())]
    Field {
        /// The line on which the row begins.
        line: u64,
        /// The column's name, or its number where there is no header row yet.
        column: String,
        /// The text found, shortened and made printable.
        found: String,
        /// What is wrong with it.
        problem: FieldProblem,
    },
    /// The figures of a row contradict each other.
    #[error(
        "line {line}: {identity}; the report contradicts itself, so fetch it again, and if it stays so ask \
         Amazon Pay about this row"
    )]
    Identity {
        /// The line on which the row begins.
        line: u64,
        /// The equation that fails, with both sides.
        identity: Identity,
    },
    /// A row belongs to another settlement than the rows before it.
    #[error(
        "line {line}, column SettlementId: found {found:?}, but the rows before say {expected:?}; one file \
         holds one settlement, so give each report as a file of its own"
    )]
    SettlementChanged {
        /// The line on which the row begins.
        line: u64,
        /// The settlement id of this row.
        found: String,
        /// The settlement id of the rows before.
        expected: String,
    },
    /// More rows than the reader was allowed to take.
    #[error("more than {limit} rows; raise the limit if the report is really that long")]
    TooManyRows {
        /// [`Limits::rows`](super::Limits::rows).
        limit: u64,
    },
    /// A row has more fields than any report could have.
    #[error("line {line}: more than {limit} fields; this is no report of Amazon Pay")]
    TooManyFields {
        /// The line on which the row begins.
        line: u64,
        /// The greatest number of fields.
        limit: usize,
    },
}

/// What is wrong with one field. `Display` says what was expected, [`advice`](Self::advice) what to do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum FieldProblem {
    /// A field that must hold something is empty.
    #[error("expected a value, the field is empty")]
    Empty,
    /// Not a date and time with an offset.
    #[error("expected a date such as 2026-10-31T23:30:00 +0000")]
    Date,
    /// Not three capital letters.
    #[error("expected a currency of three capital letters such as EUR")]
    Currency,
    /// Not an amount at all.
    #[error("expected an amount such as 10.00 or -0.29")]
    Amount,
    /// A comma where a point is expected, or between thousands.
    #[error("expected an amount with a decimal point, found a comma")]
    AmountComma,
    /// A point or another mark between thousands.
    #[error("expected an amount without marks between thousands")]
    AmountThousands,
    /// A plus sign.
    #[error("expected an amount without a plus sign")]
    AmountPlus,
    /// A currency sign or code beside the figure.
    #[error("expected a bare amount without currency")]
    AmountCurrency,
    /// Exponent notation, as spreadsheets write long figures.
    #[error("expected an amount in plain digits without an exponent")]
    AmountExponent,
    /// More digits after the point than the currency has.
    #[error("expected at most {digits} digits after the decimal point")]
    AmountDigits {
        /// How many digits the currency has.
        digits: u32,
    },
    /// More than fifteen digits before the point (less what the currency takes).
    #[error("expected an amount below 10^17 of the currency's smallest unit")]
    AmountTooLarge,
    /// The bytes are not UTF-8.
    #[error("expected UTF-8 text")]
    Encoding,
    /// A zero byte.
    #[error("expected text without zero bytes")]
    Nul,
    /// Longer than allowed.
    #[error("expected at most {limit} bytes")]
    TooLong {
        /// The greatest length in bytes.
        limit: usize,
    },
    /// A quotation mark that opens a field is never closed.
    #[error("expected a closing quotation mark, the file ends inside the field")]
    QuoteUnclosed,
    /// Something other than a comma or a line end follows a closing quotation mark.
    #[error("expected a comma or a line end after the closing quotation mark")]
    QuoteFollowed,
    /// A quotation mark inside a field that is not quoted.
    #[error("expected no quotation mark inside a field without quotes")]
    QuoteInside,
}

impl FieldProblem {
    /// What a person can do about it, in English.
    pub fn advice(self) -> &'static str {
        match self {
            Self::AmountComma
            | Self::AmountThousands
            | Self::AmountPlus
            | Self::AmountCurrency
            | Self::AmountExponent
            | Self::Encoding => {
                "a spreadsheet has probably rewritten the file, so give it as Amazon Pay delivered it"
            }
            Self::QuoteUnclosed | Self::QuoteFollowed | Self::QuoteInside => {
                "the row is cut or damaged, so fetch the report again"
            }
            Self::Nul | Self::TooLong { .. } => "the file is damaged, so fetch the report again",
            Self::Empty | Self::Date | Self::Currency | Self::Amount => {
                "give the file as Amazon Pay delivered it; if it is unchanged, its shape is new: report it"
            }
            Self::AmountDigits { .. } | Self::AmountTooLarge => {
                "check the currency of the row; if the file is unchanged, ask Amazon Pay about this row"
            }
        }
    }
}

/// The greatest number of characters of a field that an error repeats.
const FOUND_CHARACTERS_MAX: usize = 60;

/// The text found, shortened and made printable.
pub(super) fn printable(bytes: &[u8]) -> String {
    let head = bytes.get(..FOUND_CHARACTERS_MAX * 4).unwrap_or(bytes);
    let text = String::from_utf8_lossy(head);
    let mut characters = text.chars().map(|c| if c.is_control() { char::REPLACEMENT_CHARACTER } else { c });
    let mut found: String = characters.by_ref().take(FOUND_CHARACTERS_MAX).collect();
    if characters.next().is_some() || head.len() < bytes.len() {
        found.push('…');
    }
    found
}

#[cfg(test)]
mod tests {
    use super::printable;

    #[test]
    fn a_long_text_is_shortened_and_control_characters_are_replaced() {
        assert_eq!(printable("Müller".as_bytes()), "Müller");
        assert_eq!(printable(b"a\x1b[31m\n"), "a\u{fffd}[31m\u{fffd}");
        let long = printable(&[b'x'; 1000]);
        assert_eq!(long.chars().count(), 61);
        assert!(long.ends_with('…'));
    }
}
