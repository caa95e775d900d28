//! A house by the command line: users, clients, keys, the master key, and the server that starts and stops.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use std::fs;
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Command, Output, Stdio};

use tempfile::TempDir;

fn kontor(data: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_kontor"));
    command.env_remove("KONTOR_MASTER_KEY").env_remove("KONTOR_DATABASE").env("KONTOR_DATA", data);
    command.args(["--lang", "en"]);
    command
}

fn run(data: &Path, arguments: &[&str]) -> Output {
    kontor(data).args(arguments).output().unwrap()
}

fn text(data: &Path, arguments: &[&str]) -> String {
    let output = run(data, arguments);
    assert!(output.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

fn refusal(data: &Path, arguments: &[&str]) -> String {
    let output = run(data, arguments);
    assert_eq!(output.status.code(), Some(1), "{arguments:?}");
    String::from_utf8(output.stderr).unwrap()
}

/// `kontor key` for the client of the test.
fn key<'a>(rest: &[&'a str]) -> Vec<&'a str> {
    [&["key", "--client", "Teehaus"], rest].concat()
}

#[test]
fn users_clients_and_keys_are_made_listed_and_taken_back() {
    let folder = TempDir::new().unwrap();
    let data = folder.path();
    assert!(text(data, &["user", "create", "Erika@Example.org", "--operator"]).contains("/password?code="));
    assert!(refusal(data, &["user", "create", "erika@example.org"]).contains("has an account already"));
    assert!(refusal(data, &["user", "create", "erika"]).contains("no mail address"));
    assert!(text(data, &["user", "list"]).starts_with("erika@example.org\tErika@Example.org\toperator"));
    assert!(refusal(data, &["user", "disable", "erika@example.org"]).contains("last operator"));

    let made = text(data, &["client", "create", "Teehaus", "--owner", "erika@example.org"]);
    assert!(!made.contains("invitation"), "an owner with an account is one at once");
    let invited = text(data, &["client", "create", "Laden", "--owner", "neu@example.org"]);
    assert!(invited.contains("/invitation?code="));
    assert_eq!(text(data, &["client", "list"]).lines().count(), 2);

    let token = text(data, &key(&["create", "--name", "Shop", "--scope", "write"]));
    assert!(token.starts_with("kontor_"));
    let listed = text(data, &key(&["list"]));
    assert!(listed.contains("Shop\twrite\t-") && !listed.contains(token.trim()));
    text(data, &key(&["revoke", &token[..12]]));
    assert!(text(data, &key(&["list"])).contains("revoked"));
    assert!(refusal(data, &["key", "--client", "Nobody", "list"]).contains("no such client"));
}

#[test]
fn the_master_key_is_rotated_and_a_lost_one_is_explained() {
    let folder = TempDir::new().unwrap();
    let (data, file) = (folder.path(), folder.path().join("master.key"));
    text(data, &["user", "list"]);
    let before = fs::read_to_string(&file).unwrap();
    assert!(text(data, &["vault", "rotate"]).contains("sealed anew"));
    let after = fs::read_to_string(&file).unwrap();
    assert_ne!(before, after);
    assert_eq!(after.lines().filter(|line| !line.starts_with('#')).count(), 1);
    text(data, &["user", "list"]);

    fs::rename(&file, data.join("elsewhere")).unwrap();
    let lost = refusal(data, &["user", "list"]);
    assert!(lost.contains("kontor vault forget") && !file.exists(), "{lost}");
    assert!(refusal(data, &["vault", "forget"]).contains("--yes"));
    text(data, &["vault", "forget", "--yes"]);
    text(data, &["user", "list"]);

    fs::write(&file, "no key\n").unwrap();
    assert!(refusal(data, &["user", "list"]).contains("64 hexadecimal digits"));
}

#[cfg(unix)]
#[test]
fn the_server_says_how_the_owner_enters_and_stops_when_asked() {
    let folder = TempDir::new().unwrap();
    let mut server = kontor(folder.path())
        .args(["serve", "--listen", "127.0.0.1:0"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut lines = BufReader::new(server.stdout.take().unwrap()).lines();
    let origin = lines.next().unwrap().unwrap().trim_start_matches("Kontor: ").to_owned();
    let link = lines.next().unwrap().unwrap();
    let link = link.split_once("http://").unwrap().1;
    let (host, path) = link.split_once('/').unwrap();
    assert_eq!(origin, format!("http://{host}"));
    let page = get(host, &format!("/{path}"));
    assert!(page.starts_with("HTTP/1.1 200") && page.contains("Kontor"), "{page}");
    let code = path.split_once("code=").unwrap().1.to_owned();
    let pid = server.id().to_string();
    assert!(Command::new("kill").args(["-TERM", &pid]).status().unwrap().success());
    assert!(server.wait().unwrap().success());
    let mut log = String::new();
    server.stderr.take().unwrap().read_to_string(&mut log).unwrap();
    assert!(log.contains("/setup") && !log.contains(&code), "the log tells routes and no codes: {log}");
}

#[cfg(unix)]
#[test]
fn an_operator_finds_metrics_on_a_listener_of_their_own_and_lines_of_json() {
    let folder = TempDir::new().unwrap();
    let arguments = ["serve", "--listen", "127.0.0.1:0", "--metrics", "127.0.0.1:0", "--log", "json"];
    let mut server =
        kontor(folder.path()).args(arguments).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    let mut log = BufReader::new(server.stderr.take().unwrap()).lines().map(Result::unwrap);
    let of_json = |line: &str| serde_json::from_str::<serde_json::Value>(line).ok();
    let told = log.find_map(|line| of_json(&line).filter(|line| line["fields"]["message"] == "metrics"));
    let metrics = told.unwrap()["fields"]["address"].as_str().unwrap().to_owned();
    let mut lines = BufReader::new(server.stdout.take().unwrap()).lines();
    let web = lines.next().unwrap().unwrap().trim_start_matches("Kontor: http://").to_owned();

    for (host, path, status) in
        [(&web, "/healthz", 200), (&web, "/readyz", 200), (&metrics, "/readyz", 200), (&web, "/metrics", 404)]
    {
        let answer = get(host, path);
        assert!(answer.starts_with(&format!("HTTP/1.1 {status}")), "{host}{path}: {answer}");
    }
    get(&web, "/setup?code=guessed");
    let counted = get(&metrics, "/metrics");
    assert!(counted.contains("application/openmetrics-text"), "{counted}");
    assert!(counted.contains("kontor_requests_total{method=\"GET\",route=\"/setup\""), "{counted}");
    assert!(!get(&metrics, "/login").contains("200 OK"), "no pages there");

    let pid = server.id().to_string();
    assert!(Command::new("kill").args(["-TERM", &pid]).status().unwrap().success());
    let rest: Vec<String> = log.collect();
    assert!(server.wait().unwrap().success());
    let answered =
        rest.iter().filter_map(|line| of_json(line)).find(|line| line["fields"]["route"] == "/setup");
    let answered = answered.unwrap_or_else(|| panic!("{rest:?}"));
    assert_eq!(answered["span"]["number"].as_str().unwrap().len(), 12, "{answered}");
    assert!(rest.iter().all(|line| !line.contains("guessed")), "{rest:?}");
}

fn get(host: &str, path: &str) -> String {
    let mut stream = TcpStream::connect(host).unwrap();
    write!(stream, "GET {path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n").unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    answer
}
