//! A database of its own for each test, on either engine, thrown away afterwards.

#![expect(clippy::panic, clippy::missing_panics_doc, reason = "a test that has no database has failed")]

use std::env;

use sqlx::{AssertSqlSafe, Connection as _, Executor as _, PgConnection};
use store::Database;
use tempfile::TempDir;

/// Where the tests find their PostgreSQL; `cargo xtask test` and `cargo xtask postgres` start one and set it.
pub const POSTGRES: &str = "KONTOR_TEST_POSTGRES";

/// A database and what goes with it when it is dropped.
#[derive(Debug)]
pub struct TestDatabase {
    /// The database, with all tables.
    pub database: Database,
    /// By which [`Database::open`] opens it again.
    pub address: String,
    _folder: TempDir,
}

/// An embedded one in a new folder.
pub async fn sqlite() -> TestDatabase {
    let folder = TempDir::new().expect("a folder for the test");
    let address = folder.path().join("data").display().to_string();
    let database = Database::open(&address).await.expect("SQLite opens");
    TestDatabase { database, address, _folder: folder }
}

/// A new one on the PostgreSQL of the tests. It stays there until that server is thrown away.
pub async fn postgres() -> TestDatabase {
    let server = env::var(POSTGRES).unwrap_or_else(|_| {
        panic!(
            "{POSTGRES} names no PostgreSQL: run `cargo xtask test`, or `cargo xtask postgres` beside this"
        )
    });
    let folder = TempDir::new().expect("a folder for the test");
    let unique = folder.path().file_name().and_then(|name| name.to_str()).unwrap_or("test");
    let name = format!("kontor_{}_{}", std::process::id(), unique.trim_start_matches('.').to_lowercase());
    let mut connection = PgConnection::connect(&server).await.expect("the PostgreSQL of the tests answers");
    let statement = format!("CREATE DATABASE \"{name}\"");
    // The name is made here, of letters, digits and underscores.
    connection.execute(AssertSqlSafe(statement)).await.expect("a new database");
    connection.close().await.expect("the connection closes");
    let (base, _) = server.rsplit_once('/').expect("the address ends in a database");
    let address = format!("{base}/{name}");
    let database = Database::open(&address).await.expect("PostgreSQL opens");
    TestDatabase { database, address, _folder: folder }
}

/// Makes two tests of one body, one for each engine: `both_databases! { async fn name(test) { … } }`; `test` is a
/// [`TestDatabase`].
#[macro_export]
macro_rules! both_databases {
    ($($(#[$meta:meta])* async fn $name:ident($test:ident) $body:block)+) => {$(
        $(#[$meta])*
        mod $name {
            #[allow(unused_imports, reason = "a body may need none of them")]
            use super::*;

            async fn body($test: $crate::database::TestDatabase) $body

            #[tokio::test]
            async fn sqlite() {
                body($crate::database::sqlite().await).await;
            }

            #[tokio::test]
            async fn postgres() {
                body($crate::database::postgres().await).await;
            }
        }
    )+};
}
