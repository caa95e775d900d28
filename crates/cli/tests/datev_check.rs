//! `kontor datev check` as its user meets it.

#![expect(clippy::unwrap_used, reason = "a test fails where it cannot go on")]

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

const REPORT: &[u8] = include_bytes!("../../amazon-pay/data/settlement-us-2015.csv");
const CONFIGURATION: &str = "[client]\nchart = \"skr03\"\n[[account]]\nfor = \"provider\"\naccount = 1220\ncurrency = \"USD\"\n\
    [[rate]]\ncurrency = \"USD\"\nmonth = \"2015-10\"\nrate = \"1.1220\"\nsource = \"BMF\"\n";

fn kontor(folder: &Path, arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_kontor"));
    command.current_dir(folder).args(["--lang", "en"]).args(arguments).output().unwrap()
}

/// A folder with the batches of the recorded report in `out`.
fn batches() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("report.csv"), REPORT).unwrap();
    fs::write(folder.path().join("kontor.toml"), CONFIGURATION).unwrap();
    let arguments = ["convert", "report.csv", "--config", "kontor.toml", "--out", "out"];
    assert!(kontor(folder.path(), &arguments).status.success());
    folder
}

#[test]
fn what_kontor_writes_has_no_finding() {
    let folder = batches();
    for file in fs::read_dir(folder.path().join("out")).unwrap() {
        let name = file.unwrap().file_name().into_string().unwrap();
        if name.starts_with("EXTF_") {
            let output = kontor(folder.path(), &["datev", "check", &format!("out/{name}")]);
            let text = String::from_utf8(output.stdout).unwrap();
            assert!(text.trim_end().ends_with("0 errors, 0 warnings"), "{text}");
            assert_eq!((text.lines().count(), output.status.code()), (1, Some(0)));
        }
    }
}

#[test]
fn a_spoilt_batch_ends_with_1_and_names_line_and_field() {
    let folder = batches();
    let batch = fs::read(folder.path().join("out/EXTF_Buchungsstapel_2015-10.csv")).unwrap();
    let spoilt = encoded_replace(&batch, b"25,54;", b"25.54;");
    fs::write(folder.path().join("EXTF_spoilt.csv"), spoilt).unwrap();
    let output = kontor(folder.path(), &["datev", "check", "EXTF_spoilt.csv"]);
    let text = String::from_utf8(output.stdout).unwrap();
    assert_eq!(output.status.code(), Some(1));
    assert!(
        text.contains("line 3, field 1") && text.contains("[amount-dot]") && text.contains("25.54"),
        "{text}"
    );
    let output = kontor(folder.path(), &["datev", "check", "--json", "EXTF_spoilt.csv"]);
    let json: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    let finding = &json["files"][0]["findings"][0];
    assert_eq!((finding["line"].as_u64(), finding["severity"].as_str()), (Some(3), Some("error")));
}

#[test]
fn a_missing_file_ends_with_1_and_no_file_at_all_with_2() {
    let folder = tempfile::tempdir().unwrap();
    assert_eq!(kontor(folder.path(), &["datev", "check", "EXTF_missing.csv"]).status.code(), Some(1));
    assert_eq!(kontor(folder.path(), &["datev", "check"]).status.code(), Some(2));
}

fn encoded_replace(bytes: &[u8], from: &[u8], to: &[u8]) -> Vec<u8> {
    let place = bytes.windows(from.len()).position(|window| window == from).unwrap();
    [&bytes[..place], to, &bytes[place + from.len()..]].concat()
}
