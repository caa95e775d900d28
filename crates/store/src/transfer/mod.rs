//! All rows of one database into another, empty one: the way of a backup, of its restoration, and of a move to the other
//! engine.
//!
//! One side is always SQLite, from whose schema the tables are read, so that a new table is copied without a word here.
//! The rows are those of one moment, and the copy is one transaction: it is there as a whole or not at all. Rows travel as
//! lines of PostgreSQL's COPY in its text format (PostgreSQL manual, COPY, «Text Format»).

mod line;
mod snapshot;
mod tables;
mod to_postgres;
mod to_sqlite;

use tokio::sync::mpsc;

use crate::{Database, Engine, StoreError};
use tables::Table;

pub use snapshot::{integrity_check, snapshot};

/// How many blocks of lines wait between reading and writing.
const BLOCKS_WAITING: usize = 4;

/// How large a block is, in bytes, before it is handed on.
const BLOCK: usize = 1 << 18;

/// How many rows a table had.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Copied {
    /// The table.
    pub table: String,
    /// Its rows.
    pub rows: u64,
}

/// Why nothing was copied.
#[derive(Debug, thiserror::Error)]
pub enum TransferError {
    /// The database to copy into has rows already.
    #[error("the table {0} has rows already; only an empty database is filled")]
    NotEmpty(String),
    /// Both databases are of one engine.
    #[error("both databases are of the same engine; copy the data folder, or use the server's own tools")]
    SameEngine,
    /// A row does not look as it should.
    #[error("a row of the table {table} cannot be copied: {reason}")]
    Row {
        /// The table.
        table: String,
        /// What is wrong with it.
        reason: &'static str,
    },
    /// A file cannot be read or written.
    #[error("{path}: {source}")]
    File {
        /// Which.
        path: std::path::PathBuf,
        /// Why.
        source: std::io::Error,
    },
    /// The embedded database is damaged.
    #[error("the embedded database is damaged: {0}")]
    Damaged(String),
    /// One of the databases failed.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// Reading ended before its time.
    #[error("reading ended before all rows were there")]
    Interrupted,
}

impl From<sqlx::Error> for TransferError {
    fn from(error: sqlx::Error) -> Self {
        Self::Store(error.into())
    }
}

impl From<rusqlite::Error> for TransferError {
    fn from(error: rusqlite::Error) -> Self {
        Self::Store(error.into())
    }
}

/// What travels between reading and writing: lines of a table, or its end.
enum Piece {
    Lines { table: usize, bytes: Vec<u8> },
    End,
}

/// Copies all rows of `from` into `to`, which must be empty and up to date, and of the other engine. `progress` hears of
/// each block: the table and its rows so far.
pub async fn transfer(
    from: &Database,
    to: &Database,
    mut progress: impl FnMut(&str, u64) + Send,
) -> Result<Vec<Copied>, TransferError> {
    match (from.engine(), to.engine()) {
        (Engine::Sqlite, Engine::Postgres) => to_postgres::copy(from, to, &mut progress).await,
        (Engine::Postgres, Engine::Sqlite) => to_sqlite::copy(from, to, &mut progress).await,
        _ => Err(TransferError::SameEngine),
    }
}

fn counted(tables: &[Table], rows: &[u64]) -> Vec<Copied> {
    let copied = |(table, rows): (&Table, &u64)| Copied { table: table.name.clone(), rows: *rows };
    tables.iter().zip(rows).map(copied).collect()
}

fn channel() -> (mpsc::Sender<Piece>, mpsc::Receiver<Piece>) {
    mpsc::channel(BLOCKS_WAITING)
}

/// How many rows a block ends.
fn lines(bytes: &[u8]) -> u64 {
    memchr::memchr_iter(b'\n', bytes).fold(0, |count, _| count + 1)
}
