//! A simulator in a process of its own and the commands that speak with it, all through the program.

use std::io::{BufRead as _, BufReader};
use std::path::Path;
use std::process::{Child, Command, Output, Stdio};

use serde_json::Value;
use tempfile::TempDir;

/// `kontor` in English, whatever the environment says.
pub(crate) fn kontor(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_kontor"));
    command.arg("--lang").arg("en").args(arguments);
    command
}

pub(crate) fn told(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap()
}

/// A simulator that is ended with the test.
pub(crate) struct Simulated {
    process: Child,
    pub(crate) folder: TempDir,
    pub(crate) told: Value,
}

impl Simulated {
    /// Starts one on a free port and reads what it says about itself.
    pub(crate) fn with(more: &[&str]) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let mut process = kontor(&["simulate", "amazon-pay", "--listen", "127.0.0.1:0", "--json"])
            .args(["--months", "1", "--rows", "300", "--no-throttling"])
            .arg("--out")
            .arg(folder.path())
            .args(more)
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut line = String::new();
        BufReader::new(process.stdout.take().unwrap()).read_line(&mut line).unwrap();
        Self { process, folder, told: serde_json::from_str(&line).unwrap() }
    }

    pub(crate) fn text<'a>(&'a self, pointer: &str) -> &'a str {
        self.told.pointer(pointer).and_then(Value::as_str).unwrap()
    }

    /// `kontor amazon-pay …` with the first merchant's key.
    pub(crate) fn asks(&self, command: &str) -> Command {
        let mut asking = kontor(&["amazon-pay", command, "--endpoint", self.text("/endpoint")]);
        asking.args(["--key-id", self.text("/merchants/0/public_key_id")]);
        asking.args(["--key", self.text("/merchants/0/key_file")]);
        asking
    }

    pub(crate) fn run(&self, command: &str, more: &[&str]) -> Output {
        self.asks(command).args(more).output().unwrap()
    }

    /// What the command prints with `--json`; it must succeed.
    pub(crate) fn json(&self, command: &str, more: &[&str]) -> Value {
        let output = self.asks(command).args(more).arg("--json").output().unwrap();
        assert!(output.status.success(), "{command}: {}", told(&output.stderr));
        serde_json::from_slice(&output.stdout).unwrap()
    }

    /// What the command says where it ends with 1; it must.
    pub(crate) fn refused(&self, command: &str, more: &[&str]) -> String {
        let output = self.run(command, more);
        assert_eq!(output.status.code(), Some(1), "{}", told(&output.stdout));
        told(&output.stderr)
    }
}

impl Drop for Simulated {
    fn drop(&mut self) {
        // It may have ended by itself.
        let _ended = self.process.kill();
        let _ended = self.process.wait();
    }
}

/// The names of the files in a folder, sorted.
pub(crate) fn names(folder: &Path) -> Vec<String> {
    let entries = std::fs::read_dir(folder).unwrap();
    let mut names: Vec<String> =
        entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}
