//! `kontor export` and `kontor verify` as an operator uses them, and the public way to check the same.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on has failed")]

use std::fs;
use std::path::Path;
use std::process::{Command, Output};
use std::sync::Arc;

use app::settings::{Document, stored};
use app::{Actor, App};
use kontor::machine::SystemMachine;
use ledger::chart::Chart;
use serde_json::Value;
use store::id::ClientId;
use store::{Database, Machine as _, StoreError, Vault, arguments, client, transact};
use testkit::both_databases;
use testkit::database::TestDatabase;

const ADVICE: &str = include_str!("../../../docs/verify.md");
const RAT: &str = include_str!("../../../docs/pruefen.md");

fn kontor(address: &str, key: &Path, arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_kontor"));
    command.env_remove("KONTOR_MASTER_KEY").env("KONTOR_MASTER_KEY_FILE", key).args(["--lang", "en"]);
    command.args(arguments);
    if address.contains("://") {
        command.args(["--database", address])
    } else {
        command.args(["--data", address])
    };
    command.output().unwrap()
}

fn told(output: &Output) -> String {
    let (out, error) = (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    format!("{out}{error}")
}

/// A client with settings and the reports of a month.
struct House {
    test: TestDatabase,
    folder: tempfile::TempDir,
}

impl House {
    async fn new(test: TestDatabase) -> Self {
        let app = App::new(test.database.clone(), Arc::new(SystemMachine), Vault::in_memory(&SystemMachine));
        let id = ClientId::new(&SystemMachine);
        let now = SystemMachine.now();
        transact!(app.database, transaction => client::insert(transaction, &id, "Nordlicht", now).await)
            .unwrap();
        let mut document = Document::proposed(Chart::Skr03);
        document.kontor.accounts_confirmed = Some("true".to_owned());
        stored::save(&app, &Actor::CommandLine, &id, &document, 0, "").await.unwrap();
        let folder = tempfile::tempdir().unwrap();
        let house = Self { test, folder };
        let reports = testkit::reports::settlements(3);
        let mut arguments = vec!["upload".to_owned()];
        for (name, bytes) in reports {
            let path = house.folder.path().join(name);
            fs::write(&path, bytes).unwrap();
            arguments.push(path.display().to_string());
        }
        let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
        house.done(&arguments);
        house
    }

    fn run(&self, arguments: &[&str]) -> Output {
        kontor(&self.test.address, &self.folder.path().join("master.key"), arguments)
    }

    fn done(&self, arguments: &[&str]) -> String {
        let output = self.run(arguments);
        assert!(output.status.success(), "{arguments:?}: {}", told(&output));
        told(&output)
    }

    fn refused(&self, arguments: &[&str]) -> String {
        let output = self.run(arguments);
        assert_eq!(output.status.code(), Some(1), "{arguments:?}: {}", told(&output));
        told(&output)
    }

    fn json(&self, arguments: &[&str]) -> Value {
        let output = self.run(&[arguments, &["--json"]].concat());
        serde_json::from_slice(&output.stdout).unwrap_or_else(|_| panic!("{arguments:?}: {}", told(&output)))
    }

    /// The first month that holds anything.
    fn month(&self) -> String {
        let months = self.json(&["export", "list"]);
        months.as_array().unwrap().last().unwrap()["month"].as_str().unwrap().to_owned()
    }

    async fn tamper(&self, sql: &'static str) {
        let touched: Result<u64, StoreError> =
            transact!(self.test.database, transaction => transaction.execute(sql, arguments![]).await);
        assert!(touched.unwrap() > 0, "{sql}");
    }

    /// What the commands of a document say about it.
    fn by_public_tools(&self, document: &str) -> String {
        let postgres = self.test.address.contains("://");
        let head = if postgres { "```sh postgres\n" } else { "```sh sqlite\n" };
        let blocks = document.split(head).skip(1).map(|rest| rest.split("```").next().unwrap());
        let script: String = blocks.collect();
        let workplace = tempfile::tempdir().unwrap();
        let mut command = testkit::tools::program("sh").unwrap();
        command.args(["-c", &script]).current_dir(workplace.path());
        command.env("KONTOR_DATABASE", &self.test.address);
        command.env("KONTOR_DB", Path::new(&self.test.address).join(Database::FILE));
        told(&command.output().unwrap())
    }
}

const ALL_FITS: &str = "every line has its hash\nevery line names the one before\nevery document is there, byte for byte\n\
     every batch is there, byte for byte\n";

both_databases! {
    async fn a_month_is_exported_taken_back_corrected_and_its_files_written(test) {
        let house = House::new(test).await;
        let month = house.month();
        let out = house.folder.path().join("out").display().to_string();
        let made = house.json(&["export", "make", &month, "--out", &out]);
        assert_eq!((&made["state"], &made["correction"]), (&"exported".into(), &0.into()));
        for file in made["files"].as_array().unwrap() {
            let bytes = fs::read(Path::new(&out).join(file["name"].as_str().unwrap())).unwrap();
            assert_eq!(app::convert::digest::sha256(&bytes), file["sha256"].as_str().unwrap());
        }
        assert!(house.refused(&["export", "make", &month]).contains("exported already"));
        let id = made["id"].as_str().unwrap();
        house.done(&["export", "files", id, "--out", &out]);
        let name = made["files"][0]["name"].as_str().unwrap();
        fs::write(Path::new(&out).join(name), "other").unwrap();
        assert!(house.refused(&["export", "files", id, "--out", &out]).contains("nothing is overwritten"));
        let sheet = house.json(&["export", "sheet", &month]);
        assert_eq!(sheet["postings"], made["postings"]);
        assert!(house.done(&["export", "sheet", id]).contains("Account 1210: debit "));
        let replaced = house.json(&["export", "replace", &month]);
        assert_ne!(replaced["id"], made["id"]);
        assert!(house.done(&["export", "processed", &month]).contains("processed"));
        assert!(house.refused(&["export", "withdraw", &month]).contains("processed already"));
        assert!(house.refused(&["export", "correct", &month]).contains("Nothing in"));
        let list = house.done(&["export", "list"]);
        assert!(list.contains("processed") && list.contains("withdrawn"), "{list}");
        assert!(house.refused(&["export", "sheet", "1999-01"]).contains("is not exported"));
        assert!(house.refused(&["export", "sheet", "x"]).contains("neither"));
        assert_eq!(house.run(&["export", "make", "2026-13"]).status.code(), Some(2));
    }

    async fn everything_is_recomputed_and_what_was_changed_is_named(test) {
        let house = House::new(test).await;
        let month = house.month();
        house.done(&["export", "make", &month]);
        assert!(house.done(&["verify"]).starts_with("All fits: "));
        let verified = house.json(&["verify"]);
        assert_eq!((&verified["fits"], &verified["counted"]["documents"]), (&true.into(), &3.into()));
        house.tamper("UPDATE settlement_sum SET gross = gross + 1 WHERE settlement = 1 AND place = 0").await;
        let refusal = house.refused(&["verify"]);
        assert!(refusal.contains("sum of a day") && refusal.contains("expected:") && refusal.contains("found:"), "{refusal}");
        let verified = house.json(&["verify"]);
        assert_eq!((&verified["fits"], &verified["mismatch"]["code"]), (&false.into(), &"sum".into()));
    }

    async fn public_tools_say_the_same(test) {
        let house = House::new(test).await;
        let month = house.month();
        house.done(&["export", "make", &month]);
        for document in [ADVICE, RAT] {
            assert_eq!(house.by_public_tools(document), ALL_FITS);
        }
        house.tamper("UPDATE journal SET actor = 'nobody' WHERE number = 2").await;
        let said = house.by_public_tools(ADVICE);
        assert!(!said.contains("every line has its hash") && said.contains("every document is there"), "{said}");
        house.tamper("UPDATE journal SET previous = 'x' WHERE number = 3").await;
        assert!(!house.by_public_tools(RAT).contains("every line names the one before"));
        house.tamper("DELETE FROM document_piece WHERE document = (SELECT MIN(id) FROM document)").await;
        house.tamper("DELETE FROM batch_piece WHERE file = 0").await;
        let said = house.by_public_tools(ADVICE);
        assert!(!said.contains("is there, byte for byte"), "{said}");
    }
}

#[test]
fn where_there_is_no_house_none_is_made() {
    let folder = tempfile::tempdir().unwrap();
    let place = folder.path().join("nowhere").display().to_string();
    let output = kontor(&place, &folder.path().join("master.key"), &["verify"]);
    assert_eq!(output.status.code(), Some(1));
    assert!(told(&output).contains("does not exist") && !Path::new(&place).exists());
}
