//! `kontor config` as a person runs it.

#![expect(clippy::unwrap_used, reason = "a test tells what is missing by stopping there")]

use std::path::Path;
use std::process::{Command, Output, Stdio};

fn kontor(folder: &Path, arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_kontor"));
    command.current_dir(folder).args(arguments).env("KONTOR_LANG", "de").stdin(Stdio::null());
    command.output().unwrap()
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap()
}

#[test]
fn init_writes_a_file_that_check_accepts() {
    let folder = tempfile::tempdir().unwrap();
    let init = kontor(folder.path(), &["config", "init", "--chart", "skr04"]);
    assert!(init.status.success(), "{}", text(&init.stderr));
    let check = kontor(folder.path(), &["config", "check", "kontor.toml"]);
    assert_eq!(check.status.code(), Some(0));
    assert_eq!(
        text(&check.stdout),
        "kontor.toml ist in Ordnung: Berater 1001, Mandant 1, Kontenrahmen SKR04, Sachkontenlänge 4\n"
    );
}

#[test]
fn init_does_not_overwrite_without_force() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("eigene.toml");
    std::fs::write(&file, "# mine").unwrap();
    let refused = kontor(folder.path(), &["config", "init", "eigene.toml", "--chart", "skr03"]);
    assert_eq!(refused.status.code(), Some(1));
    assert_eq!(
        text(&refused.stderr),
        "kontor: eigene.toml gibt es schon; mit --force wird es überschrieben\n"
    );
    assert_eq!(std::fs::read_to_string(&file).unwrap(), "# mine");

    let forced = kontor(folder.path(), &["config", "init", "eigene.toml", "--chart", "skr03", "--force"]);
    assert!(forced.status.success());
    assert!(std::fs::read_to_string(&file).unwrap().contains("\nchart = \"skr03\"\n"));
}

#[test]
fn init_writes_to_standard_output_in_both_languages() {
    let folder = tempfile::tempdir().unwrap();
    let german = kontor(folder.path(), &["config", "init", "-"]);
    let english = kontor(folder.path(), &["--lang", "en", "config", "init", "-"]);
    assert!(text(&german.stdout).contains("# Sachkontenlänge, 4 bis 8."));
    assert!(text(&english.stdout).contains("# Length of general ledger accounts"));
    assert!(text(&german.stdout).contains("\n#chart = \"skr03\"\n"), "no chart is chosen for anyone");
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0);
}

#[test]
fn check_tells_what_is_wrong_on_standard_error_and_ends_with_one() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("k.toml"), "[client]\nchart = \"skr03\"\nberater = 999\nmandat = 1\n")
        .unwrap();
    let check = kontor(folder.path(), &["config", "check", "k.toml"]);
    assert_eq!(check.status.code(), Some(1));
    assert_eq!(text(&check.stdout), "");
    assert_eq!(
        text(&check.stderr),
        "k.toml, Zeile 3, Spalte 11: [client] berater = 999: erlaubt ist eine ganze Zahl von 1001 bis 9999999\n\
         k.toml, Zeile 4, Spalte 1: [client] mandat: das gibt es hier nicht; gemeint ist wohl «mandant»\n"
    );
}

#[test]
fn check_tells_warnings_and_ends_well() {
    let folder = tempfile::tempdir().unwrap();
    let text_of_file = include_str!("../../app/tests/configuration/accepted/doubtful.toml");
    std::fs::write(folder.path().join("k.toml"), text_of_file).unwrap();
    let check = kontor(folder.path(), &["config", "check", "k.toml"]);
    assert_eq!(check.status.code(), Some(0));
    assert_eq!(text(&check.stderr).lines().count(), 3);
}

#[test]
fn a_file_that_is_not_there_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let check = kontor(folder.path(), &["config", "check", "missing.toml"]);
    assert_eq!(check.status.code(), Some(1));
    assert!(text(&check.stderr).starts_with("kontor: missing.toml kann nicht gelesen werden: "));
}
