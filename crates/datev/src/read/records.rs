//! Any file of the DATEV-Format, row by row.

use std::{
    io::{self, Read},
    str,
};

use memchr::memchr;

use super::{
    Encoding, LineEnd, Row,
    row::{Flaw, Span, split},
    source::Source,
};

/// More than any row of the format can have: all 254 columns of category 16 are below 20,000 bytes.
const ROW_BYTES_MAX: usize = 64 * 1024;

/// A text in quotes may run over several lines; a quote that was forgotten must not swallow the file.
const ROW_LINES_MAX: u64 = 16;

/// Reads a file row by row, whatever its version and character set. Header and names are the first two rows. Empty
/// lines are skipped. Nothing is refused here; a row is at most 64 KiB and 16 lines long.
///
/// ```
/// use datev::{Encoding, Reader};
///
/// let file = "\"EXTF\";700;21\r\nUmsatz;Soll/Haben\r\n119,00;\"S\"\r\n";
/// let mut reader = Reader::new(file.as_bytes())?;
/// while let Some(row) = reader.next_row()? {
///     if row.line() == 3 {
///         assert_eq!(row.text(1), "119,00");
///         assert!(row.field(2).is_some_and(|field| field.is_quoted()));
///     }
/// }
/// assert_eq!(reader.encoding(), Encoding::Windows1252);
/// # Ok::<(), std::io::Error>(())
/// ```
pub struct Reader<R> {
    source: Source<R>,
    encoding: Encoding,
    /// Whether the character set was settled, by a mark or by the first letter outside ASCII.
    is_settled: bool,
    /// Bytes of the row given out last, with its line end.
    pending: usize,
    /// Whether the row given out last was longer than a row can be: the rest of its line is skipped.
    is_cut: bool,
    /// The line on which the next row begins.
    line: u64,
    spans: Vec<Span>,
}

/// Where the record ends that begins the window.
#[derive(Clone, Copy)]
struct Extent {
    /// Without the line end.
    content: usize,
    /// With it.
    total: usize,
    lines: u64,
    line_end: LineEnd,
    flaw: Option<Flaw>,
}

impl<R: Read> Reader<R> {
    /// Begins to read and settles the character set by its mark.
    ///
    /// # Errors
    /// Fails where the input fails.
    pub fn new(input: R) -> io::Result<Self> {
        let (source, encoding) = Source::new(input)?;
        let is_settled = encoding != Encoding::Windows1252;
        Ok(Self { source, encoding, is_settled, pending: 0, is_cut: false, line: 1, spans: Vec::new() })
    }

    /// The character set, as far as the rows read so far show it.
    pub const fn encoding(&self) -> Encoding {
        self.encoding
    }

    /// The next row; `None` at the end of the file.
    ///
    /// # Errors
    /// Fails where the input fails.
    pub fn next_row(&mut self) -> io::Result<Option<Row<'_>>> {
        let Some(extent) = self.next_extent()? else { return Ok(None) };
        let line = self.line;
        self.line += extent.lines;
        self.pending = extent.total;
        self.is_cut = extent.flaw == Some(Flaw::TooLong);
        let is_utf8 = self.settle(extent.content);
        let bytes = self.source.window().get(..extent.content).unwrap_or_default();
        let Extent { line_end, flaw, .. } = extent;
        Ok(Some(Row { line, bytes, spans: &self.spans, is_utf8, line_end, flaw }))
    }

    /// Goes past the row given out last and empty lines, and measures the next row.
    fn next_extent(&mut self) -> io::Result<Option<Extent>> {
        loop {
            self.source.consume(std::mem::take(&mut self.pending));
            if std::mem::take(&mut self.is_cut) {
                self.skip_line()?;
            }
            let Some(first) = self.line_at(0)? else { return Ok(None) };
            if first.content > 0 {
                return self.record(first).map(Some);
            }
            self.line += 1;
            self.pending = first.total;
        }
    }

    /// The record whose first line is known: further lines as long as a quote is open.
    fn record(&mut self, first: Extent) -> io::Result<Extent> {
        if first.flaw.is_some() {
            split(&self.source.window()[..first.content], &mut self.spans);
            return Ok(first);
        }
        let mut extent = first;
        while !split(&self.source.window()[..extent.content], &mut self.spans) {
            let next = if extent.lines < ROW_LINES_MAX { self.line_at(extent.total)? } else { None };
            match next.filter(|next| next.flaw.is_none() && extent.total + next.total <= ROW_BYTES_MAX) {
                Some(next) => {
                    extent.content = extent.total + next.content;
                    extent.total += next.total;
                    extent.lines += 1;
                    extent.line_end = next.line_end;
                }
                None => return Ok(self.unclosed(first)),
            }
        }
        Ok(extent)
    }

    fn unclosed(&mut self, first: Extent) -> Extent {
        split(&self.source.window()[..first.content], &mut self.spans);
        Extent { flaw: Some(Flaw::UnclosedQuote), ..first }
    }

    /// The line that begins at `start` of the window; `None` at the end of the file.
    fn line_at(&mut self, start: usize) -> io::Result<Option<Extent>> {
        let mut searched = start;
        loop {
            let window = self.source.window();
            let end = memchr(b'\n', window.get(searched..).unwrap_or_default()).map(|index| searched + index);
            let length = end.unwrap_or(window.len()).saturating_sub(start);
            if length > ROW_BYTES_MAX {
                let first_part = line(&window[start..start + ROW_BYTES_MAX], ROW_BYTES_MAX);
                return Ok(Some(Extent { flaw: Some(Flaw::TooLong), ..first_part }));
            }
            if let Some(end) = end {
                return Ok(Some(line(&window[start..end], length + 1)));
            }
            searched = window.len();
            if !self.source.grow()? {
                let rest = &self.source.window()[start.min(searched)..];
                let extent = Extent { line_end: LineEnd::Missing, ..line(rest, rest.len()) };
                return Ok((!rest.is_empty()).then_some(extent));
            }
        }
    }

    /// Goes past the rest of a line that is too long.
    fn skip_line(&mut self) -> io::Result<()> {
        loop {
            let window = self.source.window();
            let end = memchr(b'\n', window);
            self.source.consume(end.map_or(window.len(), |index| index + 1));
            if end.is_some() || !self.source.grow()? {
                return Ok(());
            }
        }
    }

    /// Settles the character set by the first letter outside ASCII, and says whether this row is UTF-8.
    fn settle(&mut self, content: usize) -> bool {
        let bytes = &self.source.window()[..content];
        if bytes.is_ascii() {
            return true;
        }
        let is_utf8 = str::from_utf8(bytes).is_ok();
        if !self.is_settled {
            self.is_settled = true;
            self.encoding = if is_utf8 { Encoding::Utf8WithoutMark } else { Encoding::Windows1252 };
        }
        is_utf8 && self.encoding != Encoding::Windows1252
    }
}

/// A line without its line end.
fn line(bytes: &[u8], total: usize) -> Extent {
    let (content, line_end) = match bytes.split_last() {
        Some((b'\r', before)) => (before.len(), LineEnd::CrLf),
        _ => (bytes.len(), LineEnd::Lf),
    };
    Extent { content, total, lines: 1, line_end, flaw: None }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Line, first field and flaw of every row.
    fn rows(bytes: &[u8]) -> Vec<(u64, String, Option<Flaw>)> {
        let mut reader = Reader::new(bytes).unwrap();
        let mut rows = Vec::new();
        while let Some(row) = reader.next_row().unwrap() {
            rows.push((row.line(), row.text(1).into_owned(), row.flaw));
        }
        rows
    }

    fn row(line: u64, text: &str) -> (u64, String, Option<Flaw>) {
        (line, text.to_owned(), None)
    }

    #[test]
    fn rows_end_with_any_line_end_and_empty_lines_are_skipped() {
        assert_eq!(rows(b"a;1\r\nb\n\r\n\nc"), [row(1, "a"), row(2, "b"), row(5, "c")]);
        assert_eq!(rows(b""), []);
        assert_eq!(rows(b"\r\n"), []);
    }

    #[test]
    fn a_text_in_quotes_may_run_over_lines() {
        assert_eq!(rows(b"\"a\r\nb\";1\r\nc\r\n"), [row(1, "a\r\nb"), row(3, "c")]);
    }

    #[test]
    fn a_forgotten_quote_does_not_swallow_the_file() {
        let mut file = b"\"open;1\r\n".to_vec();
        for _ in 0..40 {
            file.extend_from_slice(b"x;1\r\n");
        }
        let rows = rows(&file);
        assert_eq!(rows.len(), 41);
        assert_eq!(rows[0], (1, "open;1".to_owned(), Some(Flaw::UnclosedQuote)));
        assert_eq!(rows[40], row(41, "x"));
    }

    #[test]
    fn a_line_without_end_is_cut_and_the_next_one_read() {
        let mut file = vec![b'x'; 300_000];
        file.extend_from_slice(b"\nnext;1\n");
        let rows = rows(&file);
        assert_eq!(rows.len(), 2);
        assert_eq!((rows[0].0, rows[0].1.len(), rows[0].2), (1, ROW_BYTES_MAX, Some(Flaw::TooLong)));
        assert_eq!(rows[1], row(2, "next"));
    }

    #[test]
    fn every_character_set_is_read() {
        let utf16 = |text: &str, mark: [u8; 2], bytes: fn(u16) -> [u8; 2]| {
            mark.into_iter().chain(text.encode_utf16().flat_map(bytes)).collect::<Vec<u8>>()
        };
        let text = "Müller;1\r\nKöln;2\r\n";
        for (file, encoding) in [
            (text.as_bytes().to_vec(), Encoding::Utf8WithoutMark),
            ([b"\xef\xbb\xbf", text.as_bytes()].concat(), Encoding::Utf8),
            (utf16(text, [0xff, 0xfe], u16::to_le_bytes), Encoding::Utf16Le),
            (utf16(text, [0xfe, 0xff], u16::to_be_bytes), Encoding::Utf16Be),
            (encoding_rs::WINDOWS_1252.encode(text).0.into_owned(), Encoding::Windows1252),
        ] {
            assert_eq!(rows(&file), [row(1, "Müller"), row(2, "Köln")], "{encoding:?}");
            let mut reader = Reader::new(file.as_slice()).unwrap();
            while reader.next_row().unwrap().is_some() {}
            assert_eq!(reader.encoding(), encoding);
        }
    }
}
