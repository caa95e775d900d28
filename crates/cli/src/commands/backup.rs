//! `kontor backup`, `restore` and `migrate-to`: everything in one file, back again, and to another place or engine.

use std::path::{Path, PathBuf};

use anyhow::Context as _;
use app::backup::{self, BackupKey};
use app::{Actor, Language, say};
use clap::Args;
use store::Database;

use super::{Edge, Ending, verify};
use crate::house::{HouseArguments, spoken};

/// Back up everything into one file, while Kontor runs
#[derive(Debug, Args)]
pub(super) struct BackupArguments {
    #[command(flatten)]
    house: HouseArguments,
    /// The folder that gets the file
    #[arg(long, value_name = "DIR")]
    to: PathBuf,
    /// Seal it with the key in this file: 64 hexadecimal digits, as `openssl rand -hex 32` prints them
    #[arg(long, value_name = "FILE")]
    key: Option<PathBuf>,
}

/// Restore a backup into a new data folder or an empty PostgreSQL
#[derive(Debug, Args)]
pub(super) struct RestoreArguments {
    #[command(flatten)]
    house: HouseArguments,
    /// The backup
    #[arg(value_name = "FILE")]
    backup: PathBuf,
    /// The file with the key, where the backup is sealed
    #[arg(long, value_name = "FILE")]
    key: Option<PathBuf>,
}

/// Copy everything into a new data folder or an empty PostgreSQL; stop all processes of Kontor first
#[derive(Debug, Args)]
pub(super) struct MigrateArguments {
    #[command(flatten)]
    house: HouseArguments,
    /// The new data folder, or postgres://user@host/name
    #[arg(value_name = "TO")]
    to: String,
}

/// Runs `kontor backup`.
pub(super) fn run(arguments: &BackupArguments, edge: Edge) -> anyhow::Result<Ending> {
    let language = edge.language;
    tokio::runtime::Runtime::new()?.block_on(async {
        let key = read_key(arguments.key.as_deref(), language)?;
        let app = arguments.house.open(language).await?;
        let made = backup::backup(&app, &Actor::CommandLine, &arguments.to, key, |_, _| ()).await;
        let made = made.map_err(|error| spoken(error, language))?;
        let (place, bytes, sha256) = (made.path.display(), made.bytes, made.sha256);
        let text = say!(
            language,
            "Gesichert und geprüft: {place} ({bytes} Bytes, SHA-256 {sha256})\nDer Hauptschlüssel ist nicht dabei; bitte getrennt aufbewahren: {}",
            "Backed up and checked: {place} ({bytes} bytes, SHA-256 {sha256})\nThe master key is not in it; keep it apart: {}",
            arguments.house.key_file().display()
        );
        println!("{text}");
        verify::tell(&made.verified, language)
    })
}

/// Runs `kontor restore`.
pub(super) fn restore(arguments: &RestoreArguments, edge: Edge) -> anyhow::Result<Ending> {
    let language = edge.language;
    tokio::runtime::Runtime::new()?.block_on(async {
        let key = read_key(arguments.key.as_deref(), language)?;
        let address = arguments.house.address();
        let restored = backup::restore(&arguments.backup, key, &address, |_, _| ()).await;
        let database = restored.map_err(|error| spoken(error, language))?;
        let verified = verify::look(&database, language).await?;
        database.close().await;
        let text = say!(
            language,
            "Zurückgespielt. Nun den Hauptschlüssel an seinen Ort legen: {}",
            "Restored. Now put the master key in its place: {}",
            arguments.house.key_file().display()
        );
        println!("{text}");
        verify::tell(&verified, language)
    })
}

/// Runs `kontor migrate-to`.
pub(super) fn migrate(arguments: &MigrateArguments, edge: Edge) -> anyhow::Result<Ending> {
    let language = edge.language;
    tokio::runtime::Runtime::new()?.block_on(async {
        let app = arguments.house.open(language).await?;
        let copied = backup::migrate_to(&app, &Actor::CommandLine, &arguments.to, |_, _| ()).await;
        for table in copied.map_err(|error| spoken(error, language))? {
            println!("{:>12}  {}", table.rows, table.table);
        }
        let text = language.pick(
            "Alles ist kopiert. Die alte Datenbank steht unverändert; der Hauptschlüssel bleibt, was er ist, und muss auch am neuen Ort liegen.",
            "Everything is copied. The old database stands unchanged; the master key stays what it is and must lie at the new place as well.",
        );
        println!("{text}");
        let moved = Database::open(&arguments.to).await?;
        let verified = verify::look(&moved, language).await?;
        moved.close().await;
        verify::tell(&verified, language)
    })
}

fn read_key(path: Option<&Path>, language: Language) -> anyhow::Result<Option<BackupKey>> {
    let Some(path) = path else { return Ok(None) };
    let text = std::fs::read_to_string(path).with_context(|| path.display().to_string())?;
    BackupKey::parse(&text).map(Some).map_err(|error| spoken(error, language))
}
