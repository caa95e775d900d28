//! Opening either database, and beginning transactions.

use std::path::{Path, PathBuf};
use std::str::FromStr;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use sqlx::Sqlite;
use sqlx::pool::PoolConnection;
use sqlx::postgres::{PgConnectOptions, PgPool, PgPoolOptions};
use sqlx::sqlite::{
    SqliteConnectOptions, SqliteJournalMode, SqlitePool, SqlitePoolOptions, SqliteSynchronous,
};

use crate::{StoreError, Transaction, migrate};

/// How long SQLite waits for another process that is writing.
pub(crate) const BUSY: Duration = Duration::from_secs(30);

/// Which database it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Engine {
    /// Embedded, a file in the data folder.
    Sqlite,
    /// A server.
    Postgres,
}

/// A database with all its tables.
#[derive(Clone, Debug)]
pub struct Database {
    pools: Pools,
}

#[derive(Clone, Debug)]
enum Pools {
    /// One connection writes, several read (WAL): more writers would only wait for each other.
    Sqlite {
        path: PathBuf,
        writer: SqlitePool,
        readers: SqlitePool,
        hastes: Arc<AtomicBool>,
    },
    Postgres {
        pool: PgPool,
    },
}

impl Database {
    /// The file of the embedded database in its data folder.
    pub const FILE: &str = "kontor.sqlite";

    /// Opens `postgres://…`, or the data folder at a path, and brings its tables up to date. The folder is made where
    /// it is missing.
    pub async fn open(address: &str) -> Result<Self, StoreError> {
        if address.starts_with("postgres://") || address.starts_with("postgresql://") {
            Self::postgres(address).await
        } else if address.contains("://") || address.is_empty() {
            Err(StoreError::Address(address.split_once("://").map_or("", |(scheme, _)| scheme).to_owned()))
        } else {
            Self::sqlite(Path::new(address)).await
        }
    }

    /// Opens the embedded database of a data folder.
    pub async fn sqlite(folder: &Path) -> Result<Self, StoreError> {
        std::fs::create_dir_all(folder)
            .map_err(|source| StoreError::File { path: folder.to_owned(), source })?;
        let path = folder.join(Self::FILE);
        let failed = |source| StoreError::Open { place: path.display().to_string(), source };
        let options = SqliteConnectOptions::new()
            .filename(&path)
            .create_if_missing(true)
            .journal_mode(SqliteJournalMode::Wal)
            .synchronous(SqliteSynchronous::Full)
            .foreign_keys(true)
            .busy_timeout(BUSY)
            .pragma("cache_size", "-16000");
        let writer = SqlitePoolOptions::new().max_connections(1).acquire_timeout(BUSY);
        let writer = writer.connect_with(options.clone()).await.map_err(failed)?;
        migrate::SQLITE.run(&writer).await?;
        let readers = SqlitePoolOptions::new().max_connections(8).acquire_timeout(BUSY);
        let readers = readers.connect_lazy_with(options.read_only(true));
        Ok(Self { pools: Pools::Sqlite { path, writer, readers, hastes: Arc::default() } })
    }

    /// Opens a database of PostgreSQL. Transactions are serialisable, as they are in SQLite.
    pub async fn postgres(address: &str) -> Result<Self, StoreError> {
        let pool = Self::connect(address).await?;
        migrate::POSTGRES.run(&pool).await?;
        Ok(Self { pools: Pools::Postgres { pool } })
    }

    async fn connect(address: &str) -> Result<PgPool, StoreError> {
        let place = address.rsplit_once('@').map_or(address, |(_, place)| place).to_owned();
        let failed = |source| StoreError::Open { place: place.clone(), source };
        let options = PgConnectOptions::from_str(address).map_err(failed)?;
        let options = options
            .application_name("kontor")
            .options([("default_transaction_isolation", "serializable"), ("timezone", "UTC")]);
        let pool = PgPoolOptions::new().max_connections(16).acquire_timeout(BUSY);
        pool.connect_with(options).await.map_err(failed)
    }

    /// Opens a database only to look at it: nothing is made, and its tables stay as they are. None where the embedded one
    /// is not there yet.
    pub async fn look(address: &str) -> Result<Option<Self>, StoreError> {
        if address.starts_with("postgres://") || address.starts_with("postgresql://") {
            return Ok(Some(Self { pools: Pools::Postgres { pool: Self::connect(address).await? } }));
        }
        if address.contains("://") {
            return Self::open(address).await.map(Some);
        }
        let path = Path::new(address).join(Self::FILE);
        if !path.exists() {
            return Ok(None);
        }
        let failed = |source| StoreError::Open { place: path.display().to_string(), source };
        let options = SqliteConnectOptions::new().filename(&path).read_only(true).busy_timeout(BUSY);
        let readers = SqlitePoolOptions::new().max_connections(1).acquire_timeout(BUSY);
        let readers = readers.connect_with(options).await.map_err(failed)?;
        Ok(Some(Self {
            pools: Pools::Sqlite { path, writer: readers.clone(), readers, hastes: Arc::default() },
        }))
    }

    /// Which database it is.
    pub fn engine(&self) -> Engine {
        match &self.pools {
            Pools::Sqlite { .. } => Engine::Sqlite,
            Pools::Postgres { .. } => Engine::Postgres,
        }
    }

    /// The file of the embedded database, for its bulk paths.
    pub fn sqlite_file(&self) -> Option<&Path> {
        match &self.pools {
            Pools::Sqlite { path, .. } => Some(path),
            Pools::Postgres { .. } => None,
        }
    }

    /// The pool of PostgreSQL, for its bulk paths.
    pub fn postgres_pool(&self) -> Option<&PgPool> {
        match &self.pools {
            Pools::Sqlite { .. } => None,
            Pools::Postgres { pool } => Some(pool),
        }
    }

    /// The only pen of the embedded database, for its bulk paths: who holds it waits for no other writer of this
    /// process, and who waits for it gets it in turn.
    pub(crate) async fn pen(&self) -> Result<Option<PoolConnection<Sqlite>>, StoreError> {
        Ok(match &self.pools {
            Pools::Sqlite { writer, .. } => Some(writer.acquire().await?),
            Pools::Postgres { .. } => None,
        })
    }

    /// From now on a commit of the embedded database does not wait for the disk, and a power failure may take what was
    /// written or break the file. For what can be made anew from nothing, such as the history of a demonstration; it
    /// ends with [`Database::settle`].
    pub async fn haste(&self) -> Result<(), StoreError> {
        if let Pools::Sqlite { writer, hastes, .. } = &self.pools {
            sqlx::query("PRAGMA synchronous = OFF").execute(writer).await?;
            hastes.store(true, Ordering::Relaxed);
        }
        Ok(())
    }

    /// Brings to the disk what was written in haste; every commit waits for the disk again.
    pub async fn settle(&self) -> Result<(), StoreError> {
        if let Pools::Sqlite { writer, hastes, .. } = &self.pools {
            hastes.store(false, Ordering::Relaxed);
            sqlx::query("PRAGMA synchronous = FULL").execute(writer).await?;
            sqlx::query("PRAGMA wal_checkpoint(TRUNCATE)").execute(writer).await?;
        }
        Ok(())
    }

    /// Does a commit not wait for the disk?
    pub(crate) fn hastes(&self) -> bool {
        match &self.pools {
            Pools::Sqlite { hastes, .. } => hastes.load(Ordering::Relaxed),
            Pools::Postgres { .. } => false,
        }
    }

    /// Begins a transaction that may write. In SQLite it holds the only pen at once (`BEGIN IMMEDIATE`).
    pub async fn begin(&self) -> Result<Transaction, StoreError> {
        Ok(match &self.pools {
            Pools::Sqlite { writer, .. } => {
                Transaction::of_sqlite(writer.begin_with("BEGIN IMMEDIATE").await?)
            }
            Pools::Postgres { pool } => Transaction::of_postgres(pool.begin().await?),
        })
    }

    /// Begins a transaction that only reads: it sees one state of everything and waits for no writer.
    pub async fn read(&self) -> Result<Transaction, StoreError> {
        Ok(match &self.pools {
            Pools::Sqlite { readers, .. } => Transaction::of_sqlite(readers.begin().await?),
            Pools::Postgres { pool } => Transaction::of_postgres(
                pool.begin_with("BEGIN TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY").await?,
            ),
        })
    }

    /// Closes all connections; what runs is finished first.
    pub async fn close(&self) {
        match &self.pools {
            Pools::Sqlite { writer, readers, .. } => {
                readers.close().await;
                writer.close().await;
            }
            Pools::Postgres { pool } => pool.close().await,
        }
    }
}
