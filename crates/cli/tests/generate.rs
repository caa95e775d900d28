//! `kontor generate amazon-pay` as its user meets it.

#![expect(clippy::unwrap_used, reason = "a test fails where it cannot go on")]

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::path::Path;
use std::process::{Command, Output};

use amazon_pay::report::{SettlementReport, SettlementRow, TransactionType};

fn generate(folder: &Path, arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_kontor"));
    command.args(["--lang", "en", "generate", "amazon-pay", "--out"]).arg(folder).args(arguments);
    command.output().unwrap()
}

fn told(bytes: &[u8]) -> &str {
    str::from_utf8(bytes).unwrap().trim_end()
}

/// The bytes of every file by its name.
fn files(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let entries = fs::read_dir(folder).unwrap().map(Result::unwrap);
    entries.map(|entry| (entry.file_name().into_string().unwrap(), fs::read(entry.path()).unwrap())).collect()
}

/// How many rows a report has, what was paid for the settlement before it, and what it owes itself.
fn figures(path: &Path) -> (u64, i64, i64) {
    let mut report = SettlementReport::open(File::open(path).unwrap()).unwrap();
    let mut row = SettlementRow::default();
    let (mut rows, mut paid, mut owed) = (0, 0, 0);
    while report.read(&mut row).unwrap() {
        rows += 1;
        match row.transaction_type() {
            TransactionType::Transfer => paid -= row.net(),
            _ => owed += row.net(),
        }
    }
    (rows, paid, owed)
}

#[test]
fn the_reports_of_two_months_chain_and_hold_the_rows_wanted() {
    let desk = tempfile::tempdir().unwrap();
    let folder = desk.path().join("reports");
    let output =
        generate(&folder, &["--months", "2", "--rows", "900", "--seed", "7", "--start", "2026-10-01"]);
    assert!(output.status.success(), "{}", told(&output.stderr));
    let figures: Vec<_> = files(&folder).keys().map(|name| figures(&folder.join(name))).collect();
    assert_eq!(figures.len(), 61 - 14 + 1, "the first after a fortnight, then one a day");
    assert_eq!(figures.iter().map(|(rows, ..)| rows).sum::<u64>(), 900);
    for pair in figures.windows(2) {
        assert_eq!(pair[1].1, pair[0].2.max(0), "a settlement is paid in the one after it");
    }
    let summary = format!("48 settlement reports with 900 rows in {}", folder.display());
    assert_eq!(told(&output.stdout), summary);
    assert_eq!(told(&output.stderr), "", "no progress bar where no one looks");
}

#[test]
fn the_same_seed_gives_the_same_files_and_another_one_others() {
    let desk = tempfile::tempdir().unwrap();
    let made = |name: &str, seed: &str| {
        let folder = desk.path().join(name);
        assert!(generate(&folder, &["--months", "1", "--rows", "200", "--seed", seed]).status.success());
        files(&folder)
    };
    let first = made("first", "3");
    assert_eq!(first, made("second", "3"));
    assert_ne!(first, made("third", "4"));
}

#[test]
fn all_rows_can_lie_in_one_packed_report() {
    let desk = tempfile::tempdir().unwrap();
    let output = generate(desk.path(), &["--rows", "5000", "--settlements", "1", "--gzip"]);
    assert!(output.status.success(), "{}", told(&output.stderr));
    let files = files(desk.path());
    let [(name, bytes)] = files.iter().collect::<Vec<_>>()[..] else { panic!("{} files", files.len()) };
    assert!(name.ends_with(".csv.gz") && bytes.starts_with(&[0x1F, 0x8B]), "{name}");
    assert_eq!(figures(&desk.path().join(name)).0, 5_000);
}

#[test]
fn a_folder_that_is_not_empty_is_taken_only_by_force() {
    let desk = tempfile::tempdir().unwrap();
    fs::write(desk.path().join("mine.txt"), "mine").unwrap();
    let refused = generate(desk.path(), &["--rows", "50"]);
    assert_eq!(refused.status.code(), Some(1));
    assert!(told(&refused.stderr).ends_with("is not empty; name a new folder or give --force"));
    assert_eq!(files(desk.path()).len(), 1, "nothing was written");
    assert!(generate(desk.path(), &["--rows", "50", "--force"]).status.success());
    assert_eq!(fs::read(desk.path().join("mine.txt")).unwrap(), b"mine");
}

#[test]
fn impossible_wishes_are_wrong_usage_and_leave_no_folder() {
    let desk = tempfile::tempdir().unwrap();
    let folder = desk.path().join("reports");
    for (wish, answer) in [
        (["--months", "0"], "the number of months lies between 1 and 600"),
        (["--rows", "2000000000"], "there are at most 1000000000 rows"),
        (["--settlements", "79"], "between 1 and 78 settlements fit into these months"),
        (["--start", "9999-12-01"], "these months reach beyond the calendar"),
    ] {
        let output = generate(&folder, &wish);
        assert_eq!(output.status.code(), Some(2), "{wish:?}");
        assert!(told(&output.stderr).contains(answer), "{wish:?}: {}", told(&output.stderr));
    }
    assert!(!folder.exists());
}
