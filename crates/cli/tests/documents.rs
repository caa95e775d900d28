//! `kontor upload` and `kontor documents` as their user meets them.

#![expect(clippy::unwrap_used, reason = "a test fails where it cannot go on")]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use kontor::machine::SystemMachine;
use serde_json::Value;
use store::id::ClientId;
use store::{Database, Machine as _, client, transact};

fn kontor(data: &Path, arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_kontor"));
    command.env_remove("KONTOR_DATABASE").args(["--lang", "en"]).args(arguments).arg("--data").arg(data);
    command.output().unwrap()
}

fn told(bytes: &[u8]) -> &str {
    str::from_utf8(bytes).unwrap().trim_end()
}

/// Clients by their names in a new data folder.
fn clients(data: &Path, names: &[&str]) {
    tokio::runtime::Runtime::new().unwrap().block_on(async {
        let database = Database::sqlite(data).await.unwrap();
        for name in names {
            let id = ClientId::new(&SystemMachine);
            let now = SystemMachine.now();
            transact!(database, transaction => client::insert(transaction, &id, name, now).await).unwrap();
        }
        database.close().await;
    });
}

fn reports(folder: &Path) -> Vec<PathBuf> {
    let mut command = Command::new(env!("CARGO_BIN_EXE_kontor"));
    command.args(["generate", "amazon-pay", "--months", "1", "--settlements", "2", "--rows", "300", "--out"]);
    assert!(command.arg(folder).output().unwrap().status.success());
    let mut paths: Vec<_> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    paths
}

#[test]
fn reports_go_in_once_and_come_out_as_they_were() {
    let desk = tempfile::tempdir().unwrap();
    let data = desk.path().join("data");
    clients(&data, &["Nordlicht GmbH"]);
    let reports = reports(&desk.path().join("reports"));
    let [first, second] = [0, 1].map(|place| reports[place].to_str().unwrap());
    let output = kontor(&data, &["upload", first, second]);
    assert!(output.status.success(), "{}", told(&output.stderr));
    assert_eq!(told(&output.stdout).lines().filter(|line| line.contains(": taken, settlement ")).count(), 2);
    let again = kontor(&data, &["upload", first, "--client", "nordlicht gmbh"]);
    assert!(again.status.success() && told(&again.stdout).contains(": already there, settlement "));

    let list = kontor(&data, &["documents", "list", "--json"]);
    let list: Vec<Value> = serde_json::from_slice(&list.stdout).unwrap();
    assert_eq!(list.len(), 2);
    let rows: u64 = list.iter().map(|document| document["rows"].as_u64().unwrap()).sum();
    assert_eq!(rows, 300);
    for document in &list {
        let id = document["id"].as_str().unwrap();
        let show = kontor(&data, &["documents", "show", id, "--json"]);
        let show: Value = serde_json::from_slice(&show.stdout).unwrap();
        assert_eq!(show["proved"], Value::Bool(true));
        let text = kontor(&data, &["documents", "show", id]);
        assert!(told(&text.stdout).contains("\nProof: "), "{}", told(&text.stdout));
        let out = desk.path().join(id);
        assert!(kontor(&data, &["documents", "get", id, "--out", out.to_str().unwrap()]).status.success());
        let name = document["file_name"].as_str().unwrap();
        assert_eq!(fs::read(&out).unwrap(), fs::read(desk.path().join("reports").join(name)).unwrap());
        assert_eq!(kontor(&data, &["documents", "get", id]).stdout, fs::read(&out).unwrap());
        let twice = kontor(&data, &["documents", "get", id, "--out", out.to_str().unwrap()]);
        assert_eq!(twice.status.code(), Some(1), "a file that is there is not overwritten");
    }
}

#[test]
fn a_broken_report_is_refused_and_the_others_are_taken() {
    let desk = tempfile::tempdir().unwrap();
    let data = desk.path().join("data");
    clients(&data, &["Nordlicht GmbH", "Südwind KG"]);
    let reports = reports(&desk.path().join("reports"));
    let good = reports[0].to_str().unwrap();
    let broken = desk.path().join("broken.csv");
    fs::write(&broken, fs::read_to_string(&reports[1]).unwrap().replacen("EUR", "euro", 1)).unwrap();
    let broken = broken.to_str().unwrap();
    let unnamed = kontor(&data, &["upload", good]);
    assert_eq!(unnamed.status.code(), Some(1));
    assert!(told(&unnamed.stderr).contains("which client is meant"), "{}", told(&unnamed.stderr));
    let output = kontor(&data, &["upload", broken, "missing.csv", good, "--client", "Südwind KG"]);
    assert_eq!(output.status.code(), Some(1));
    let errors = told(&output.stderr);
    assert!(errors.contains("broken.csv: line ") && errors.contains("CurrencyCode"), "{errors}");
    assert!(errors.contains("missing.csv"), "{errors}");
    assert_eq!(told(&output.stdout).lines().count(), 1);
    let other = kontor(&data, &["documents", "list", "--client", "Nordlicht GmbH"]);
    assert_eq!(told(&other.stdout), "");
    let wrong = kontor(&data, &["documents", "show", "1"]);
    assert_eq!(wrong.status.code(), Some(2));
}
