//! An archive of statements, unpacked in memory within bounds.

use std::io::{Cursor, Read};

use zip::ZipArchive;
use zip::result::ZipError;

use crate::error::{LooksLike, Problem, ReadError};
use crate::limits::Limits;
use crate::recognise::{Left, is_zip, read_file};
use crate::statement::Statement;

/// Reads all members in the order of the archive. One that is no statement refuses the archive.
pub(crate) fn read(bytes: &[u8], limits: &Limits) -> Result<Vec<Statement>, ReadError> {
    if bytes.len() > limits.archive_bytes {
        return Err(ReadError::of_file(Problem::ArchiveTooLarge { most: limits.archive_bytes }));
    }
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(broken)?;
    if archive.len() > limits.members {
        return Err(ReadError::of_file(Problem::TooManyMembers { most: limits.members }));
    }
    if archive.file_names().any(|name| name == "[Content_Types].xml") {
        return Err(ReadError::of_file(Problem::NoStatement { looks_like: LooksLike::Office }));
    }
    let mut left_bytes = limits.archive_bytes;
    let mut left = Left::of(limits);
    let mut statements = Vec::new();
    for place in 0..archive.len() {
        let Some((name, content)) = member(&mut archive, place, limits, left_bytes)? else { continue };
        left_bytes = left_bytes.saturating_sub(content.len());
        if is_zip(&content) {
            return Err(ReadError::of_file(Problem::Nested).in_member(&name));
        }
        let read = read_file(&content, limits, &mut left).map_err(|error| error.in_member(&name))?;
        statements
            .extend(read.into_iter().map(|statement| Statement { member: Some(name.clone()), ..statement }));
    }
    if statements.is_empty() {
        return Err(ReadError::of_file(Problem::EmptyArchive));
    }
    Ok(statements)
}

/// Unpacks a member, never more of it than may come; what its header says about its size is not believed. None for
/// folders and for what programs put into archives on their own.
fn member(
    archive: &mut ZipArchive<Cursor<&[u8]>>,
    place: usize,
    limits: &Limits,
    left_bytes: usize,
) -> Result<Option<(String, Vec<u8>)>, ReadError> {
    let file = archive.by_index(place).map_err(broken)?;
    let name = file.name().to_owned();
    if file.is_dir() || is_of_a_program(&name) {
        return Ok(None);
    }
    let refuse = |problem| Err(ReadError::of_file(problem).in_member(&name));
    let most = limits.file_bytes.min(left_bytes);
    let mut content = Vec::new();
    let read = file.take(u64::try_from(most).unwrap_or(u64::MAX).saturating_add(1)).read_to_end(&mut content);
    if let Err(error) = read {
        return refuse(Problem::Archive { message: error.to_string() });
    }
    if content.len() > limits.file_bytes {
        return refuse(Problem::TooLarge { most: limits.file_bytes });
    }
    if content.len() > left_bytes {
        return refuse(Problem::ArchiveTooLarge { most: limits.archive_bytes });
    }
    Ok(Some((name, content)))
}

fn is_of_a_program(name: &str) -> bool {
    let file = name.rsplit(['/', '\\']).next().unwrap_or_default();
    name.starts_with("__MACOSX/") || matches!(file, ".DS_Store" | "Thumbs.db" | "desktop.ini")
}

fn broken(error: ZipError) -> ReadError {
    ReadError::of_file(match error {
        ZipError::UnsupportedArchive(message) if message == ZipError::PASSWORD_REQUIRED => Problem::Encrypted,
        error => Problem::Archive { message: error.to_string() },
    })
}
