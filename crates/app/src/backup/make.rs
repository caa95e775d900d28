//! Making a backup, while others read and write.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use jiff::tz::TimeZone;
use store::transfer::{integrity_check, snapshot};
use store::{Database, transact};

use super::file::{hash, pack};
use super::seal::BackupKey;
use super::told;
use crate::access::Actor;
use crate::context::App;
use crate::progress::Silent;
use crate::refusal::{AppError, Refusal, RefusalKind};
use crate::verify::{Verified, verify};

/// A backup that was made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Made {
    /// The file.
    pub path: PathBuf,
    /// SHA-256 of its bytes, in hexadecimal.
    pub sha256: String,
    /// Its size in bytes.
    pub bytes: u64,
    /// What recomputing everything in it said.
    pub verified: Verified,
}

/// Writes all rows of this moment into a new file of a folder, checks it, recomputes everything in it, and only then gives it its name:
/// `kontor-2026-11-25T080000Z.sqlite.zst`, with `.sealed` where a key is given. Needs room in the folder for the plain
/// snapshot as well. `progress` hears of tables and rows.
pub async fn backup(
    app: &App,
    actor: &Actor,
    folder: &Path,
    key: Option<BackupKey>,
    progress: impl FnMut(&str, u64) + Send,
) -> Result<Made, AppError> {
    actor.may_operate()?;
    let failed = AppError::failed::<std::io::Error>("the folder of the backup cannot be used");
    std::fs::create_dir_all(folder).map_err(failed)?;
    let failed = AppError::failed::<std::io::Error>("the folder of the backup cannot be used");
    let workplace = tempfile::Builder::new().prefix(".kontor-backup-").tempdir_in(folder).map_err(failed)?;
    snapshot(&app.database, workplace.path(), progress).await.map_err(told)?;
    let plain = workplace.path().join(Database::FILE);
    integrity_check(&plain).await.map_err(told)?;
    let copy = Database::sqlite(workplace.path()).await?;
    let verified = verify(&copy, Arc::new(Silent)).await;
    copy.close().await;
    let verified = verified?;
    let time = app.now().to_zoned(TimeZone::UTC).strftime("%Y-%m-%dT%H%M%SZ").to_string();
    let sealed = if key.is_some() { ".sealed" } else { "" };
    let mut salt = [0; 32];
    app.machine.fill(&mut salt);
    let name = format!("kontor-{time}.sqlite.zst{sealed}");
    let (target, packed) = (folder.join(&name), workplace.path().join(&name));
    if target.exists() {
        return Err(taken(&name).into());
    }
    let made = tokio::task::spawn_blocking(move || {
        let written = pack(&plain, &packed, key.as_ref().map(|key| (key, salt)))?;
        // What lies on the disk is read again: a backup that cannot be read is none.
        if hash(&packed)? != written {
            return Err(std::io::Error::other("the file does not hold what was written"));
        }
        std::fs::rename(&packed, &target)?;
        let (sha256, bytes) = written;
        Ok(Made { path: target, sha256, bytes, verified })
    });
    let made = made.await.map_err(AppError::failed("the backup ended early"))?;
    let made = made.map_err(AppError::failed("the backup cannot be written"))?;
    transact!(app.database, transaction =>
        app.journal(transaction, actor, None, "backup.made", &name, &made.sha256).await)?;
    Ok(made)
}

fn taken(name: &str) -> Refusal {
    Refusal::new(
        RefusalKind::Conflict,
        "backup-exists",
        format!("{name} gibt es schon; überschrieben wird keine Sicherung."),
        format!("{name} exists already; no backup is overwritten."),
    )
}
