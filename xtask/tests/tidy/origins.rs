//! Every file that came from outside stands in `THIRD_PARTY.md` with its origin, its licence and its hash.

use std::{collections::BTreeMap, fmt::Write as _};

use sha2::{Digest as _, Sha256};

use crate::{
    refuse,
    tree::{File, files, sample},
};

const LIST: &str = "THIRD_PARTY.md";

/// A row of the list: `| path | origin | licence | SHA-256 |`, path and hash in backticks.
struct Origin<'a> {
    source: &'a str,
    licence: &'a str,
    hash: &'a str,
}

fn rows(list: &str) -> BTreeMap<&str, Origin<'_>> {
    list.lines()
        .filter(|line| line.starts_with("| `"))
        .filter_map(|line| {
            let cells: Vec<&str> =
                line.trim_matches('|').split('|').map(|cell| cell.trim().trim_matches('`')).collect();
            let [path, source, licence, hash] = cells.as_slice() else { return None };
            Some((*path, Origin { source, licence, hash }))
        })
        .collect()
}

/// Files from outside lie in the folders `data` and `vendor`, beside a README that is ours.
fn is_from_outside(path: &str) -> bool {
    let mut folders = path.split('/').rev();
    let name = folders.next();
    name != Some("README.md") && folders.any(|folder| folder == "data" || folder == "vendor")
}

fn unnoted(files: &[File]) -> Vec<String> {
    let list = files.iter().find(|file| file.path == LIST).and_then(File::text).unwrap_or_default();
    let mut rows = rows(list);
    let mut findings = Vec::new();
    for file in files.iter().filter(|file| is_from_outside(&file.path)) {
        let hash = Sha256::digest(&file.bytes).iter().fold(String::new(), |mut text, byte| {
            write!(text, "{byte:02x}").unwrap();
            text
        });
        match rows.remove(file.path.as_str()) {
            None => findings.push(format!("{} is not in {LIST}; its SHA-256 is {hash}", file.path)),
            Some(row) if row.source.is_empty() || row.licence.is_empty() => {
                findings.push(format!("{}: {LIST} names no origin or no licence", file.path));
            }
            Some(row) if row.hash != hash => {
                findings.push(format!("{}: {LIST} says SHA-256 {}, it is {hash}", file.path, row.hash));
            }
            Some(_) => {}
        }
    }
    findings.extend(rows.keys().map(|path| format!("{LIST} lists {path}, which is not there")));
    findings
}

#[test]
fn every_file_from_outside_has_origin_licence_and_hash() {
    refuse("a file from outside without its papers", &unnoted(&files()));
}

#[test]
fn a_file_that_is_missing_from_the_list_changed_or_gone_is_found() {
    let list = "\
| file | origin | licence | SHA-256 |
|---|---|---|---|
| `crates/a/data/known.csv` | a shop | MIT | `ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad` |
| `crates/a/data/changed.csv` | a shop | MIT | `00` |
| `crates/a/data/free.csv` | a shop | | `ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad` |
| `crates/a/data/gone.csv` | a shop | MIT | `00` |
";
    let files = [
        sample(LIST, list),
        sample("crates/a/data/README.md", "ours"),
        sample("crates/a/data/known.csv", "abc"),
        sample("crates/a/data/changed.csv", "abc"),
        sample("crates/a/data/free.csv", "abc"),
        sample("crates/web/vendor/new.js", "abc"),
    ];
    assert_eq!(
        unnoted(&files),
        [
            "crates/a/data/changed.csv: THIRD_PARTY.md says SHA-256 00, it is ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
            "crates/a/data/free.csv: THIRD_PARTY.md names no origin or no licence",
            "crates/web/vendor/new.js is not in THIRD_PARTY.md; its SHA-256 is ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
            "THIRD_PARTY.md lists crates/a/data/gone.csv, which is not there",
        ]
    );
}
