//! A look at a database without touching it: are its tables those of this Kontor, and is it whole?

use jiff::Timestamp;

use sqlx::migrate::MigrateError;
use sqlx::postgres::PgDatabaseError;

use crate::database::Engine;
use crate::{Database, StoreError, arguments, migrate};

/// Which migrations a database has seen, and which this Kontor has.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Schema {
    /// The number of the newest that the database has seen; none before the first start.
    pub applied: Option<i64>,
    /// The number of the newest that this Kontor has.
    pub known: i64,
    /// One that broke off in the middle.
    pub broken: Option<i64>,
}

/// The state of the tables.
pub async fn schema(database: &Database) -> Result<Schema, StoreError> {
    let known = match database.engine() {
        Engine::Sqlite => &migrate::SQLITE,
        Engine::Postgres => &migrate::POSTGRES,
    };
    let known = known.iter().map(|migration| migration.version).max().unwrap_or(0);
    let mut transaction = database.read().await?;
    let there = match database.engine() {
        Engine::Sqlite => "SELECT COUNT(*) FROM sqlite_master WHERE name = '_sqlx_migrations'",
        Engine::Postgres => {
            "SELECT COUNT(*) FROM information_schema.tables
             WHERE table_schema = current_schema() AND table_name = '_sqlx_migrations'"
        }
    };
    if transaction.fetch_one(there, arguments![]).await?.get::<u64>(0)? == 0 {
        return Ok(Schema { applied: None, known, broken: None });
    }
    let row = transaction
        .fetch_one(
            "SELECT MAX(version), MIN(CASE WHEN success THEN NULL ELSE version END) FROM _sqlx_migrations",
            arguments![],
        )
        .await?;
    Ok(Schema { applied: row.get(0)?, known, broken: row.get(1)? })
}

/// Reads every page of the embedded database and says what does not fit, at most ten things; nothing where it is whole.
/// PostgreSQL checks its pages itself, so there is nothing to say of it.
pub async fn damage(database: &Database) -> Result<Vec<String>, StoreError> {
    if database.engine() == Engine::Postgres {
        return Ok(Vec::new());
    }
    let rows = database.read().await?.fetch_all("PRAGMA integrity_check(10)", arguments![]).await?;
    let lines: Result<Vec<String>, StoreError> = rows.iter().map(|row| row.get(0)).collect();
    Ok(lines?.into_iter().filter(|line| line != "ok").collect())
}

/// Asks the database for nothing but an answer.
pub async fn answers(database: &Database) -> Result<(), StoreError> {
    database
        .read()
        .await?
        .fetch_one("SELECT 1 FROM vault_proof UNION ALL SELECT 1 LIMIT 1", arguments![])
        .await?;
    Ok(())
}

/// When the newest line of the journal was written.
pub async fn newest_event(database: &Database) -> Result<Option<Timestamp>, StoreError> {
    let row = database
        .read()
        .await?
        .fetch_optional("SELECT at FROM journal ORDER BY number DESC LIMIT 1", arguments![])
        .await?;
    row.map(|row| row.get(0)).transpose()
}

/// What is wrong with a database, where a person can do something about it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DatabaseTrouble {
    /// Pages do not fit together.
    Damaged,
    /// The file is something else.
    NotADatabase,
    /// No room on the disk.
    Full,
    /// It may only be read.
    ReadOnly,
    /// It may not even be opened.
    NoEntry,
    /// The disk answers with errors.
    Broken,
    /// A newer Kontor made it.
    Newer,
    /// Its tables are not ours, or a migration broke off.
    OtherTables,
    /// The server does not answer.
    Unreachable,
    /// The server refuses the login.
    Login,
    /// The server has no such database.
    NoSuchDatabase,
    /// Somebody else holds it.
    Busy,
}

impl DatabaseTrouble {
    /// The trouble behind an error, where it is one of these.
    pub fn of(error: &StoreError) -> Option<Self> {
        match error {
            StoreError::Open { source, .. } | StoreError::Statement(source) => Self::of_sqlx(source),
            StoreError::Migrate(error) => Self::of_migration(error),
            StoreError::Bulk(error) => Self::of_sqlite(i64::from(error.sqlite_error()?.extended_code)),
            StoreError::Content { .. } => Some(Self::Damaged),
            StoreError::GivenUp | StoreError::Address(_) | StoreError::File { .. } => None,
        }
    }

    fn of_migration(error: &MigrateError) -> Option<Self> {
        match error {
            MigrateError::VersionMissing(_) => Some(Self::Newer),
            MigrateError::VersionMismatch(_) | MigrateError::Dirty(_) => Some(Self::OtherTables),
            MigrateError::Execute(source) | MigrateError::ExecuteMigration(source, _) => {
                Self::of_sqlx(source)
            }
            _ => None,
        }
    }

    fn of_sqlx(error: &sqlx::Error) -> Option<Self> {
        match error {
            sqlx::Error::Database(error) => {
                let code = error.code()?;
                match code.parse() {
                    Ok(code) if error.try_downcast_ref::<PgDatabaseError>().is_none() => {
                        Self::of_sqlite(code)
                    }
                    _ => Self::of_postgres(&code),
                }
            }
            sqlx::Error::Io(_) | sqlx::Error::PoolTimedOut => Some(Self::Unreachable),
            _ => None,
        }
    }

    /// Result codes of SQLite (sqlite.org/rescode.html); the lower byte says which, the upper ones say more.
    fn of_sqlite(code: i64) -> Option<Self> {
        match code & 0xff {
            5 | 6 => Some(Self::Busy),
            8 => Some(Self::ReadOnly),
            10 => Some(Self::Broken),
            11 => Some(Self::Damaged),
            13 => Some(Self::Full),
            14 => Some(Self::NoEntry),
            26 => Some(Self::NotADatabase),
            _ => None,
        }
    }

    /// States of PostgreSQL ("Appendix A. PostgreSQL Error Codes").
    fn of_postgres(state: &str) -> Option<Self> {
        match state {
            "28P01" | "28000" => Some(Self::Login),
            "3D000" => Some(Self::NoSuchDatabase),
            "53100" => Some(Self::Full),
            "25006" => Some(Self::ReadOnly),
            "XX001" | "XX002" => Some(Self::Damaged),
            "58030" => Some(Self::Broken),
            "57P03" | "57P01" | "53300" => Some(Self::Unreachable),
            _ => None,
        }
    }
}
