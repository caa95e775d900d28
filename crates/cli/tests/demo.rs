//! `kontor demo` plays the whole way without a page: a simulator, reports fetched by key, batches with their proof.

#![expect(clippy::unwrap_used, reason = "a test fails where it cannot go on")]

use std::collections::BTreeMap;
use std::path::Path;
use std::process::Command;

fn played(folder: &Path, language: &str) -> String {
    let output = Command::new(env!("CARGO_BIN_EXE_kontor"))
        .args(["--lang", language, "demo", "--seed", "4", "--out"])
        .arg(folder)
        .env("SOURCE_DATE_EPOCH", "1795593600")
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

fn files(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let entries = std::fs::read_dir(folder).unwrap().map(Result::unwrap);
    entries
        .map(|entry| (entry.file_name().into_string().unwrap(), std::fs::read(entry.path()).unwrap()))
        .collect()
}

#[test]
fn reports_are_fetched_by_key_and_become_batches_the_same_way_each_time() {
    let desk = tempfile::tempdir().unwrap();
    let (first, second) = (desk.path().join("first"), desk.path().join("second"));
    let told = played(&first, "en");
    assert!(
        told.starts_with("A simulator played Amazon Pay: merchant A2KONTOREXAMPLE, key LIVE-A"),
        "{told}"
    );
    assert!(told.contains("settlement reports fetched"), "{told}");
    let reports = files(&first.join("reports"));
    assert!(reports.len() > 60, "{}", reports.len());
    let batches = files(&first.join("batches"));
    assert!(batches.keys().filter(|name| name.starts_with("EXTF_Buchungsstapel_")).count() >= 3);
    let proof: serde_json::Value = serde_json::from_slice(&batches["proof.json"]).unwrap();
    assert_eq!(proof["seller_id"], "A2KONTOREXAMPLE");

    assert!(played(&second, "de").starts_with("Ein Simulator hat Amazon Pay gespielt"));
    assert_eq!(files(&second.join("reports")), reports);
}
