//! One row of a file: fields as they stand there.

use std::{borrow::Cow, str};

/// How a line ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum LineEnd {
    /// CR LF, as DATEV writes it.
    CrLf,
    /// LF alone.
    Lf,
    /// The end of the file.
    Missing,
}

/// A row with its fields. The texts live until the next row is read.
#[derive(Debug, Clone, Copy)]
pub struct Row<'a> {
    pub(super) line: u64,
    pub(super) bytes: &'a [u8],
    pub(super) spans: &'a [Span],
    pub(super) is_utf8: bool,
    pub(super) line_end: LineEnd,
    pub(super) flaw: Option<Flaw>,
}

/// What is wrong with a row as a whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Flaw {
    /// A quote opens and does not close within reach; the row was read to the end of its first line.
    UnclosedQuote,
    /// The row is longer than any row of the format; the rest was skipped.
    TooLong,
}

/// Where a field stands in its row.
#[derive(Debug, Clone, Copy)]
pub(super) struct Span {
    /// The first byte, behind the quote if there is one.
    pub(super) start: usize,
    /// Behind the last byte, before the quote if there is one.
    pub(super) end: usize,
    pub(super) is_quoted: bool,
    /// Whether quotes stand inside, doubled or stray.
    pub(super) has_quotes: bool,
    /// Whether a quote inside was not doubled.
    pub(super) is_stray: bool,
}

/// One field.
#[derive(Debug, Clone, Copy)]
pub struct Field<'a> {
    bytes: &'a [u8],
    span: Span,
    is_utf8: bool,
}

impl<'a> Row<'a> {
    /// The line of the file on which the row begins, from 1.
    pub const fn line(&self) -> u64 {
        self.line
    }

    pub(crate) const fn flaw(&self) -> Option<Flaw> {
        self.flaw
    }

    /// How many fields the row has.
    pub const fn len(&self) -> usize {
        self.spans.len()
    }

    /// Whether the row has no field; a row that was read has one at least.
    pub const fn is_empty(&self) -> bool {
        self.spans.is_empty()
    }

    /// How the row's last line ends.
    pub const fn line_end(&self) -> LineEnd {
        self.line_end
    }

    /// The field at `position`, from 1.
    pub fn field(&self, position: u16) -> Option<Field<'a>> {
        let index = usize::from(position).checked_sub(1)?;
        self.spans.get(index).map(|&span| Field {
            bytes: self.bytes.get(span.start..span.end).unwrap_or_default(),
            span,
            is_utf8: self.is_utf8,
        })
    }

    /// The text of the field at `position`, from 1; empty where the row has no such field.
    pub fn text(&self, position: u16) -> Cow<'a, str> {
        self.field(position).map_or(Cow::Borrowed(""), |field| field.text())
    }

    /// All fields from the first to the last.
    pub fn fields(&self) -> impl Iterator<Item = Field<'a>> {
        let row = *self;
        (1..=u16::try_from(self.spans.len()).unwrap_or(u16::MAX))
            .filter_map(move |position| row.field(position))
    }
}

impl<'a> Field<'a> {
    /// The text: decoded, without the quotes around it, quotes inside no longer doubled.
    pub fn text(&self) -> Cow<'a, str> {
        if self.bytes.is_empty() {
            return Cow::Borrowed("");
        }
        let text = match str::from_utf8(self.bytes) {
            Ok(text) if self.is_utf8 || text.is_ascii() => Cow::Borrowed(text),
            _ => encoding_rs::WINDOWS_1252.decode_without_bom_handling(self.bytes).0,
        };
        if self.span.has_quotes { Cow::Owned(text.replace("\"\"", "\"")) } else { text }
    }

    /// The bytes as they stand in the file (UTF-16 as UTF-8), without the quotes around them.
    pub const fn bytes(&self) -> &'a [u8] {
        self.bytes
    }

    /// Whether the field stands in quotes.
    pub const fn is_quoted(&self) -> bool {
        self.span.is_quoted
    }

    /// Whether the field holds nothing.
    pub const fn is_empty(&self) -> bool {
        self.bytes.is_empty()
    }

    /// Whether a quote inside is not doubled.
    pub(crate) const fn has_stray_quote(&self) -> bool {
        self.span.is_stray
    }
}

/// Splits one record into its fields. False where a quote is still open at the end.
pub(super) fn split(bytes: &[u8], spans: &mut Vec<Span>) -> bool {
    spans.clear();
    let mut at = 0;
    loop {
        let (span, next, is_closed) =
            if bytes.get(at) == Some(&b'"') { quoted(bytes, at + 1) } else { bare(bytes, at) };
        spans.push(span);
        if !is_closed {
            return false;
        }
        match next {
            Some(next) => at = next,
            None => return true,
        }
    }
}

/// A field without quotes around it: up to the next separator.
fn bare(bytes: &[u8], start: usize) -> (Span, Option<usize>, bool) {
    let rest = &bytes[start.min(bytes.len())..];
    let separator = rest.iter().position(|&byte| byte == b';').map(|index| start + index);
    let end = separator.unwrap_or(bytes.len());
    let span = Span { start, end, is_quoted: false, has_quotes: false, is_stray: false };
    (span, separator.map(|at| at + 1), true)
}

/// A field in quotes: up to the quote before a separator or the end.
fn quoted(bytes: &[u8], start: usize) -> (Span, Option<usize>, bool) {
    let mut span = Span { start, end: bytes.len(), is_quoted: true, has_quotes: false, is_stray: false };
    let mut at = start;
    while let Some(quote) = bytes[at..].iter().position(|&byte| byte == b'"').map(|index| at + index) {
        match bytes.get(quote + 1) {
            None | Some(b';') => {
                span.end = quote;
                return (span, bytes.get(quote + 1).map(|_| quote + 2), true);
            }
            Some(b'"') => {
                span.has_quotes = true;
                at = quote + 2;
            }
            Some(_) => {
                span.is_stray = true;
                at = quote + 1;
            }
        }
    }
    (span, None, false)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(record: &str) -> (Vec<String>, bool) {
        let mut spans = Vec::new();
        let is_closed = split(record.as_bytes(), &mut spans);
        let row = Row {
            line: 1,
            bytes: record.as_bytes(),
            spans: &spans,
            is_utf8: true,
            line_end: LineEnd::CrLf,
            flaw: None,
        };
        (row.fields().map(|field| field.text().into_owned()).collect(), is_closed)
    }

    #[test]
    fn fields_are_split_outside_of_quotes() {
        assert_eq!(texts("1;\"a;b\";;\"\";x").0, ["1", "a;b", "", "", "x"]);
        assert_eq!(texts("").0, [""]);
        assert_eq!(texts(";").0, ["", ""]);
        assert_eq!(texts("\"a\"").0, ["a"]);
    }

    #[test]
    fn doubled_quotes_are_single_ones() {
        assert_eq!(texts("\"BEDI \"\"x\"\"\";1").0, ["BEDI \"x\"", "1"]);
        assert_eq!(texts("\"\"\"\"").0, ["\""]);
    }

    #[test]
    fn a_quote_inside_that_is_not_doubled_belongs_to_the_text() {
        assert_eq!(texts("\"Die \"Bude\" GmbH\";1").0, ["Die \"Bude\" GmbH", "1"]);
        assert_eq!(texts("a\"b;1").0, ["a\"b", "1"]);
    }

    #[test]
    fn an_open_quote_is_told() {
        assert!(!texts("1;\"a;b").1);
        assert!(!texts("\"").1);
        assert!(texts("1;2").1);
    }
}
