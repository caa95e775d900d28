//! `kontor demo` opens a working Kontor: the real program is started, entered as a browser enters it, and stopped.

#![cfg(unix)]
#![expect(clippy::unwrap_used, clippy::panic, reason = "a test fails where it cannot go on")]

use std::io::{BufRead as _, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};

use reqwest::header::{CONTENT_TYPE, COOKIE, HeaderMap, LOCATION, SET_COOKIE};
use reqwest::redirect::Policy;
use reqwest::{Client, Response, StatusCode};
use serde_json::Value;

fn kontor() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_kontor"));
    command.env_remove("KONTOR_MASTER_KEY");
    command
}

/// A demo that serves; it is stopped when this is dropped.
struct Demo {
    child: Child,
    told: Value,
    _temporary: tempfile::TempDir,
}

impl Demo {
    fn start() -> Self {
        let temporary = tempfile::tempdir().unwrap();
        let mut command = kontor();
        command.env("TMPDIR", temporary.path());
        command.args(["--lang", "en", "demo", "--json", "--listen", "127.0.0.1:0"]);
        let mut child = command.stdout(Stdio::piped()).spawn().unwrap();
        let mut line = String::new();
        BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
        let told = serde_json::from_str(&line).unwrap_or_else(|error| panic!("{error}: {line:?}"));
        Self { child, told, _temporary: temporary }
    }

    fn text(&self, pointer: &str) -> &str {
        self.told
            .pointer(pointer)
            .and_then(Value::as_str)
            .unwrap_or_else(|| panic!("{pointer}: {}", self.told))
    }

    fn address(&self, path: &str) -> String {
        format!("{}{path}", self.text("/url"))
    }

    /// Asks it to end, as a service manager does, and waits.
    fn stop(&mut self) -> std::process::ExitStatus {
        let id = self.child.id().to_string();
        assert!(Command::new("kill").args(["-TERM", &id]).status().unwrap().success());
        self.child.wait().unwrap()
    }
}

impl Drop for Demo {
    fn drop(&mut self) {
        // It may be over; then there is nothing to end.
        let _over = self.child.kill();
        let _over = self.child.wait();
    }
}

fn browser() -> Client {
    Client::builder().redirect(Policy::none()).build().unwrap()
}

fn session(headers: &HeaderMap) -> String {
    let cookies = headers.get_all(SET_COOKIE).iter().map(|cookie| cookie.to_str().unwrap());
    let cookie = cookies.into_iter().find(|cookie| cookie.starts_with("kontor=")).unwrap();
    cookie.split(';').next().unwrap().to_owned()
}

async fn log_in(demo: &Demo, password: &str) -> Response {
    let entered = format!("email={}&password={password}", demo.text("/email").replace('@', "%40"));
    let request = browser().post(demo.address("/login")).body(entered);
    let request = request.header(CONTENT_TYPE, "application/x-www-form-urlencoded");
    request.header("sec-fetch-site", "same-origin").send().await.unwrap()
}

async fn page(demo: &Demo, path: &str, cookie: &str) -> String {
    let response = browser().get(demo.address(path)).header(COOKIE, cookie).send().await.unwrap();
    assert_eq!(response.status(), StatusCode::OK, "{path}");
    response.text().await.unwrap()
}

#[tokio::test]
async fn whoever_reads_the_line_can_enter_and_finds_the_connection_and_nothing_is_left_at_the_end() {
    let mut demo = Demo::start();
    assert_eq!(demo.told["format"], "kontor.demo");
    let key = std::fs::read_to_string(demo.text("/spare/private_key_file")).unwrap();
    assert!(key.starts_with("-----BEGIN PRIVATE KEY-----"));
    assert!(demo.text("/spare/public_key_id").starts_with("LIVE-"));
    assert!(demo.text("/spare/merchant_id").starts_with('A'));

    let login = browser().get(demo.address("/login")).send().await.unwrap();
    assert_eq!(login.status(), StatusCode::OK);
    assert_eq!(log_in(&demo, "not the password").await.status(), StatusCode::UNAUTHORIZED);
    let entered = log_in(&demo, demo.text("/password")).await;
    assert_eq!(entered.status(), StatusCode::SEE_OTHER);
    assert_eq!(entered.headers()[LOCATION], "/");
    let cookie = session(entered.headers());
    let connections = format!("/clients/{}/connections", demo.text("/client"));
    let list = page(&demo, &connections, &cookie).await;
    assert!(list.contains("Amazon Pay Teeladen"), "the connection is made");
    assert!(!list.contains(demo.text("/spare/merchant_id")), "the second merchant is left to try");

    let folder = PathBuf::from(demo.text("/data"));
    assert!(list.contains("OK"), "it was fetched");
    assert!(folder.join("kontor.sqlite").is_file());
    assert!(demo.stop().success());
    assert!(!folder.exists(), "{} was left behind", folder.display());
}

fn run(arguments: &[&str], folder: &Path) -> Output {
    kontor().args(arguments).arg("--data").arg(folder).output().unwrap()
}

#[test]
fn without_pages_it_leaves_checked_batches_and_a_house_that_other_commands_open() {
    let desk = tempfile::tempdir().unwrap();
    let folder = desk.path().join("house");
    let output = run(&["--lang", "en", "demo", "--no-pages", "--seed", "4"], &folder);
    let told = String::from_utf8(output.stdout).unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    assert!(told.contains("Checked by DATEV's rules: 0 errors."), "{told}");
    assert!(told.contains("All fits: "), "{told}");

    let batches = std::fs::read_dir(folder.join("batches")).unwrap().map(|entry| entry.unwrap().path());
    let batches: Vec<PathBuf> = batches.collect();
    assert!(batches.len() >= 6, "{batches:?}");
    let checked = kontor().args(["datev", "check"]).args(&batches).output().unwrap();
    assert!(checked.status.success(), "{}", String::from_utf8_lossy(&checked.stdout));

    let documents = run(&["documents", "list"], &folder);
    let listed = String::from_utf8(documents.stdout).unwrap();
    assert!(listed.lines().count() > 150, "{listed}");
}

#[test]
fn a_folder_in_which_something_lies_is_refused_in_words_and_left_alone() {
    let desk = tempfile::tempdir().unwrap();
    let own = desk.path().join("own.txt");
    std::fs::write(&own, "mine").unwrap();
    let output = run(&["--lang", "de", "demo", "--no-pages"], desk.path());
    assert_eq!(output.status.code(), Some(1));
    let refusal = String::from_utf8(output.stderr).unwrap();
    assert!(refusal.contains("liegt schon etwas") && refusal.contains("leeren Ordner"), "{refusal}");
    assert_eq!(std::fs::read_dir(desk.path()).unwrap().count(), 1);
    assert_eq!(std::fs::read_to_string(own).unwrap(), "mine");
}
