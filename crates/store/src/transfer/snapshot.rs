//! A copy of all rows of one moment in a file of SQLite, whatever the engine: what a backup holds.

use std::path::Path;

use rusqlite::{Connection, OpenFlags};

use super::{TransferError, transfer};
use crate::{Database, Engine};

/// Writes a snapshot into a new data folder, while others read and write. The folder then holds an embedded database that
/// [`Database::sqlite`] opens.
pub async fn snapshot(
    from: &Database,
    folder: &Path,
    progress: impl FnMut(&str, u64) + Send,
) -> Result<(), TransferError> {
    match from.engine() {
        Engine::Sqlite => {
            let Some(file) = from.sqlite_file().map(Path::to_owned) else {
                return Err(TransferError::SameEngine);
            };
            let target = folder.join(Database::FILE);
            std::fs::create_dir_all(folder)
                .map_err(|source| TransferError::File { path: folder.to_owned(), source })?;
            let copied = tokio::task::spawn_blocking(move || vacuum_into(&file, &target)).await;
            copied.map_err(|_| TransferError::Interrupted)?
        }
        Engine::Postgres => {
            let target = Database::sqlite(folder).await?;
            let copied = transfer(from, &target, progress).await;
            target.close().await;
            copied.map(drop)
        }
    }
}

/// SQLite's own way: it reads one moment and writes a compact file (SQLite, «VACUUM INTO»).
fn vacuum_into(file: &Path, target: &Path) -> Result<(), TransferError> {
    let connection = Connection::open_with_flags(file, OpenFlags::SQLITE_OPEN_READ_WRITE)?;
    connection.busy_timeout(std::time::Duration::from_secs(30))?;
    connection.execute("VACUUM INTO ?1", [target.to_string_lossy()])?;
    Ok(())
}

/// Looks through every page, index and reference of an embedded database (`integrity_check`, `foreign_key_check`).
pub async fn integrity_check(file: &Path) -> Result<(), TransferError> {
    let file = file.to_owned();
    let checked = tokio::task::spawn_blocking(move || check(&file)).await;
    checked.map_err(|_| TransferError::Interrupted)?
}

fn check(file: &Path) -> Result<(), TransferError> {
    let connection = Connection::open_with_flags(file, OpenFlags::SQLITE_OPEN_READ_WRITE)?;
    let mut statement = connection.prepare("PRAGMA integrity_check(10)")?;
    let findings: Vec<String> = statement.query_map([], |row| row.get(0))?.collect::<Result<_, _>>()?;
    if findings.iter().any(|finding| finding != "ok") {
        return Err(TransferError::Damaged(findings.join("; ")));
    }
    let mut statement = connection.prepare("PRAGMA foreign_key_check")?;
    if let Some(row) = statement.query([])?.next()? {
        let table: String = row.get(0)?;
        return Err(TransferError::Damaged(format!("a row of {table} refers to one that is not there")));
    }
    Ok(())
}
