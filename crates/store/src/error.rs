//! What can go wrong between us and the database.

/// Why the database did not do what was asked.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The database could not be opened.
    #[error("the database {place} cannot be opened")]
    Open {
        /// Where it is, without a password.
        place: String,
        /// Why.
        source: sqlx::Error,
    },
    /// A migration failed, or the database was made by a newer Kontor.
    #[error("the tables of the database cannot be brought up to date")]
    Migrate(#[from] sqlx::migrate::MigrateError),
    /// A statement failed.
    #[error("the database refused a statement")]
    Statement(#[from] sqlx::Error),
    /// The bulk path of SQLite failed.
    #[error("the database refused a bulk statement")]
    Bulk(#[from] rusqlite::Error),
    /// A row does not hold what the program wrote.
    #[error("the database holds {found} where {expected} was expected")]
    Content {
        /// What is wanted.
        expected: &'static str,
        /// What is there.
        found: String,
    },
    /// An import took longer than its lease, and another process has removed what it had written.
    #[error("the import was taken for left behind, and what it had written was removed; do it again")]
    GivenUp,
    /// The database address names no engine that Kontor knows.
    #[error("{0:?} is no database address; a folder or postgres://user@host/name is")]
    Address(String),
    /// A file of the store could not be read or written.
    #[error("{path}: {source}")]
    File {
        /// Which.
        path: std::path::PathBuf,
        /// Why.
        source: std::io::Error,
    },
}

impl StoreError {
    /// Was the transaction undone only because of others, so that the same work may succeed when it is done again?
    /// (PostgreSQL: 40001 `serialization_failure`, 40P01 `deadlock_detected`; SQLite: 5 `SQLITE_BUSY` and its kin.)
    pub fn passes(&self) -> bool {
        let Self::Statement(sqlx::Error::Database(error)) = self else { return false };
        match error.code().as_deref() {
            Some("40001" | "40P01") => true,
            Some(code) => code.parse::<i64>().is_ok_and(|code| code & 0xff == 5),
            None => false,
        }
    }

    /// Did a unique key refuse the row?
    pub fn is_taken(&self) -> bool {
        matches!(self, Self::Statement(sqlx::Error::Database(error)) if error.is_unique_violation())
    }
}
