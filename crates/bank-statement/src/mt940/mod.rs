//! MT940: the SWIFT statement, with what the German banks make of it (DFÜ-Abkommen, Anlage 3, chapter 8).
//!
//! Fields begin with `:20:` and the like at the start of a line; what follows belongs to the field before. A message ends
//! with a line `-`. SWIFT's blocks `{1:…}` around it are passed over.

mod balance;
mod booking;
mod codewords;
mod fields;
mod purpose;
mod statement;

use crate::error::{Problem, ReadError};
use crate::limits::Limits;
use crate::recognise::Left;
use crate::statement::Statement;

/// Does a file begin as MT940 does? Before the first field there may be SWIFT's own blocks.
pub(crate) fn begins(text: &str) -> bool {
    const LINES: usize = 20;
    text.lines().take(LINES).any(|line| fields::without_block(line).starts_with(":20:"))
}

/// Reads all messages of a file.
pub(crate) fn read(text: &str, limits: &Limits, left: &mut Left) -> Result<Vec<Statement>, ReadError> {
    let mut statements = Vec::new();
    for message in fields::messages(text)? {
        if let Some(first) = message.first() {
            left.statement(limits).map_err(|problem| first.refuse(problem))?;
        }
        statements.push(statement::read(&message, limits, left)?);
    }
    if statements.is_empty() {
        return Err(ReadError::of_file(Problem::Missing { what: ":20:" }));
    }
    Ok(statements)
}
