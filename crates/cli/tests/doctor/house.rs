//! A house on disk that a test breaks, and an Amazon that says what time it is.

use std::fs;
use std::io::{Read as _, Write as _};
use std::net::TcpListener;
use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::thread;

use jiff::{SignedDuration, Timestamp, fmt::rfc2822};
use serde_json::Value;
use store::Database;
use tempfile::TempDir;
use tokio::runtime::Runtime;

/// A house after its first start.
pub(crate) struct House {
    pub(crate) folder: TempDir,
    pub(crate) amazon: String,
}

impl House {
    pub(crate) fn new() -> Self {
        let house = Self::empty();
        assert!(house.kontor(&["user", "list"]).output().unwrap().status.success());
        house.change(async |_| ());
        house
    }

    /// Before the first start.
    pub(crate) fn empty() -> Self {
        Self { folder: TempDir::new().unwrap(), amazon: amazon(SignedDuration::ZERO) }
    }

    pub(crate) fn data(&self) -> PathBuf {
        self.folder.path().join("data")
    }

    pub(crate) fn key(&self) -> PathBuf {
        self.data().join("master.key")
    }

    pub(crate) fn kontor(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_kontor"));
        for name in ["KONTOR_MASTER_KEY", "KONTOR_DATABASE", "KONTOR_SMTP", "KONTOR_PUBLIC_URL"] {
            command.env_remove(name);
        }
        command.env("KONTOR_DATA", self.data()).args(["--lang", "en"]).args(arguments);
        command
    }

    /// What the doctor says: the answer for programs, and the exit status.
    pub(crate) fn doctor(&self, more: &[&str]) -> (Value, i32) {
        let arguments = [&["doctor", "--json", "--amazon", &self.amazon], more].concat();
        let output = self.kontor(&arguments).output().unwrap();
        let answer = serde_json::from_slice(&output.stdout)
            .unwrap_or_else(|error| panic!("{error}: {}", String::from_utf8_lossy(&output.stderr)));
        (answer, output.status.code().unwrap())
    }

    /// The first line about a subject: grade, and text with advice.
    pub(crate) fn says(&self, subject: &str) -> (String, String) {
        line(&self.doctor(&[]).0, subject)
    }

    /// Tries to start the server; it must refuse, and say why.
    pub(crate) fn refuses_to_serve(&self) -> String {
        told(&self.kontor(&["serve", "--listen", "127.0.0.1:0"]).output().unwrap())
    }

    /// Changes the database as nobody should, and brings all of it into its file.
    pub(crate) fn change(&self, change: impl AsyncFnOnce(&Database)) {
        Runtime::new().unwrap().block_on(async {
            let database = Database::open(&self.data().display().to_string()).await.unwrap();
            change(&database).await;
            database.settle().await.unwrap();
            database.close().await;
        });
    }

    /// Everything in the data folder: names, bytes, rights.
    pub(crate) fn contents(&self) -> Vec<(PathBuf, Vec<u8>, u32)> {
        let mut files: Vec<_> = fs::read_dir(self.data())
            .unwrap()
            .map(|entry| entry.unwrap().path())
            .filter(|path| !is_of_readers(path))
            .map(|path| {
                let mode = fs::metadata(&path).unwrap().permissions().mode();
                (path.clone(), fs::read(&path).unwrap(), mode)
            })
            .collect();
        files.sort();
        files
    }
}

/// SQLite makes an index of its log in memory beside the file, and takes it away.
fn is_of_readers(path: &Path) -> bool {
    let name = path.file_name().unwrap().to_string_lossy().into_owned();
    name.ends_with("-shm") || (name.ends_with("-wal") && fs::metadata(path).unwrap().len() == 0)
}

/// What a command that was refused says.
pub(crate) fn told(output: &Output) -> String {
    assert_eq!(output.status.code(), Some(1), "{output:?}");
    String::from_utf8(output.stderr.clone()).unwrap()
}

pub(crate) fn line(answer: &Value, subject: &str) -> (String, String) {
    let lines = answer["checks"].as_array().unwrap();
    let line = lines.iter().filter(|line| line["subject"] == subject);
    let line =
        line.max_by_key(|line| ["ok", "warning", "error"].iter().position(|grade| line["grade"] == **grade));
    let line = line.unwrap_or_else(|| panic!("{subject} is not in {answer}"));
    let advice = line["advice"].as_str().unwrap_or_default();
    (line["grade"].as_str().unwrap().to_owned(), format!("{} {advice}", line["text"].as_str().unwrap()))
}

/// A host that answers every request with the time, so much ahead of ours.
#[expect(clippy::disallowed_methods, reason = "the real program is compared with the real clock")]
pub(crate) fn amazon(ahead: SignedDuration) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = format!("http://{}/", listener.local_addr().unwrap());
    thread::spawn(move || {
        for stream in listener.incoming() {
            let mut stream = stream.unwrap();
            let mut request = [0; 1024];
            let _read = stream.read(&mut request).unwrap();
            let date =
                rfc2822::DateTimePrinter::new().timestamp_to_rfc9110_string(&(Timestamp::now() + ahead));
            let date = date.unwrap();
            write!(
                stream,
                "HTTP/1.1 403 Forbidden\r\nDate: {date}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
            )
            .unwrap();
        }
    });
    address
}
