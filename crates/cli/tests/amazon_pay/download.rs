//! The files of reports: each once, whole, and the rest when something came in between.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::Command;

use crate::desk::{Simulated, names, told};

fn contents(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let read = |name: String| (name.clone(), fs::read(folder.join(&name)).unwrap());
    names(folder).into_iter().map(read).collect()
}

#[test]
fn every_settlement_report_comes_once_and_a_second_call_fetches_nothing() {
    let simulated = Simulated::with(&[]);
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("reports");
    let out = out.to_str().unwrap();
    let listed = simulated.json("reports", &["--type", "settlement", "--status", "COMPLETED"]);
    let count = listed["reports"].as_array().unwrap().len();

    let first = simulated.json("download", &["--out", out]);
    assert_eq!(
        (first["fetched"].as_u64(), first["files"].as_array().map(Vec::len)),
        (u64::try_from(count).ok(), Some(count))
    );
    let files = contents(Path::new(out));
    assert_eq!(files.len(), count);
    for (name, bytes) in &files {
        assert!(
            name.starts_with("20") && name.split_once('.').is_some_and(|(_, ending)| ending == "csv"),
            "{name}"
        );
        assert!(bytes.starts_with("\u{feff}\"Amazon Payments Advanced\",".as_bytes()), "{name}");
    }
    let again = simulated.run("download", &["--out", out]);
    assert_eq!(told(&again.stdout), format!("0 fetched, {count} were there already: {out}\n"));

    // One that is lost is fetched, byte for byte, and no other is touched.
    let lost = files.keys().next().unwrap();
    fs::remove_file(Path::new(out).join(lost)).unwrap();
    assert_eq!(simulated.json("download", &["--out", out])["fetched"], 1);
    assert_eq!(contents(Path::new(out)), files);
}

#[test]
fn what_was_broken_off_goes_on_where_it_was() {
    let simulated = Simulated::with(&["--fault", "download:3=404", "--fault", "download:8=404"]);
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().to_str().unwrap();
    let refused = simulated.refused("download", &["--out", out]);
    assert!(refused.contains("the same command fetches the rest"), "{refused}");
    let before = contents(folder.path());
    assert_eq!(before.len(), 2, "two whole ones, and nothing of a third");
    let refused = simulated.refused("download", &["--out", out]);
    assert!(refused.contains("6 of ") && names(folder.path()).len() == 6, "{refused}");
    assert!(simulated.run("download", &["--out", out]).status.success());
    let all = simulated.json("download", &["--out", out]);
    assert_eq!(all["fetched"], 0);
    assert_eq!(all["files"].as_array().unwrap().len(), names(folder.path()).len());
    for (name, bytes) in before {
        assert_eq!(fs::read(folder.path().join(&name)).unwrap(), bytes, "{name}");
    }
}

#[test]
fn a_period_and_single_reports_can_be_named() {
    let simulated = Simulated::with(&[]);
    let listed = simulated.json("reports", &["--type", "settlement"]);
    let reports = listed["reports"].as_array().unwrap();
    let day = |report: &serde_json::Value| {
        let end = report["endTime"].as_str().unwrap();
        format!("{}-{}-{}", &end[..4], &end[4..6], &end[6..8])
    };
    let last_day = day(&reports[0]);
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().to_str().unwrap();
    let few = simulated.json("download", &["--out", out, "--since", &last_day, "--zone", "UTC"]);
    let few = few["files"].as_array().unwrap();
    assert!(!few.is_empty() && few.len() < 4, "{few:?}");

    let id = reports[3]["reportId"].as_str().unwrap();
    let one = simulated.json("download", &["--out", out, id, id]);
    assert_eq!(one["files"].as_array().unwrap().len(), 1);
    assert!(names(folder.path()).iter().any(|name| name == &format!("{}_{id}.csv", day(&reports[3]))));

    let all = simulated.json("reports", &[]);
    let failed = all["reports"]
        .as_array()
        .unwrap()
        .iter()
        .find(|report| report["processingStatus"] == "FAILED")
        .unwrap();
    let refused = simulated.refused("download", &["--out", out, failed["reportId"].as_str().unwrap()]);
    assert!(refused.contains("is FAILED and has no file"), "{refused}");
}

#[test]
fn what_was_fetched_is_converted() {
    let simulated = Simulated::with(&[]);
    let folder = tempfile::tempdir().unwrap();
    let reports = folder.path().join("reports");
    assert!(simulated.run("download", &["--out", reports.to_str().unwrap()]).status.success());
    let files: Vec<_> = names(&reports).into_iter().map(|name| reports.join(name)).collect();
    let output = Command::new(env!("CARGO_BIN_EXE_kontor"))
        .args(["convert", "--chart", "skr04", "--out"])
        .arg(folder.path().join("batches"))
        .args(files)
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", told(&output.stderr));
    assert!(names(&folder.path().join("batches")).iter().any(|name| name.starts_with("EXTF_")));
}
