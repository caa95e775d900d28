//! schemathesis against a started server: whatever it sends, no server error and no undocumented answer.

#![cfg(unix)]
#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use std::fs;
use std::io::{BufRead as _, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};

/// What is judged: no 5xx, and status, kind and shape of each answer as the document says.
const CHECKS: &str =
    "not_a_server_error,status_code_conformance,content_type_conformance,response_schema_conformance";

fn kontor(data: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_kontor"));
    command.env_remove("KONTOR_MASTER_KEY").env_remove("KONTOR_DATABASE").env("KONTOR_DATA", data);
    command.args(["--lang", "en"]);
    command
}

fn text(data: &Path, arguments: &[&str]) -> String {
    let output = kontor(data).args(arguments).output().unwrap();
    assert!(output.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

/// A server that goes with the test, however it ends.
struct Server(Child);

impl Drop for Server {
    fn drop(&mut self) {
        let _killed = self.0.kill();
        let _ended = self.0.wait();
    }
}

#[test]
fn no_request_meets_a_server_error_or_an_undocumented_answer() {
    let Ok(mut schemathesis) = testkit::tools::program("schemathesis") else {
        eprintln!(
            "schemathesis is not on this machine, so the API was not tried by it; `cargo xtask test` installs it"
        );
        return;
    };
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    text(&data, &["user", "create", "erika@example.org"]);
    let client = text(&data, &["client", "create", "Teehaus", "--owner", "erika@example.org"]);
    let client = client.split('\t').next().unwrap().to_owned();
    for (name, bytes) in testkit::reports::settlements(2) {
        let path = folder.path().join(name);
        fs::write(&path, bytes).unwrap();
        text(&data, &["upload", path.to_str().unwrap()]);
    }
    let scopes = ["write", "export", "settings"].map(|scope| ["--scope", scope]).concat();
    let key = text(&data, &[&["key", "create", "--name", "Shop"], &scopes[..]].concat());
    let mut server =
        kontor(&data).args(["serve", "--listen", "127.0.0.1:0"]).stdout(Stdio::piped()).spawn().unwrap();
    let mut lines = BufReader::new(server.stdout.take().unwrap()).lines();
    let _server = Server(server);
    let origin = lines.next().unwrap().unwrap().trim_start_matches("Kontor: ").to_owned();
    // Random clients alone would only ever be «not found».
    let configuration = folder.path().join("schemathesis.toml");
    fs::write(&configuration, format!("[parameters]\n\"path.client\" = \"{client}\"\n")).unwrap();
    schemathesis
        .arg("--config-file")
        .arg(&configuration)
        .arg("run")
        .arg(format!("{origin}/api/v1/openapi.json"));
    schemathesis.args(["--header", &format!("Authorization: Bearer {}", key.trim()), "--checks", CHECKS]);
    schemathesis.args([
        "--max-examples",
        "12",
        "--seed",
        "20261125",
        "--generation-deterministic",
        "--no-color",
    ]);
    schemathesis.args(["--continue-on-failure", "--warnings", "off", "--suppress-health-check", "all"]);
    let output = schemathesis.current_dir(folder.path()).output().unwrap();
    let said =
        format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    assert!(output.status.success(), "{said}");
}
