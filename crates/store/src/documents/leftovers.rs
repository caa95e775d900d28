//! What an import left behind when its process ended: found by its lease, and removed in slices.

use jiff::{SignedDuration, Timestamp};

use crate::id::DocumentId;
use crate::{Database, Machine, StoreError, Transaction, arguments, transact};

/// How many lines are removed in one transaction.
const LINES: i64 = 5_000;

/// How long a removal may take before another process takes it up again.
const LEASE: SignedDuration = SignedDuration::from_mins(10);

/// Removes everything that imports left behind. Gives the number of documents removed.
pub async fn remove_leftovers(database: &Database, machine: &dyn Machine) -> Result<u64, StoreError> {
    let mut removed = 0;
    loop {
        let now = machine.now();
        let left = transact!(database, transaction => claim(transaction, now).await)?;
        let Some(document) = left else { return Ok(removed) };
        discard(database, &document, now + LEASE).await?;
        removed += 1;
    }
}

/// Takes one document whose lease has run out.
async fn claim(transaction: &mut Transaction, now: Timestamp) -> Result<Option<DocumentId>, StoreError> {
    let row = transaction
        .fetch_optional(
            "SELECT id FROM document WHERE state <> 'kept' AND lease_until < $1 ORDER BY lease_until LIMIT 1",
            arguments![now],
        )
        .await?;
    let Some(document) = row.map(|row| row.get::<DocumentId>(0)).transpose()? else { return Ok(None) };
    mark(transaction, &document, now + LEASE).await?;
    Ok(Some(document))
}

async fn mark(
    transaction: &mut Transaction,
    document: &DocumentId,
    lease_until: Timestamp,
) -> Result<bool, StoreError> {
    let sql = "UPDATE document SET state = 'discarded', lease_until = $2 WHERE id = $1 AND state <> 'kept'";
    Ok(transaction.execute(sql, arguments![document, lease_until]).await? == 1)
}

/// Removes a document that is not kept, with all that belongs to it. What is kept stays.
pub async fn discard(
    database: &Database,
    document: &DocumentId,
    lease_until: Timestamp,
) -> Result<(), StoreError> {
    if !transact!(database, transaction => mark(transaction, document, lease_until).await)? {
        return Ok(());
    }
    let settlement = transact!(database, transaction => settlement_of(transaction, document).await)?;
    if let Some(settlement) = settlement {
        while transact!(database, transaction => remove_rows(transaction, settlement).await)? {}
    }
    while transact!(database, transaction => remove_pieces(transaction, document).await)? {}
    transact!(database, transaction => {
        let sql = "DELETE FROM settlement WHERE document = $1 AND NOT kept";
        transaction.execute(sql, arguments![document]).await?;
        let sql = "DELETE FROM document WHERE id = $1 AND state = 'discarded'";
        transaction.execute(sql, arguments![document]).await.map(drop)
    })
}

async fn settlement_of(
    transaction: &mut Transaction,
    document: &DocumentId,
) -> Result<Option<(i64, i64)>, StoreError> {
    let sql = "SELECT client, number FROM settlement WHERE document = $1 AND NOT kept";
    let row = transaction.fetch_optional(sql, arguments![document]).await?;
    row.map(|row| Ok((row.get(0)?, row.get(1)?))).transpose()
}

/// Removes the first lines that are left, and where they are looked up. Are there more?
async fn remove_rows(
    transaction: &mut Transaction,
    (client, settlement): (i64, i64),
) -> Result<bool, StoreError> {
    let sql = "SELECT MIN(line) FROM movement WHERE settlement = $1";
    let first: Option<i64> = transaction.fetch_one(sql, arguments![settlement]).await?.get(0)?;
    let Some(first) = first else { return Ok(false) };
    let last = first.saturating_add(LINES);
    let keys = || arguments![client, settlement, first, last];
    let identifiers = [
        "DELETE FROM movement_identifier WHERE client = $1 AND name = 1 AND settlement = $2 AND line BETWEEN $3 AND $4
         AND text IN (SELECT seller_order FROM movement WHERE settlement = $2 AND line BETWEEN $3 AND $4)",
        "DELETE FROM movement_identifier WHERE client = $1 AND name = 2 AND settlement = $2 AND line BETWEEN $3 AND $4
         AND text IN (SELECT order_reference FROM movement WHERE settlement = $2 AND line BETWEEN $3 AND $4)",
        "DELETE FROM movement_identifier WHERE client = $1 AND name = 3 AND settlement = $2 AND line BETWEEN $3 AND $4
         AND text IN (SELECT provider_transaction FROM movement WHERE settlement = $2 AND line BETWEEN $3 AND $4)",
        "DELETE FROM movement_identifier WHERE client = $1 AND name = 4 AND settlement = $2 AND line BETWEEN $3 AND $4
         AND text IN (SELECT seller_reference FROM movement WHERE settlement = $2 AND line BETWEEN $3 AND $4)",
        "DELETE FROM movement_amount WHERE client = $1 AND settlement = $2 AND line BETWEEN $3 AND $4
         AND amount IN (SELECT ABS(gross) FROM movement WHERE settlement = $2 AND line BETWEEN $3 AND $4)",
    ];
    for sql in identifiers {
        transaction.execute(sql, keys()).await?;
    }
    let sql = "DELETE FROM movement WHERE settlement = $1 AND line BETWEEN $2 AND $3";
    transaction.execute(sql, arguments![settlement, first, last]).await?;
    Ok(true)
}

/// Removes some of the pieces that are left. Are there more?
async fn remove_pieces(transaction: &mut Transaction, document: &DocumentId) -> Result<bool, StoreError> {
    let sql = "DELETE FROM document_piece WHERE document = $1 AND number IN
               (SELECT number FROM document_piece WHERE document = $1 ORDER BY number LIMIT 32)";
    Ok(transaction.execute(sql, arguments![document]).await? > 0)
}
