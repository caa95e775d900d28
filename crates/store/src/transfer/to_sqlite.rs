//! From PostgreSQL into SQLite: COPY reads one snapshot, a thread writes inside one transaction.

use std::path::Path;

use rusqlite::types::Value;
use rusqlite::{Connection, params_from_iter};
use sqlx::postgres::PgConnection;
use tokio::sync::mpsc;

use super::line;
use super::tables::{Kind, Table, tables};
use super::{Copied, Piece, TransferError, channel, counted};
use crate::Database;

/// No row is longer, in bytes: a piece of a document is 1 MiB, twice that in hexadecimal.
const LINE_MAX: usize = 64 << 20;

pub(super) async fn copy(
    from: &Database,
    to: &Database,
    progress: &mut (impl FnMut(&str, u64) + Send),
) -> Result<Vec<Copied>, TransferError> {
    let (Some(pool), Some(file)) = (from.postgres_pool(), to.sqlite_file()) else {
        return Err(TransferError::SameEngine);
    };
    let file = file.to_owned();
    let all = tables(&Connection::open(&file)?)?;
    let mut snapshot = pool.begin_with("BEGIN TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY").await?;
    let (sender, receiver) = channel();
    let writing = tokio::task::spawn_blocking({
        let all = all.clone();
        move || write(&file, &all, receiver)
    });
    let read = read(&mut snapshot, &all, &sender, progress).await;
    drop(sender);
    // Where writing failed, its reason is the one to tell.
    let rows = writing.await.map_err(|_| TransferError::Interrupted)??;
    read?;
    snapshot.commit().await?;
    Ok(counted(&all, &rows))
}

async fn read(
    snapshot: &mut PgConnection,
    all: &[Table],
    sender: &mpsc::Sender<Piece>,
    progress: &mut (impl FnMut(&str, u64) + Send),
) -> Result<(), TransferError> {
    for (number, table) in all.iter().enumerate() {
        let statement = format!("COPY \"{}\" ({}) TO STDOUT", table.name, table.column_list());
        let mut stream = snapshot.copy_out_raw(&statement).await?;
        let mut rows = 0;
        while let Some(block) = std::future::poll_fn(|context| stream.as_mut().poll_next(context)).await {
            let bytes = block?.to_vec();
            rows += super::lines(&bytes);
            progress(&table.name, rows);
            let piece = Piece::Lines { table: number, bytes };
            sender.send(piece).await.map_err(|_| TransferError::Interrupted)?;
        }
    }
    sender.send(Piece::End).await.map_err(|_| TransferError::Interrupted)
}

fn write(file: &Path, all: &[Table], mut receiver: mpsc::Receiver<Piece>) -> Result<Vec<u64>, TransferError> {
    let mut connection = Connection::open(file)?;
    connection.busy_timeout(std::time::Duration::from_secs(30))?;
    connection.pragma_update(None, "foreign_keys", true)?;
    let transaction = connection.transaction()?;
    for table in all {
        if transaction.query_row(&table.count(), [], |row| row.get::<_, i64>(0))? > 0 {
            return Err(TransferError::NotEmpty(table.name.clone()));
        }
    }
    let mut counts = vec![0; all.len()];
    let mut current = None;
    let mut rest: Vec<u8> = Vec::new();
    loop {
        match receiver.blocking_recv() {
            Some(Piece::Lines { table, bytes }) => {
                if current != Some(table) {
                    whole(&rest, current, all)?;
                    current = Some(table);
                }
                rest.extend_from_slice(&bytes);
                counts[table] += insert(&transaction, &all[table], &mut rest)?;
            }
            Some(Piece::End) => break,
            None => return Err(TransferError::Interrupted),
        }
    }
    whole(&rest, current, all)?;
    transaction.commit()?;
    Ok(counts)
}

fn whole(rest: &[u8], table: Option<usize>, all: &[Table]) -> Result<(), TransferError> {
    if rest.is_empty() {
        return Ok(());
    }
    let table = table.map_or_else(String::new, |number| all[number].name.clone());
    Err(TransferError::Row { table, reason: "the last line is not whole" })
}

/// Inserts the whole lines and leaves the beginning of the next.
fn insert(transaction: &Connection, table: &Table, bytes: &mut Vec<u8>) -> Result<u64, TransferError> {
    let refused = |reason| TransferError::Row { table: table.name.clone(), reason };
    let kinds: Vec<Kind> = table.columns.iter().map(|(_, kind)| *kind).collect();
    let mut statement = transaction.prepare_cached(&table.insert())?;
    let mut begin = 0;
    let mut count = 0;
    while let Some(length) = bytes[begin..].iter().position(|byte| *byte == b'\n') {
        let values: Vec<Value> = line::read(&bytes[begin..begin + length], &kinds).map_err(refused)?;
        statement.execute(params_from_iter(values))?;
        begin += length + 1;
        count += 1;
    }
    bytes.drain(..begin);
    if bytes.len() > LINE_MAX {
        return Err(refused("a line is too long"));
    }
    Ok(count)
}
