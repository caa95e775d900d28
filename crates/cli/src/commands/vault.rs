//! `kontor vault`: the master key, rotated, or given up when it is lost.

use anyhow::{anyhow, bail};
use app::say;
use clap::{Args, Subcommand};
use store::vault::{self, Source};
use store::{Vault, vault::VaultError};

use super::{Edge, Ending};
use crate::house::HouseArguments;
use crate::machine::SystemMachine;

/// Rotate the master key, or give it up when it is lost
#[derive(Debug, Args)]
pub(super) struct VaultArguments {
    #[command(flatten)]
    house: HouseArguments,
    #[command(subcommand)]
    command: VaultCommand,
}

#[derive(Debug, Subcommand)]
enum VaultCommand {
    /// Make a new master key and seal everything anew; a running server goes on
    Rotate,
    /// Throw all sealed secrets away and begin with a new master key: only where the old one is lost for good
    Forget {
        /// Yes, every private key and second factor has to be entered anew
        #[arg(long)]
        yes: bool,
    },
}

/// Runs the command.
pub(super) fn run(arguments: &VaultArguments, edge: Edge) -> anyhow::Result<Ending> {
    let runtime = tokio::runtime::Runtime::new()?;
    match &arguments.command {
        VaultCommand::Rotate => runtime.block_on(rotate(&arguments.house, edge)),
        VaultCommand::Forget { yes } => runtime.block_on(forget(&arguments.house, *yes, edge)),
    }
}

/// The old keys stay in the file until nothing lies under them; a rotation that was cut off is done again.
async fn rotate(house: &HouseArguments, edge: Edge) -> anyhow::Result<Ending> {
    let app = house.open(edge.language).await?;
    match app.vault.add_key(&SystemMachine) {
        // With keys of the environment the operator has put the new one first.
        Ok(()) | Err(VaultError::NotAFile) => {}
        Err(error) => return Err(anyhow!(error)),
    }
    let mut number = vault::reseal(&app.database, &app.vault, &SystemMachine).await?;
    // What a running server sealed in between.
    number += vault::reseal(&app.database, &app.vault, &SystemMachine).await?;
    let next = match app.vault.drop_old_keys() {
        Ok(()) => edge.language.pick(
            "Bitte die neue Datei master.key sichern; ältere Sicherungen der Datenbank öffnet nur die alte.",
            "Please save the new file master.key; older backups of the database open only with the old one.",
        ),
        Err(VaultError::NotAFile) => edge.language.pick(
            "Der alte Schlüssel kann jetzt aus KONTOR_MASTER_KEY entfernt werden.",
            "The old key can be taken out of KONTOR_MASTER_KEY now.",
        ),
        Err(error) => return Err(anyhow!(error)),
    };
    let text =
        say!(edge.language, "{} Geheimnisse neu versiegelt. {}", "{} secrets sealed anew. {}", number, next);
    println!("{text}");
    Ok(Ending::Done)
}

async fn forget(house: &HouseArguments, yes: bool, edge: Edge) -> anyhow::Result<Ending> {
    if !yes {
        bail!(edge.language.pick(
            "Damit sind alle Private Keys und zweiten Faktoren verloren und neu einzugeben. Wenn das sein soll: --yes",
            "All private keys and second factors are lost with this and have to be entered anew. If you mean it: --yes",
        ));
    }
    let database = house.database(edge.language).await?;
    let path = house.key_file();
    if path.exists() {
        let aside = path.with_extension("key.old");
        std::fs::rename(&path, &aside)?;
        eprintln!("{} → {}", path.display(), aside.display());
    }
    Source::make_file(&path, &SystemMachine)?;
    let vault = Vault::open_source(Source::File(path))?;
    vault::forget(&database, &vault, &SystemMachine).await?;
    println!(
        "{}",
        edge.language.pick(
            "Die Geheimnisse sind verworfen; ein neuer Hauptschlüssel ist angelegt. Bitte jetzt die Private Keys der Schnittstellen neu eingeben.",
            "The secrets are thrown away; a new master key is made. Please enter the private keys of the connections anew.",
        )
    );
    Ok(Ending::Done)
}
