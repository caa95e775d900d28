//! `kontor demo --json`, started as any other program would.

use std::path::PathBuf;
use std::process::Stdio;
use std::time::Duration;

use anyhow::{Context as _, Result, ensure};
use serde_json::Value;
use tempfile::TempDir;
use tokio::io::{AsyncBufReadExt as _, BufReader};
use tokio::process::{Child, Command};

use crate::place;

/// How long it may take to begin, and to end.
const PATIENCE: Duration = Duration::from_secs(90);

/// A Kontor with months of history, and all that it says about itself.
#[derive(Debug)]
pub struct Demo {
    child: Child,
    told: Value,
    // What it leaves where it is killed goes away with this.
    _temporary: TempDir,
}

/// A merchant who can be connected.
#[derive(Clone, Debug)]
pub struct Spare {
    /// Verkäufer-ID.
    pub merchant_id: String,
    /// Public Key-ID.
    pub public_key_id: String,
    /// The `.pem` file.
    pub private_key_file: PathBuf,
}

impl Demo {
    /// Starts one whose owner reads a language: `de`, `en`.
    pub async fn start(language: &str) -> Result<Self> {
        let temporary = tempfile::tempdir()?;
        let mut command = Command::new(place::kontor()?);
        command.args(["--lang", language, "demo", "--json", "--listen", "127.0.0.1:0"]);
        command.env("TMPDIR", temporary.path()).env_remove("KONTOR_MASTER_KEY");
        let mut child = command.stdout(Stdio::piped()).kill_on_drop(true).spawn()?;
        let mut lines = BufReader::new(child.stdout.take().context("its output")?).lines();
        let line =
            tokio::time::timeout(PATIENCE, lines.next_line()).await.context("the demo did not begin")??;
        let told = serde_json::from_str(&line.context("the demo ended before it began")?)?;
        Ok(Self { child, told, _temporary: temporary })
    }

    fn text(&self, pointer: &str) -> Result<String> {
        let value = self.told.pointer(pointer).and_then(Value::as_str);
        value.map(str::to_owned).with_context(|| format!("{pointer} in {}", self.told))
    }

    /// The address of the pages.
    pub fn url(&self) -> Result<String> {
        self.text("/url")
    }

    /// By which one enters.
    pub fn email(&self) -> Result<String> {
        self.text("/email")
    }

    /// By which one enters.
    pub fn password(&self) -> Result<String> {
        self.text("/password")
    }

    /// The client's identifier.
    pub fn client(&self) -> Result<String> {
        self.text("/client")
    }

    /// The address of the simulated Amazon.
    pub fn simulator(&self) -> Result<String> {
        self.text("/simulator")
    }

    /// The data folder.
    pub fn data(&self) -> Result<PathBuf> {
        self.text("/data").map(PathBuf::from)
    }

    /// The merchant who is not connected.
    pub fn spare(&self) -> Result<Spare> {
        Ok(Spare {
            merchant_id: self.text("/spare/merchant_id")?,
            public_key_id: self.text("/spare/public_key_id")?,
            private_key_file: self.text("/spare/private_key_file")?.into(),
        })
    }

    /// Asks it to end and waits until it has.
    pub async fn stop(mut self) -> Result<()> {
        let id = self.child.id().context("it ended by itself")?.to_string();
        let asked = Command::new("kill").args(["-TERM", &id]).status().await?;
        ensure!(asked.success(), "it could not be asked to end");
        let ended = tokio::time::timeout(PATIENCE, self.child.wait()).await.context("it did not end")??;
        ensure!(ended.success(), "it ended with {ended}");
        Ok(())
    }
}
