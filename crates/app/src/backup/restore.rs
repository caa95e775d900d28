//! Restoring a backup into a new data folder or an empty PostgreSQL.

use std::path::Path;

use store::Database;
use store::transfer::{integrity_check, transfer};

use super::file::unpack;
use super::seal::BackupKey;
use super::told;
use crate::refusal::{AppError, Refusal, RefusalKind};

/// Restores a backup and gives the database, open and up to date. A data folder must be new or empty, a server's database
/// without rows; a backup of an older Kontor is brought up to date on the way.
pub async fn restore(
    backup: &Path,
    key: Option<BackupKey>,
    address: &str,
    progress: impl FnMut(&str, u64) + Send,
) -> Result<Database, AppError> {
    let server = address.contains("://");
    let failed = AppError::failed::<std::io::Error>("the data folder cannot be used");
    let workplace = if server {
        tempfile::Builder::new().prefix("kontor-restore-").tempdir().map_err(failed)?
    } else {
        let folder = Path::new(address);
        new_or_empty(folder)?;
        std::fs::create_dir_all(folder).map_err(failed)?;
        let failed = AppError::failed::<std::io::Error>("the data folder cannot be used");
        tempfile::Builder::new().prefix(".kontor-restore-").tempdir_in(folder).map_err(failed)?
    };
    let plain = workplace.path().join(Database::FILE);
    let unpacked = tokio::task::spawn_blocking({
        let (backup, plain) = (backup.to_owned(), plain.clone());
        move || unpack(&backup, &plain, key.as_ref())
    });
    unpacked.await.map_err(AppError::failed("unpacking ended early"))??;
    integrity_check(&plain).await.map_err(told)?;
    if server {
        let from = Database::sqlite(workplace.path()).await?;
        let to = Database::open(address).await?;
        let copied = transfer(&from, &to, progress).await;
        from.close().await;
        copied.map_err(told)?;
        return Ok(to);
    }
    let failed = AppError::failed::<std::io::Error>("the data folder cannot be used");
    std::fs::rename(&plain, Path::new(address).join(Database::FILE)).map_err(failed)?;
    drop(workplace);
    Ok(Database::open(address).await?)
}

/// Nothing that is there is overwritten.
pub(super) fn new_or_empty(folder: &Path) -> Result<(), AppError> {
    let empty = match std::fs::read_dir(folder) {
        Ok(mut entries) => entries.next().is_none(),
        Err(error) => error.kind() == std::io::ErrorKind::NotFound,
    };
    if empty {
        return Ok(());
    }
    let place = folder.display();
    Err(Refusal::new(
        RefusalKind::Conflict,
        "folder-not-empty",
        format!("{place} ist nicht leer. Bitte einen neuen Ordner nennen; überschrieben wird nichts."),
        format!("{place} is not empty. Name a new folder; nothing is overwritten."),
    )
    .into())
}
