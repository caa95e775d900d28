//! Backup and restoration: all rows of one moment in one file, which public tools can open.
//!
//! A backup is a SQLite file, whatever the engine, packed by zstd: `zstd -d` opens it without Kontor. Where a key is given it
//! is sealed as `seal` describes. The master key of the vault is not in it: whoever finds a backup cannot read the private
//! keys that are sealed in it, and whoever restores one needs that key.

mod file;
mod make;
mod migrate_to;
mod restore;
mod seal;

use store::transfer::TransferError;

pub use make::{Made, backup};
pub use migrate_to::migrate_to;
pub use restore::restore;
pub use seal::BackupKey;

use crate::refusal::{AppError, Refusal, RefusalKind};

/// What can go wrong while rows are copied, in words.
fn told(error: TransferError) -> AppError {
    match error {
        TransferError::NotEmpty(table) => Refusal::new(
            RefusalKind::Conflict,
            "not-empty",
            format!(
                "In der Zieldatenbank stehen schon Daten (Tabelle {table}). Bitte eine leere Datenbank oder einen neuen Ordner angeben; \
                 überschrieben wird nichts."
            ),
            format!(
                "The database to fill has rows already (table {table}). Name an empty database or a new folder; nothing is overwritten."
            ),
        )
        .into(),
        TransferError::Damaged(finding) => Refusal::new(
            RefusalKind::Conflict,
            "damaged",
            format!(
                "Die Datenbank ist beschädigt: {finding}. Bitte den Datenordner so lassen, wie er ist, und die letzte Sicherung in einen neuen \
                 Ordner zurückspielen («kontor restore»)."
            ),
            format!(
                "The database is damaged: {finding}. Leave the data folder as it is and restore the last backup into a new folder \
                 («kontor restore»)."
            ),
        )
        .into(),
        error => AppError::failed("the rows could not be copied")(error),
    }
}
