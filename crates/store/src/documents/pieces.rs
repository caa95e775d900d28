//! The bytes of a document, in pieces: a report may exceed what the engines allow for one value.

use crate::id::DocumentId;
use crate::{StoreError, Transaction, arguments};

/// How many bytes each piece holds, but the last.
pub const PIECE_BYTES: usize = 1 << 20;

/// The fastest level: a report is text, which shrinks to a fifth even so.
const LEVEL: i32 = 1;

/// Adds a piece; they are counted from 0.
pub async fn add_piece(
    transaction: &mut Transaction,
    document: &DocumentId,
    number: i64,
    bytes: &[u8],
) -> Result<(), StoreError> {
    let content = zstd::bulk::compress(bytes, LEVEL).map_err(|error| damaged(&error))?;
    let sql = "INSERT INTO document_piece (document, number, content) VALUES ($1, $2, $3)";
    transaction.execute(sql, arguments![document, number, content]).await.map(drop)
}

/// A piece as it was received; none after the last. Whose document it is must have been asked before.
pub async fn piece(
    transaction: &mut Transaction,
    document: &DocumentId,
    number: i64,
) -> Result<Option<Vec<u8>>, StoreError> {
    let sql = "SELECT content FROM document_piece WHERE document = $1 AND number = $2";
    let row = transaction.fetch_optional(sql, arguments![document, number]).await?;
    let content = row.map(|row| row.get::<Vec<u8>>(0)).transpose()?;
    content
        .map(|content| zstd::bulk::decompress(&content, PIECE_BYTES).map_err(|error| damaged(&error)))
        .transpose()
}

fn damaged(source: &std::io::Error) -> StoreError {
    StoreError::Content { expected: "a compressed piece of a document", found: source.to_string() }
}
