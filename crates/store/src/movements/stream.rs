//! The rows of a settlement one after the other, without holding them.

use rusqlite::OpenFlags;
use tokio::runtime::Handle;
use tokio::sync::mpsc;

use super::MovementRow;
use crate::database::BUSY;
use crate::{Database, StoreError};

mod copy_out;

use copy_out::Incoming;

/// How many parts of an answer are on their way at most.
const PARTS: usize = 8;

/// Hands each row of a settlement to `take`, in the order of its lines. Whose settlement it is must have been asked before.
///
/// It blocks, so it runs on a thread that may, within the runtime (`tokio::task::spawn_blocking`).
pub fn for_each<E: From<StoreError>>(
    database: &Database,
    settlement: i64,
    take: impl FnMut(&MovementRow<'_>) -> Result<(), E>,
) -> Result<(), E> {
    if database.sqlite_file().is_some() {
        of_sqlite(database, settlement, take)
    } else {
        of_postgres(database, settlement, take)
    }
}

fn of_sqlite<E: From<StoreError>>(
    database: &Database,
    settlement: i64,
    mut take: impl FnMut(&MovementRow<'_>) -> Result<(), E>,
) -> Result<(), E> {
    let Some(file) = database.sqlite_file() else { return Ok(()) };
    let bulk = |error: rusqlite::Error| E::from(StoreError::from(error));
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = rusqlite::Connection::open_with_flags(file, flags).map_err(bulk)?;
    connection.busy_timeout(BUSY).map_err(bulk)?;
    let mut statement = connection
        .prepare(
            "SELECT line, posted_at, kind, kind_text, currency, gross, fee_variable, fee_fixed, seller_order, order_reference,
                 provider_transaction, seller_reference, store
             FROM movement WHERE settlement = ?1 ORDER BY line",
        )
        .map_err(bulk)?;
    let mut rows = statement.query([settlement]).map_err(bulk)?;
    while let Some(row) = rows.next().map_err(bulk)? {
        take(&borrowed(row).map_err(E::from)?)?;
    }
    Ok(())
}

fn borrowed<'r>(row: &'r rusqlite::Row<'_>) -> Result<MovementRow<'r>, StoreError> {
    let text = |index: usize| -> Result<&'r str, StoreError> {
        row.get_ref(index)?.as_str().map_err(|_| StoreError::Content {
            expected: "a text in a column of a movement",
            found: index.to_string(),
        })
    };
    Ok(MovementRow {
        line: row.get(0)?,
        posted_at: row.get(1)?,
        kind: text(2)?,
        kind_text: text(3)?,
        currency: text(4)?,
        gross: row.get(5)?,
        fee_variable: row.get(6)?,
        fee_fixed: row.get(7)?,
        seller_order: text(8)?,
        order_reference: text(9)?,
        provider_transaction: text(10)?,
        seller_reference: text(11)?,
        store: text(12)?,
    })
}

fn of_postgres<E: From<StoreError>>(
    database: &Database,
    settlement: i64,
    mut take: impl FnMut(&MovementRow<'_>) -> Result<(), E>,
) -> Result<(), E> {
    let (sender, mut parts) = mpsc::channel(PARTS);
    let reader = Handle::current().spawn(copy_out::send(database.clone(), settlement, sender));
    let mut incoming = Incoming::default();
    while let Some(part) = parts.blocking_recv() {
        incoming.add(&part);
        while let Some(row) = incoming.next_row().map_err(E::from)? {
            take(&row)?;
        }
    }
    let ended = Handle::current().block_on(reader).unwrap_or(Err(StoreError::GivenUp));
    ended.map_err(E::from)?;
    incoming.finish().map_err(E::from)
}
