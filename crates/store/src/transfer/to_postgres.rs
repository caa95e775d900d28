//! From SQLite into PostgreSQL: a thread reads one snapshot, COPY writes inside one transaction.

use std::path::Path;

use rusqlite::{Connection, OpenFlags};
use sqlx::postgres::PgConnection;
use sqlx::{AssertSqlSafe, Row as _};
use tokio::sync::mpsc;

use super::line;
use super::tables::{Kind, Table, tables};
use super::{BLOCK, Copied, Piece, TransferError, channel, counted};
use crate::Database;

pub(super) async fn copy(
    from: &Database,
    to: &Database,
    progress: &mut (impl FnMut(&str, u64) + Send),
) -> Result<Vec<Copied>, TransferError> {
    let (Some(file), Some(pool)) = (from.sqlite_file(), to.postgres_pool()) else {
        return Err(TransferError::SameEngine);
    };
    let file = file.to_owned();
    let all = tables(&open(&file)?)?;
    let mut transaction = pool.begin().await?;
    for table in &all {
        let count = sqlx::query(AssertSqlSafe(table.count())).fetch_one(&mut *transaction).await?;
        if count.try_get::<i64, _>(0)? > 0 {
            return Err(TransferError::NotEmpty(table.name.clone()));
        }
    }
    let (sender, receiver) = channel();
    let reading = tokio::task::spawn_blocking({
        let all = all.clone();
        move || read(&file, &all, &sender)
    });
    let written = write(&mut transaction, &all, receiver, progress).await;
    // Where reading failed, its reason is the one to tell.
    let read = reading.await.map_err(|_| TransferError::Interrupted)?;
    let rows = read?;
    written?;
    transaction.commit().await?;
    Ok(counted(&all, &rows))
}

fn open(file: &Path) -> Result<Connection, TransferError> {
    Ok(Connection::open_with_flags(file, OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX)?)
}

fn read(file: &Path, all: &[Table], sender: &mpsc::Sender<Piece>) -> Result<Vec<u64>, TransferError> {
    let mut connection = open(file)?;
    // One transaction is one snapshot in WAL mode.
    let snapshot = connection.transaction()?;
    let mut counts = Vec::with_capacity(all.len());
    for (number, table) in all.iter().enumerate() {
        counts.push(read_table(&snapshot, number, table, sender)?);
    }
    sender.blocking_send(Piece::End).map_err(|_| TransferError::Interrupted)?;
    Ok(counts)
}

fn read_table(
    snapshot: &Connection,
    number: usize,
    table: &Table,
    sender: &mpsc::Sender<Piece>,
) -> Result<u64, TransferError> {
    let kinds: Vec<Kind> = table.columns.iter().map(|(_, kind)| *kind).collect();
    let mut statement = snapshot.prepare(&table.select())?;
    let mut rows = statement.query([])?;
    let mut bytes = Vec::with_capacity(BLOCK + 4096);
    let mut count = 0;
    while let Some(row) = rows.next()? {
        line::write(&mut bytes, &kinds, |place| row.get_ref(place))
            .map_err(|reason| TransferError::Row { table: table.name.clone(), reason })?;
        count += 1;
        if bytes.len() >= BLOCK {
            send(sender, number, std::mem::replace(&mut bytes, Vec::with_capacity(BLOCK + 4096)))?;
        }
    }
    send(sender, number, bytes)?;
    Ok(count)
}

fn send(sender: &mpsc::Sender<Piece>, table: usize, bytes: Vec<u8>) -> Result<(), TransferError> {
    if bytes.is_empty() {
        return Ok(());
    }
    sender.blocking_send(Piece::Lines { table, bytes }).map_err(|_| TransferError::Interrupted)
}

async fn write(
    connection: &mut PgConnection,
    all: &[Table],
    mut receiver: mpsc::Receiver<Piece>,
    progress: &mut (impl FnMut(&str, u64) + Send),
) -> Result<(), TransferError> {
    let mut next = receiver.recv().await;
    while let Some(Piece::Lines { table: number, bytes }) = next {
        let table = &all[number];
        let statement = format!("COPY \"{}\" ({}) FROM STDIN", table.name, table.column_list());
        let mut copy = connection.copy_in_raw(&statement).await?;
        let mut rows = 0;
        let mut bytes = bytes;
        next = loop {
            rows += super::lines(&bytes);
            copy.send(bytes).await?;
            progress(&table.name, rows);
            match receiver.recv().await {
                Some(Piece::Lines { table: same, bytes: more }) if same == number => bytes = more,
                other => break other,
            }
        };
        copy.finish().await?;
    }
    match next {
        Some(Piece::End) => Ok(()),
        _ => Err(TransferError::Interrupted),
    }
}
