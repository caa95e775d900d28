//! What a file is, told by its bytes and never by its name.

use crate::archive;
use crate::camt;
use crate::encoding::{self, Text};
use crate::error::{LooksLike, Problem, ReadError};
use crate::limits::Limits;
use crate::mt940;
use crate::statement::Statement;

/// In which format a statement came.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Format {
    /// camt.053 with the version of its schema, 2 to 8.
    Camt053(u8),
    /// MT940.
    Mt940,
}

impl Format {
    /// `camt.053.001.08` or `MT940`.
    pub fn name(self) -> String {
        match self {
            Self::Camt053(version) => format!("camt.053.001.{version:02}"),
            Self::Mt940 => "MT940".to_owned(),
        }
    }
}

/// Reads all statements of a file: camt.053, MT940, or a ZIP archive of them.
///
/// # Errors
/// A file that is none of these, that is broken, or of which a single statement does not prove its balances, is refused
/// as a whole.
pub fn read(bytes: &[u8], limits: &Limits) -> Result<Vec<Statement>, ReadError> {
    if is_zip(bytes) {
        return archive::read(bytes, limits);
    }
    read_file(bytes, limits, &mut Left::of(limits))
}

/// How much may still come, over all files of an archive.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Left {
    statements: usize,
    entries: usize,
}

impl Left {
    pub(crate) fn of(limits: &Limits) -> Self {
        Self { statements: limits.statements, entries: limits.entries }
    }

    /// Takes one more statement; the problem where there are too many.
    pub(crate) fn statement(&mut self, limits: &Limits) -> Result<(), Problem> {
        let left = self.statements.checked_sub(1);
        self.statements = left.ok_or(Problem::TooMany { most: limits.statements })?;
        Ok(())
    }

    /// Takes one more entry or transaction.
    pub(crate) fn entry(&mut self, limits: &Limits) -> Result<(), Problem> {
        let left = self.entries.checked_sub(1);
        self.entries = left.ok_or(Problem::TooMany { most: limits.entries })?;
        Ok(())
    }
}

/// Reads a file that is no archive.
pub(crate) fn read_file(bytes: &[u8], limits: &Limits, left: &mut Left) -> Result<Vec<Statement>, ReadError> {
    if bytes.len() > limits.file_bytes {
        return Err(ReadError::of_file(Problem::TooLarge { most: limits.file_bytes }));
    }
    if bytes.iter().all(u8::is_ascii_whitespace) {
        return Err(ReadError::of_file(Problem::Empty));
    }
    if let Some(looks_like) = known_otherwise(bytes) {
        return Err(ReadError::of_file(Problem::NoStatement { looks_like }));
    }
    match encoding::decode(bytes)? {
        Text::Xml(text) => camt::read(&text, limits, left),
        Text::Plain(text) if mt940::begins(&text) => mt940::read(&text, limits, left),
        Text::Plain(text) => {
            let looks_like = if is_table(&text) { LooksLike::Csv } else { LooksLike::Unknown };
            Err(ReadError::of_file(Problem::NoStatement { looks_like }))
        }
    }
}

pub(crate) fn is_zip(bytes: &[u8]) -> bool {
    bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"PK\x05\x06")
}

fn known_otherwise(bytes: &[u8]) -> Option<LooksLike> {
    let known: [(&[u8], LooksLike); 3] =
        [(b"%PDF", LooksLike::Pdf), (b"\x1f\x8b", LooksLike::Gzip), (b"\xd0\xcf\x11\xe0", LooksLike::Office)];
    known.into_iter().find(|(begin, _)| bytes.starts_with(begin)).map(|(_, looks_like)| looks_like)
}

/// Two lines with the same number of separators are a table.
fn is_table(text: &str) -> bool {
    let mut lines = text.lines().filter(|line| !line.trim().is_empty());
    let (Some(first), Some(second)) = (lines.next(), lines.next()) else { return false };
    [';', ',', '\t'].into_iter().any(|separator| {
        let count = |line: &str| line.matches(separator).count();
        count(first) >= 2 && count(first) == count(second)
    })
}
