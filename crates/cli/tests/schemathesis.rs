//! schemathesis against a started server: whatever it sends, no server error and no undocumented answer.

#![cfg(unix)]
#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use std::fs;
use std::io::{BufRead as _, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::Arc;

use app::settings::{Document, stored};
use app::{Actor, App};
use kontor::machine::SystemMachine;
use ledger::chart::Chart;
use serde_json::Value;
use store::id::ClientId;
use store::{Database, Vault};

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

/// Gives the client settings by which it can export.
fn confirm(data: &Path, client: &str) {
    tokio::runtime::Runtime::new().unwrap().block_on(async {
        let database = Database::sqlite(data).await.unwrap();
        let app = App::new(database.clone(), Arc::new(SystemMachine), Vault::in_memory(&SystemMachine));
        let mut document = Document::proposed(Chart::Skr03);
        document.kontor.accounts_confirmed = Some("true".to_owned());
        let client = ClientId::parse(client).unwrap();
        stored::save(&app, &Actor::CommandLine, &client, &document, 0, "").await.unwrap();
        database.close().await;
    });
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
    confirm(&data, &client);
    let first = |arguments: &[&str]| -> Value {
        serde_json::from_str::<Value>(&text(&data, arguments)).unwrap()[0].clone()
    };
    let month = first(&["export", "list", "--json"])["month"].as_str().unwrap().to_owned();
    let document = first(&["documents", "list", "--json"])["id"].as_str().unwrap().to_owned();
    let made: Value = serde_json::from_str(&text(&data, &["export", "make", &month, "--json"])).unwrap();
    let batch = made["id"].as_str().unwrap().to_owned();
    let scopes = ["write", "export", "settings"].map(|scope| ["--scope", scope]).concat();
    let key = text(&data, &[&["key", "create", "--name", "Shop"], &scopes[..]].concat());
    let mut server =
        kontor(&data).args(["serve", "--listen", "127.0.0.1:0"]).stdout(Stdio::piped()).spawn().unwrap();
    let mut lines = BufReader::new(server.stdout.take().unwrap()).lines();
    let _server = Server(server);
    let origin = lines.next().unwrap().unwrap().trim_start_matches("Kontor: ").to_owned();
    // Random identifiers alone would only ever be «not found».
    let known = [("client", client), ("document", document), ("batch", batch), ("month", month)];
    let known = known.map(|(name, id)| format!("\"path.{name}\" = \"{id}\"\n")).concat();
    let configuration = folder.path().join("schemathesis.toml");
    fs::write(&configuration, format!("[parameters]\n{known}")).unwrap();
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
