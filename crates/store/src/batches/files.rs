//! The files of a batch and their bytes, in pieces.

use crate::id::BatchId;
use crate::{Row, StoreError, Transaction, arguments};

/// How many bytes each piece holds, but the last.
pub const PIECE_BYTES: usize = 1 << 20;

/// The fastest level: a batch shrinks to a tenth even so.
const LEVEL: i32 = 1;

/// A file of a batch.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BatchFile {
    /// Its number in the batch, counted from 0.
    pub number: i64,
    /// Its name.
    pub name: String,
    /// `postings`, `account-labels`, `debtors`, `single-fees`.
    pub kind: String,
    /// SHA-256 of its bytes, in hexadecimal.
    pub sha256: String,
    /// How many bytes.
    pub bytes: u64,
    /// How many postings; zero in files of another kind.
    pub postings: u64,
    /// Sum of Umsatz with S, in hundredths.
    pub debit: i64,
    /// Sum of Umsatz with H, in hundredths.
    pub credit: i64,
}

pub(super) async fn add(
    transaction: &mut Transaction,
    batch: &BatchId,
    file: &BatchFile,
) -> Result<(), StoreError> {
    let count = |number: u64| i64::try_from(number).unwrap_or(i64::MAX);
    transaction
        .execute(
            "INSERT INTO batch_file (batch, number, name, kind, sha256, byte_count, posting_count, debit, credit)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
            arguments![
                batch,
                file.number,
                &file.name,
                &file.kind,
                &file.sha256,
                count(file.bytes),
                count(file.postings),
                file.debit,
                file.credit
            ],
        )
        .await
        .map(drop)
}

/// The files of a batch in their order. Whose batch it is must have been asked before.
pub async fn files(transaction: &mut Transaction, batch: &BatchId) -> Result<Vec<BatchFile>, StoreError> {
    let sql = "SELECT number, name, kind, sha256, byte_count, posting_count, debit, credit
               FROM batch_file WHERE batch = $1 ORDER BY number";
    let read = |row: &Row| {
        Ok(BatchFile {
            number: row.get(0)?,
            name: row.get(1)?,
            kind: row.get(2)?,
            sha256: row.get(3)?,
            bytes: row.get(4)?,
            postings: row.get(5)?,
            debit: row.get(6)?,
            credit: row.get(7)?,
        })
    };
    transaction.fetch_all(sql, arguments![batch]).await?.iter().map(read).collect()
}

/// Compresses a piece, for [`add_piece`].
pub fn compress(bytes: &[u8]) -> Result<Vec<u8>, StoreError> {
    zstd::bulk::compress(bytes, LEVEL).map_err(|error| damaged(&error))
}

/// Adds a compressed piece of a file; they are counted from 0.
pub async fn add_piece(
    transaction: &mut Transaction,
    batch: &BatchId,
    (file, number): (i64, i64),
    compressed: Vec<u8>,
) -> Result<(), StoreError> {
    let sql = "INSERT INTO batch_piece (batch, file, number, content) VALUES ($1, $2, $3, $4)";
    transaction.execute(sql, arguments![batch, file, number, compressed]).await.map(drop)
}

/// A piece as it was handed out; none after the last. Whose batch it is must have been asked before.
pub async fn piece(
    transaction: &mut Transaction,
    batch: &BatchId,
    (file, number): (i64, i64),
) -> Result<Option<Vec<u8>>, StoreError> {
    let sql = "SELECT content FROM batch_piece WHERE batch = $1 AND file = $2 AND number = $3";
    let row = transaction.fetch_optional(sql, arguments![batch, file, number]).await?;
    let content = row.map(|row| row.get::<Vec<u8>>(0)).transpose()?;
    let decompress = |content: Vec<u8>| zstd::bulk::decompress(&content, PIECE_BYTES);
    content.map(decompress).transpose().map_err(|error| damaged(&error))
}

fn damaged(source: &std::io::Error) -> StoreError {
    StoreError::Content { expected: "a compressed piece of a batch", found: source.to_string() }
}
