//! Lines into fields, fields into messages.

use crate::error::{Place, Problem, ReadError};

/// The fields of a statement. `61` and `86` come as often as they like.
const KNOWN: &[&str] = &[
    "20", "21", "25", "25P", "28", "28C", "60F", "60M", "61", "86", "62F", "62M", "64", "65", "13", "13D",
    "34F", "90C", "90D",
];

/// A field: its tag, the line on which it begins, and its lines without the tag.
#[derive(Debug)]
pub(super) struct Field<'t> {
    pub(super) tag: &'t str,
    pub(super) line: u64,
    pub(super) lines: Vec<&'t str>,
}

impl<'t> Field<'t> {
    /// The first line behind the tag, without blanks at its ends.
    pub(super) fn value(&self) -> &'t str {
        self.lines.first().map_or("", |line| line.trim())
    }

    /// A problem of this field.
    pub(super) fn refuse(&self, problem: Problem) -> ReadError {
        ReadError::at(Place { line: self.line, column: None }, &format!(":{}", self.tag), problem)
    }

    /// A problem of this field from a column of its first line on, counted without the tag.
    pub(super) fn refuse_at(&self, offset: usize, problem: Problem) -> ReadError {
        let before = self.tag.len().saturating_add(2).saturating_add(offset);
        let column = u64::try_from(before).unwrap_or(u64::MAX).saturating_add(1);
        let place = Place { line: self.line, column: Some(column) };
        ReadError::at(place, &format!(":{}", self.tag), problem)
    }
}

/// A line without SWIFT's block in front: `{1:F01…}{2:…}{4:` may stand before the first field.
pub(super) fn without_block(line: &str) -> &str {
    let line = line.trim_start();
    if !line.starts_with('{') {
        return line;
    }
    line.rsplit_once("{4:").map_or("", |(_, rest)| rest.trim_start())
}

/// The messages of a file, each a list of fields that begins with `:20:`.
pub(super) fn messages(text: &str) -> Result<Vec<Vec<Field<'_>>>, ReadError> {
    let mut messages: Vec<Vec<Field<'_>>> = Vec::new();
    // Between messages nothing is open, and only blank lines and SWIFT's blocks may stand there.
    let mut open = false;
    for (number, line) in (1..).zip(text.lines()) {
        // Blanks at the end of a line are part of the text that goes on in the next.
        let line = if open { line } else { without_block(line) };
        if line.trim().is_empty() {
            continue;
        }
        if open && is_end(line.trim_end()) {
            open = false;
            continue;
        }
        let begins = tagged(line);
        if let Some(("20", rest)) = begins {
            messages.push(vec![Field { tag: "20", line: number, lines: vec![rest] }]);
            open = true;
            continue;
        }
        let message = messages.last_mut().filter(|_| open);
        let Some(message) = message else { return Err(stray(number, begins)) };
        match begins {
            Some((tag, rest)) => message.push(Field { tag, line: number, lines: vec![rest] }),
            None => continued(message, number, line)?,
        }
    }
    Ok(messages)
}

/// The line that ends a message: `-`, with SWIFT's block around it `-}`.
fn is_end(line: &str) -> bool {
    line == "-" || line.starts_with("-}")
}

fn stray(line: u64, begins: Option<(&str, &str)>) -> ReadError {
    let tag = begins.map(|(tag, _)| format!(":{tag}")).unwrap_or_default();
    ReadError::at(Place { line, column: None }, &tag, Problem::Missing { what: ":20:" })
}

/// A line that goes on with the field before. Only bookings, their texts and foreign texts have several lines.
fn continued<'t>(message: &mut [Field<'t>], number: u64, line: &'t str) -> Result<(), ReadError> {
    let looks_like_field = line.starts_with(':')
        && line.get(1..).is_some_and(|rest| rest.starts_with(|letter: char| letter.is_ascii_digit()));
    match message.last_mut() {
        Some(field) if field.tag == "86" || (field.tag == "61" && !looks_like_field) => {
            field.lines.push(line);
            Ok(())
        }
        _ => Err(ReadError::at(Place { line: number, column: None }, "", Problem::UnknownField)),
    }
}

/// A line that begins a known field: its tag and the rest.
fn tagged(line: &str) -> Option<(&str, &str)> {
    let (tag, rest) = line.strip_prefix(':')?.split_once(':')?;
    KNOWN.contains(&tag).then_some((tag, rest))
}
