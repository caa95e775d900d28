//! All batches of all clients, for verifying one after the other.

use ledger::calendar::Month;

use super::Batch;
use crate::id::BatchId;
use crate::{Row, StoreError, Transaction, arguments};

/// Batches of all clients that ever left, after an identifier (none: from the first), at most `most`.
pub async fn after(
    transaction: &mut Transaction,
    after: Option<&BatchId>,
    most: u32,
) -> Result<Vec<Batch>, StoreError> {
    let rows = transaction
        .fetch_all(
            "SELECT id, client, connection, month, format, correction, state, settings, author, created_at, posting_count,
                 fingerprint, sheet, sha256, changed_by, changed_at
             FROM batch WHERE id > $1 AND state IN ('exported', 'processed', 'withdrawn') ORDER BY id LIMIT $2",
            arguments![after.map_or("", BatchId::as_str), most],
        )
        .await?;
    rows.iter().map(Batch::read).collect()
}

/// The settlements of a client of which rows stood in a batch of a month when a batch was made.
pub async fn handed_out_before(
    transaction: &mut Transaction,
    batch: &Batch,
) -> Result<Vec<(String, Month)>, StoreError> {
    let rows = transaction
        .fetch_all(
            "SELECT DISTINCT s.identifier, b.month FROM batch b JOIN batch_settlement s ON s.batch = b.id
             WHERE b.client = $1 AND b.id < $2 AND (b.state IN ('exported', 'processed')
                 OR (b.state = 'withdrawn' AND b.changed_at > $3))
             ORDER BY 1, 2",
            arguments![&batch.begun.client, &batch.begun.id, batch.begun.created_at],
        )
        .await?;
    let read = |row: &Row| {
        let month: String = row.get(1)?;
        let month = Month::parse(&month).ok_or(StoreError::Content { expected: "a month", found: month })?;
        Ok((row.get(0)?, month))
    };
    rows.iter().map(read).collect()
}

/// A batch of which the journal does not tell that it left.
pub async fn untold(transaction: &mut Transaction) -> Result<Option<(BatchId, String)>, StoreError> {
    let sql = "SELECT id, sha256 FROM batch WHERE state IN ('exported', 'processed', 'withdrawn')
                   AND month || ' ' || id || ' ' || sha256 NOT IN (
                       SELECT subject || ' ' || content FROM journal
                       WHERE action IN ('batch.exported', 'batch.corrected'))
               ORDER BY id LIMIT 1";
    let row = transaction.fetch_optional(sql, arguments![]).await?;
    row.map(|row| Ok((row.get(0)?, row.get(1)?))).transpose()
}

/// How many bytes the files of all batches have together.
pub async fn total_bytes(transaction: &mut Transaction) -> Result<u64, StoreError> {
    let sql = "SELECT CAST(COALESCE(SUM(byte_count), 0) AS BIGINT) FROM batch_file";
    transaction.fetch_one(sql, arguments![]).await?.get(0)
}
