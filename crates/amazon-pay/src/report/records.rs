//! Splits comma-separated text into records.
//!
//! The rules are those of RFC 4180 and nothing more: a reader that forgives an open quotation mark turns the
//! rest of the file into one field and a damaged report into a short one. That, the bounds and the line of each
//! record are why this does not lean on a general CSV reader; the tests compare it with one.

use std::io::{self, Read};
use std::ops::Range;

use memchr::{memchr, memchr_iter, memchr3};

use super::error::printable;
use super::record::Record;
use super::{FieldProblem, Limits, ReportError};

/// The greatest number of fields in one record.
const FIELDS_MAX: usize = 256;
/// A record may be as long as this many of the longest fields.
const RECORD_FIELDS: usize = 64;
/// How many bytes are asked for at once.
const READ_BYTES: usize = 64 * 1024;
const BYTE_ORDER_MARK: &[u8] = b"\xEF\xBB\xBF";

/// Reads records from a source through a window that holds one record at least and grows only as far as the
/// longest field allowed needs.
pub(super) struct Records<R> {
    source: R,
    limits: Limits,
    window: Vec<u8>,
    start: usize,
    filled: usize,
    ended: bool,
    line: u64,
    empty_lines: u64,
    doubled_quotes: bool,
    names: Vec<String>,
}

impl<R: Read> Records<R> {
    pub(super) fn new(source: R, limits: Limits) -> Self {
        Self {
            source,
            limits,
            window: Vec::new(),
            start: 0,
            filled: 0,
            ended: false,
            line: 0,
            empty_lines: 0,
            doubled_quotes: false,
            names: Vec::new(),
        }
    }

    /// From here on errors call the columns by these names.
    pub(super) fn name_columns(&mut self, names: Vec<String>) {
        self.names = names;
    }

    /// Fills `record` with the next record that is not an empty line; `false` at the end.
    pub(super) fn read(&mut self, record: &mut Record) -> Result<bool, ReportError> {
        if self.line == 0 {
            self.line = 1;
            self.skip_byte_order_mark()?;
        }
        self.skip_empty_lines()?;
        if self.byte(0, 0)?.is_none() {
            return Ok(false);
        }
        record.line = self.line;
        let length = self.scan(&mut record.fields)?;
        self.take(record, length)?;
        Ok(true)
    }

    fn skip_byte_order_mark(&mut self) -> Result<(), ReportError> {
        self.byte(2, 0)?;
        if self.window[self.start..self.filled].starts_with(BYTE_ORDER_MARK) {
            self.start += BYTE_ORDER_MARK.len();
        }
        Ok(())
    }

    fn skip_empty_lines(&mut self) -> Result<(), ReportError> {
        loop {
            match (self.byte(0, 0)?, self.byte(1, 0)?) {
                (Some(b'\n'), _) => self.start += 1,
                (Some(b'\r'), Some(b'\n')) => self.start += 2,
                _ => return Ok(()),
            }
            self.line += 1;
            self.empty_lines += 1;
            if self.empty_lines > self.limits.rows {
                return Err(ReportError::TooManyRows { limit: self.limits.rows });
            }
        }
    }

    /// Finds the fields of the record at the start of the window, as places counted from there; gives its
    /// length with the line end.
    fn scan(&mut self, fields: &mut Vec<Range<usize>>) -> Result<usize, ReportError> {
        fields.clear();
        self.doubled_quotes = false;
        let mut at = 0;
        loop {
            if fields.len() == FIELDS_MAX {
                return Err(ReportError::TooManyFields { line: self.line, limit: FIELDS_MAX });
            }
            let column = fields.len();
            let (field, end) = match self.byte(at, column)? {
                Some(b'"') => self.quoted(at, column)?,
                _ => self.bare(at, column)?,
            };
            if field.len() > self.limits.field_bytes {
                return Err(self.problem(column, field, self.too_long()));
            }
            fields.push(field);
            match self.byte(end, column)? {
                Some(b',') => at = end + 1,
                Some(b'\r') => return Ok(end + 2),
                Some(_) => return Ok(end + 1),
                None => return Ok(end),
            }
        }
    }

    /// A quoted field that opens at `at`: the place of its text and the place behind its closing mark.
    fn quoted(&mut self, at: usize, column: usize) -> Result<(Range<usize>, usize), ReportError> {
        let mut from = at + 1;
        loop {
            let Some(mark) = self.find(from, column, |bytes| memchr(b'"', bytes))? else {
                let rest = at..self.filled - self.start;
                return Err(self.problem(column, rest, FieldProblem::QuoteUnclosed));
            };
            match self.byte(mark + 1, column)? {
                Some(b'"') => {
                    self.doubled_quotes = true;
                    from = mark + 2;
                }
                None | Some(b',' | b'\n') => return Ok((at + 1..mark, mark + 1)),
                Some(b'\r') if self.byte(mark + 2, column)?.is_none_or(|byte| byte == b'\n') => {
                    return Ok((at + 1..mark, mark + 1));
                }
                Some(_) => return Err(self.problem(column, at..mark + 2, FieldProblem::QuoteFollowed)),
            }
        }
    }

    /// A field without quotes that begins at `at`: its place and the place behind it.
    fn bare(&mut self, at: usize, column: usize) -> Result<(Range<usize>, usize), ReportError> {
        let found = self.find(at, column, |bytes| memchr3(b',', b'\n', b'"', bytes))?;
        let end = found.unwrap_or(self.filled - self.start);
        let window = &self.window[self.start..self.filled];
        let end = match window.get(end) {
            Some(b',') => end,
            Some(b'"') => return Err(self.problem(column, at..end + 1, FieldProblem::QuoteInside)),
            _ if window[at..end].ends_with(b"\r") => end - 1,
            _ => end,
        };
        Ok((at..end, end))
    }

    /// The byte that far from the start of the window, `None` behind the end of the source.
    fn byte(&mut self, offset: usize, column: usize) -> Result<Option<u8>, ReportError> {
        while self.start + offset >= self.filled && !self.ended {
            self.fill(column)?;
        }
        Ok(self.window[..self.filled].get(self.start + offset).copied())
    }

    /// Looks for a byte from that place on, reading on as far as needed.
    fn find(
        &mut self,
        mut from: usize,
        column: usize,
        search: impl Fn(&[u8]) -> Option<usize>,
    ) -> Result<Option<usize>, ReportError> {
        loop {
            let known = self.filled - self.start;
            let bytes = self.window[self.start..self.filled].get(from..).unwrap_or_default();
            if let Some(place) = search(bytes) {
                return Ok(Some(from + place));
            }
            if self.ended {
                return Ok(None);
            }
            from = from.max(known);
            self.fill(column)?;
        }
    }

    /// Reads more behind what the window holds, or notes the end.
    fn fill(&mut self, column: usize) -> Result<(), ReportError> {
        self.window.copy_within(self.start..self.filled, 0);
        self.filled -= self.start;
        self.start = 0;
        if self.filled >= self.limits.field_bytes.saturating_mul(RECORD_FIELDS) {
            return Err(self.problem(column, 0..self.filled, self.too_long()));
        }
        if self.window.len() < self.filled + READ_BYTES {
            self.window.resize(self.filled + READ_BYTES, 0);
        }
        loop {
            match self.source.read(&mut self.window[self.filled..]) {
                Ok(0) => self.ended = true,
                Ok(count) => self.filled += count,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
                Err(source) => return Err(ReportError::Read { line: self.line, source }),
            }
            return Ok(());
        }
    }

    /// Moves the record that was scanned out of the window and proves its text.
    fn take(&mut self, record: &mut Record, length: usize) -> Result<(), ReportError> {
        let end = (self.start + length).min(self.filled);
        let raw = &self.window[self.start..end];
        let mut text = std::mem::take(&mut record.text).into_bytes();
        text.clear();
        text.extend_from_slice(raw);
        let mut lines = usize::from(raw.ends_with(b"\n"));
        if holds_control_characters(raw.trim_ascii_end()) {
            if let Some(nul) = memchr(0, raw) {
                return Err(self.problem_at(record, nul, FieldProblem::Nul));
            }
            lines = memchr_iter(b'\n', raw).count();
        }
        if self.doubled_quotes {
            undouble_quotes(&mut text, &mut record.fields);
        }
        record.text = match String::from_utf8(text) {
            Ok(text) => text,
            Err(error) => {
                let place = error.utf8_error().valid_up_to();
                return Err(self.problem_at(record, place, FieldProblem::Encoding));
            }
        };
        self.start = end;
        self.line += u64::try_from(lines).unwrap_or(u64::MAX);
        Ok(())
    }

    fn too_long(&self) -> FieldProblem {
        FieldProblem::TooLong { limit: self.limits.field_bytes }
    }

    /// The problem of the field that covers that place of the record.
    fn problem_at(&self, record: &Record, place: usize, problem: FieldProblem) -> ReportError {
        let column = record.fields.iter().position(|field| place <= field.end).unwrap_or(0);
        let field = record.fields.get(column).cloned().unwrap_or_default();
        self.problem(column, field, problem)
    }

    fn problem(&self, column: usize, place: Range<usize>, problem: FieldProblem) -> ReportError {
        let found = self.window[self.start..self.filled].get(place).unwrap_or_default();
        ReportError::Field {
            line: self.line,
            column: self.column_name(column),
            found: printable(found),
            problem,
        }
    }

    fn column_name(&self, index: usize) -> String {
        match self.names.get(index) {
            Some(name) if !name.is_empty() => name.clone(),
            _ => format!("number {}", index + 1),
        }
    }
}

/// Few records hold a line break or worse inside; the others are told apart at once.
fn holds_control_characters(raw: &[u8]) -> bool {
    raw.iter().fold(u8::MAX, |least, byte| least.min(*byte)) < b' '
}

/// Fields with doubled quotation marks get a text of their own behind the record, with single ones. The comma
/// between keeps every field a run of whole characters.
fn undouble_quotes(text: &mut Vec<u8>, fields: &mut [Range<usize>]) {
    for field in fields {
        if memchr(b'"', &text[field.clone()]).is_none() {
            continue;
        }
        text.push(b',');
        let begin = text.len();
        let mut place = field.start;
        while place < field.end {
            text.push(text[place]);
            place += if text[place] == b'"' { 2 } else { 1 };
        }
        *field = begin..text.len();
    }
}

#[cfg(test)]
mod tests;
