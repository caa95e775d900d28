//! Rows in bulk, into either database, in slices that hold its lock for a moment each.
//!
//! Rows come in the order of their document and are appended. What they are looked up by is sorted first, so that it
//! is written from one end of its table to the other: in the order of the rows each would land on another page.

mod keys;
mod postgres;
mod rows;
mod sqlite;

use jiff::Timestamp;

use super::MovementRow;
use crate::id::DocumentId;
use crate::{Database, StoreError};
use keys::Keys;

pub use rows::Rows;

/// How many rows are written in one transaction at most.
pub(crate) const SLICE_ROWS: usize = 10_000;

/// How many entries for looking up are written in one transaction at most.
const SLICE_KEYS: usize = 40_000;

/// Whose rows they are.
#[derive(Clone, Debug)]
pub(crate) struct Owner {
    pub(crate) client: i64,
    pub(crate) settlement: i64,
    pub(crate) document: DocumentId,
}

/// Writes the rows of a settlement that nobody sees yet.
#[derive(Debug)]
pub struct Loader {
    database: Database,
    owner: Owner,
    /// The connection of the embedded database, while it is not at work.
    sqlite: Option<rusqlite::Connection>,
    keys: Keys,
}

/// One slice for one transaction.
pub(crate) enum Slice {
    Rows(Rows),
    /// Entries from a place to another, of identifiers and of amounts.
    Identifiers(Keys, std::ops::Range<usize>),
    Amounts(Keys, std::ops::Range<usize>),
}

impl Loader {
    /// Begins to write for a settlement of a client, under a document that is loading.
    pub fn new(
        database: &Database,
        client: i64,
        settlement: i64,
        document: &DocumentId,
    ) -> Result<Self, StoreError> {
        let sqlite = database.sqlite_file().map(|file| sqlite::open(file, database.hastes())).transpose()?;
        let owner = Owner { client, settlement, document: document.clone() };
        Ok(Self { database: database.clone(), owner, sqlite, keys: Keys::default() })
    }

    /// Writes rows, and gives the emptied buffer back. The lease is renewed with every transaction.
    pub async fn write(&mut self, rows: Rows, lease_until: Timestamp) -> Result<Rows, StoreError> {
        for row in rows.iter() {
            self.keys.add(&row);
        }
        let Slice::Rows(mut rows) = self.slice(Slice::Rows(rows), lease_until).await? else {
            return Err(StoreError::GivenUp);
        };
        rows.clear();
        if self.keys.is_full() {
            self.write_keys(lease_until).await?;
        }
        Ok(rows)
    }

    /// Writes what is left. What was written stays unseen until the document is kept.
    pub async fn finish(mut self, lease_until: Timestamp) -> Result<(), StoreError> {
        self.write_keys(lease_until).await
    }

    async fn write_keys(&mut self, lease_until: Timestamp) -> Result<(), StoreError> {
        let mut keys = std::mem::take(&mut self.keys);
        let mut keys = tokio::task::spawn_blocking(move || {
            keys.sort();
            keys
        })
        .await
        .map_err(|_| StoreError::GivenUp)?;
        for start in (0..keys.identifiers()).step_by(SLICE_KEYS) {
            let range = start..keys.identifiers().min(start + SLICE_KEYS);
            let slice = self.slice(Slice::Identifiers(keys, range), lease_until).await?;
            let Slice::Identifiers(back, _) = slice else { return Err(StoreError::GivenUp) };
            keys = back;
        }
        for start in (0..keys.amounts()).step_by(SLICE_KEYS) {
            let range = start..keys.amounts().min(start + SLICE_KEYS);
            let slice = self.slice(Slice::Amounts(keys, range), lease_until).await?;
            let Slice::Amounts(back, _) = slice else { return Err(StoreError::GivenUp) };
            keys = back;
        }
        keys.clear();
        self.keys = keys;
        Ok(())
    }

    /// Writes one slice in a transaction of its own.
    async fn slice(&mut self, slice: Slice, lease_until: Timestamp) -> Result<Slice, StoreError> {
        match self.sqlite.take() {
            Some(connection) => {
                let (connection, slice) =
                    sqlite::write(&self.database, connection, self.owner.clone(), slice, lease_until).await?;
                self.sqlite = Some(connection);
                Ok(slice)
            }
            None => postgres::write(&self.database, &self.owner, slice, lease_until).await,
        }
    }
}

/// The texts and numbers of an entry for looking up.
pub(crate) struct IdentifierKey<'a> {
    pub(crate) name: u8,
    pub(crate) text: &'a str,
    pub(crate) line: i64,
}

/// The numbers of an entry for looking up an amount.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct AmountKey {
    pub(crate) amount: i64,
    pub(crate) posted_at: i64,
    pub(crate) line: i64,
}

impl AmountKey {
    fn of(row: &MovementRow<'_>) -> Self {
        Self { amount: row.gross.saturating_abs(), posted_at: row.posted_at, line: row.line }
    }
}
