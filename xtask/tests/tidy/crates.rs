//! What every crate has: a README that is its documentation, and the lints of the workspace.

use std::collections::BTreeSet;

use crate::{
    refuse,
    tree::{File, files, sample},
};

const README_AS_DOCUMENTATION: &str = "#![doc = include_str!(\"../README.md\")]";

fn incomplete_crates(files: &[File]) -> Vec<String> {
    let text = |path: &str| files.iter().find(|file| file.path == path).and_then(File::text);
    let folders: BTreeSet<&str> =
        files.iter().filter_map(|file| file.path.strip_suffix("/Cargo.toml")).collect();
    let mut findings = Vec::new();
    for folder in folders {
        if text(&format!("{folder}/README.md")).is_none_or(|readme| readme.trim().is_empty()) {
            findings.push(format!("{folder} has no README.md: say what it is for and what it may know"));
        }
        let sources = ["lib", "main"].map(|name| text(&format!("{folder}/src/{name}.rs")));
        if !sources.into_iter().flatten().any(|source| source.contains(README_AS_DOCUMENTATION)) {
            findings.push(format!("{folder}: begin src/lib.rs with {README_AS_DOCUMENTATION}"));
        }
        if !text(&format!("{folder}/Cargo.toml")).unwrap_or_default().contains("[lints]\nworkspace = true") {
            findings.push(format!("{folder}/Cargo.toml does not take the workspace's lints"));
        }
    }
    findings
}

#[test]
fn every_crate_has_its_readme_and_the_lints() {
    refuse("a crate is not furnished", &incomplete_crates(&files()));
}

#[test]
fn what_a_crate_lacks_is_found() {
    let files = [
        sample("crates/bare/Cargo.toml", "[package]\n"),
        sample("crates/bare/src/lib.rs", "//! Something.\n"),
        sample("crates/good/Cargo.toml", "[lints]\nworkspace = true\n"),
        sample("crates/good/src/lib.rs", README_AS_DOCUMENTATION),
        sample("crates/good/README.md", "# good\n"),
    ];
    assert_eq!(
        incomplete_crates(&files),
        [
            "crates/bare has no README.md: say what it is for and what it may know",
            "crates/bare: begin src/lib.rs with #![doc = include_str!(\"../README.md\")]",
            "crates/bare/Cargo.toml does not take the workspace's lints",
        ]
    );
}
