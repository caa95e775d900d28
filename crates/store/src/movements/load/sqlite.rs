//! The bulk path of the embedded database: prepared statements of rusqlite on a thread of their own.

use std::path::Path;
use std::time::Duration;

use jiff::Timestamp;
use rusqlite::{Connection, OpenFlags, Transaction, TransactionBehavior, params};

use super::{Owner, Slice};
use crate::database::BUSY;
use crate::{Database, StoreError};

/// Other processes look for the pen in steps; without a pause they would never find it.
const PAUSE: Duration = Duration::from_millis(4);

pub(super) fn open(file: &Path, hastes: bool) -> Result<Connection, StoreError> {
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = Connection::open_with_flags(file, flags)?;
    connection.busy_timeout(BUSY)?;
    connection.pragma_update(None, "synchronous", if hastes { "OFF" } else { "FULL" })?;
    connection.pragma_update(None, "cache_size", -16_000)?;
    connection.set_prepared_statement_cache_capacity(8);
    Ok(connection)
}

/// Writes a slice while this process's only pen is held.
pub(super) async fn write(
    database: &Database,
    mut connection: Connection,
    owner: Owner,
    slice: Slice,
    lease_until: Timestamp,
) -> Result<(Connection, Slice), StoreError> {
    let pen = database.pen().await?;
    let work = move || {
        let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        renew(&transaction, &owner, lease_until)?;
        insert(&transaction, &owner, &slice)?;
        transaction.commit()?;
        Ok::<_, StoreError>((connection, slice))
    };
    let outcome = tokio::task::spawn_blocking(work).await.map_err(|_| StoreError::GivenUp)?;
    drop(pen);
    if !database.hastes() {
        tokio::time::sleep(PAUSE).await;
    }
    outcome
}

fn renew(transaction: &Transaction<'_>, owner: &Owner, lease_until: Timestamp) -> Result<(), StoreError> {
    let touched = transaction
        .prepare_cached("UPDATE document SET lease_until = ?2 WHERE id = ?1 AND state = 'loading'")?
        .execute(params![owner.document.as_str(), lease_until.as_microsecond()])?;
    if touched == 1 { Ok(()) } else { Err(StoreError::GivenUp) }
}

fn insert(transaction: &Transaction<'_>, owner: &Owner, slice: &Slice) -> Result<(), StoreError> {
    let Owner { client, settlement, .. } = owner;
    match slice {
        Slice::Rows(rows) => {
            let mut statement = transaction.prepare_cached(
                "INSERT INTO movement (settlement, line, client, posted_at, kind, kind_text, currency, gross, fee_variable,
                     fee_fixed, seller_order, order_reference, provider_transaction, seller_reference, store)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15)",
            )?;
            for row in rows.iter() {
                statement.execute(params![
                    settlement,
                    row.line,
                    client,
                    row.posted_at,
                    row.kind,
                    row.kind_text,
                    row.currency,
                    row.gross,
                    row.fee_variable,
                    row.fee_fixed,
                    row.seller_order,
                    row.order_reference,
                    row.provider_transaction,
                    row.seller_reference,
                    row.store
                ])?;
            }
        }
        Slice::Identifiers(keys, range) => {
            let mut statement = transaction.prepare_cached(
                "INSERT INTO movement_identifier (client, name, text, settlement, line) VALUES (?1, ?2, ?3, ?4, ?5)",
            )?;
            for key in keys.identifiers_in(range.clone()) {
                statement.execute(params![client, key.name, key.text, settlement, key.line])?;
            }
        }
        Slice::Amounts(keys, range) => {
            let mut statement = transaction.prepare_cached(
                "INSERT INTO movement_amount (client, amount, posted_at, settlement, line) VALUES (?1, ?2, ?3, ?4, ?5)",
            )?;
            for key in keys.amounts_in(range.clone()) {
                statement.execute(params![client, key.amount, key.posted_at, settlement, key.line])?;
            }
        }
    }
    Ok(())
}
