//! Opening what a house has: its data folder, its database, its master key.

mod words;

use std::env;
use std::path::PathBuf;
use std::sync::Arc;

use anyhow::anyhow;
use app::{App, AppError, Language, io_text, say};
use clap::Args;
use store::vault::{self, ENVIRONMENT, Source, VaultError};
use store::{Database, FromStore as _, Vault};

use crate::machine::SystemMachine;
pub(crate) use words::database_words;

/// The file with the master key in the data folder.
const KEY_FILE: &str = "master.key";

/// Where the data are. Taken before and after the subcommand alike.
#[derive(Clone, Debug, Args)]
pub struct HouseArguments {
    /// The data folder: embedded database and master key
    #[arg(long, global = true, value_name = "DIR", env = "KONTOR_DATA", default_value = "kontor-data")]
    pub data: PathBuf,
    /// A database of PostgreSQL instead of the embedded one (postgres://user@host/name)
    #[arg(long, global = true, value_name = "URL", env = "KONTOR_DATABASE", hide_env_values = true)]
    pub database: Option<String>,
    /// The file with the master key [default: master.key in the data folder; KONTOR_MASTER_KEY holds the key itself]
    #[arg(long, global = true, value_name = "FILE", env = "KONTOR_MASTER_KEY_FILE")]
    pub master_key: Option<PathBuf>,
}

impl HouseArguments {
    /// Opens database and vault. At the first start the master key is made.
    pub async fn open(&self, language: Language) -> anyhow::Result<App> {
        let database = self.database(language).await?;
        let vault = self.vault(&database, language).await?;
        vault::prove(&database, &vault, &SystemMachine).await.map_err(|error| locked(&error, language))?;
        Ok(App::new(database, Arc::new(SystemMachine), vault))
    }

    /// Opens the database alone.
    pub async fn database(&self, language: Language) -> anyhow::Result<Database> {
        Database::open(&self.address()).await.map_err(|error| anyhow!(database_words(&error, language)))
    }

    /// Opens the database alone, where there is one: a command that only looks makes no new data folder.
    pub async fn existing_database(&self, language: Language) -> anyhow::Result<Database> {
        let file = self.data.join(Database::FILE);
        if self.database.is_none() && !file.exists() {
            return Err(anyhow!(say!(
                language,
                "{} gibt es nicht. Bitte den Datenordner mit --data nennen.",
                "{} does not exist. Name the data folder with --data.",
                file.display()
            )));
        }
        self.database(language).await
    }

    /// By which the database is opened: a data folder or a server's address.
    pub fn address(&self) -> String {
        self.database.clone().unwrap_or_else(|| self.data.display().to_string())
    }

    /// The file of the master key.
    pub fn key_file(&self) -> PathBuf {
        self.master_key.clone().unwrap_or_else(|| self.data.join(KEY_FILE))
    }

    /// Where the master key comes from: the environment where it is set there, else the file.
    pub(crate) fn key_source(&self) -> Source {
        match env::var(ENVIRONMENT) {
            Ok(keys) if !keys.is_empty() => Source::Environment(keys.into()),
            _ => Source::File(self.key_file()),
        }
    }

    async fn vault(&self, database: &Database, language: Language) -> anyhow::Result<Vault> {
        let source = self.key_source();
        if let Source::File(path) = &source
            && !path.exists()
        {
            if vault::is_sealed(database).await? {
                return Err(anyhow!(lost(&path.display().to_string(), language)));
            }
            Source::make_file(path, &SystemMachine).map_err(|error| locked(&error, language))?;
            eprintln!(
                "{}",
                say!(
                    language,
                    "Hauptschlüssel angelegt: {}. Bitte getrennt von der Datenbank sichern: Ohne ihn müssen alle Private Keys neu eingegeben werden.",
                    "Master key made: {}. Please keep a copy apart from the database: without it all private keys must be entered anew.",
                    path.display()
                )
            );
        }
        Vault::open_source(source).map_err(|error| locked(&error, language))
    }
}

/// What to do about a vault that does not open.
pub(crate) fn locked(error: &VaultError, language: Language) -> anyhow::Error {
    match error {
        VaultError::OtherKey { sealed_under, source_of_keys } => {
            let place = format!("{source_of_keys} ({sealed_under})");
            anyhow!(lost(&place, language))
        }
        VaultError::OpenToOthers { path } => anyhow!(say!(
            language,
            "Die Datei mit dem Hauptschlüssel dürfen auch andere lesen. Bitte ihre Rechte einschränken: chmod 600 {}",
            "Others may read the file with the master key. Please restrict its rights: chmod 600 {}",
            path.display()
        )),
        VaultError::NotAKey { place } => anyhow!(say!(
            language,
            "In {} steht kein Hauptschlüssel: 64 hexadezimale Ziffern in einer Zeile werden erwartet.",
            "{} holds no master key: 64 hexadecimal digits in a line are expected.",
            place
        )),
        VaultError::File { path, source } => {
            anyhow!("{}: {}", path.display(), io_text(source, language))
        }
        VaultError::Store(error) => anyhow!(database_words(error, language)),
        other => anyhow!(other.to_string()),
    }
}

pub(crate) fn lost(place: &str, language: Language) -> String {
    say!(
        language,
        "Der Hauptschlüssel dieser Datenbank fehlt: {}.\nOhne ihn lassen sich die versiegelten Geheimnisse (Private Keys, zweite Faktoren) nicht öffnen; alle anderen Daten sind \
         unberührt.\nLegen Sie die gesicherte Datei master.key an ihren Ort, oder setzen Sie KONTOR_MASTER_KEY.\nIst der Schlüssel endgültig verloren, verwirft `kontor vault forget` die \
         Geheimnisse und beginnt mit einem neuen; danach ist jeder Private Key einmal neu einzugeben.",
        "The master key of this database is missing: {}.\nWithout it the sealed secrets (private keys, second factors) do not open; all other data are untouched.\nPut the \
         saved file master.key in its place, or set KONTOR_MASTER_KEY.\nIf the key is lost for good, `kontor vault forget` throws the secrets away and begins with a new one; after \
         that each private key has to be entered once more.",
        place
    )
}

/// An error of a use case in the language of the terminal.
pub fn spoken(error: AppError, language: Language) -> anyhow::Error {
    match (error.refusal(), error.store_error()) {
        (Some(refusal), _) => anyhow!(refusal.text(language).to_owned()),
        (None, Some(error)) => anyhow!(database_words(error, language)),
        (None, None) => anyhow!(error),
    }
}
