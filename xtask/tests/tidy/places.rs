//! No file names a place on somebody's machine, or the host of a package registry: both differ elsewhere.

use crate::{
    refuse,
    tree::{File, files, sample},
};

/// Beginnings of absolute paths that exist only on one machine. Split, so that this file passes its own test.
const FOLDERS: &[&str] = &[
    concat!("/ho", "me/"),
    concat!("/ro", "ot/"),
    concat!("/wo", "rk/"),
    concat!("/Us", "ers/"),
    concat!(r"C:\Us", r"ers\"),
];

/// The user of our examples, who exists on no machine.
const NOBODY: &str = "shop/";

/// Hosts of registries: the clients know them; a lock file holds hashes instead of addresses.
const HOSTS: &[&str] = &[
    concat!("index.crates", ".io"),
    concat!("static.crates", ".io"),
    concat!("pypi", ".org"),
    concat!("pythonhosted", ".org"),
    concat!("registry.npmjs", ".org"),
    concat!("registry.yarnpkg", ".com"),
    concat!("deb.debian", ".org"),
    concat!("security.debian", ".org"),
];

/// What npm writes into a lock file where it is not told to leave the address out.
const LOCKED_ADDRESS: &str = concat!("\"reso", "lved\": \"http");

/// The fuzzer's bytes may look like anything.
const ARBITRARY: &[&str] = &["fuzz/corpus/", "fuzz/regressions/"];

fn foreign_places(files: &[File]) -> Vec<String> {
    let mut findings = Vec::new();
    for file in files.iter().filter(|file| !ARBITRARY.iter().any(|folder| file.path.starts_with(folder))) {
        for (number, line) in (1..).zip(file.text().unwrap_or_default().lines()) {
            if let Some(folder) = FOLDERS.iter().find(|folder| holds_path(line, folder)) {
                findings.push(format!("{}:{number} names a machine's own folder, {folder}", file.path));
            }
            if let Some(host) = HOSTS.iter().chain(&[LOCKED_ADDRESS]).find(|host| line.contains(**host)) {
                findings.push(format!("{}:{number} names a registry's host, {host}", file.path));
            }
        }
    }
    findings
}

/// Whether the line holds the folder as the beginning of a path of somebody's, not as the inside of a longer one.
fn holds_path(line: &str, folder: &str) -> bool {
    line.match_indices(folder).any(|(at, _)| {
        let (before, path) = line.split_at(at);
        let inside = before.ends_with(|before: char| before.is_alphanumeric() || "._-~}>*".contains(before));
        !inside && !path.trim_start_matches(folder).starts_with(NOBODY)
    })
}

#[test]
fn no_file_names_a_place_of_one_machine_or_registry() {
    refuse("a place that exists only here", &foreign_places(&files()));
}

#[test]
fn folders_and_hosts_are_found_with_their_line() {
    let text = format!("fine\nopen {}erika/key.pem\nfrom {}\n", FOLDERS[0], HOSTS[2]);
    let findings = foreign_places(&[sample("docs/a.md", &text)]);
    assert_eq!(findings.len(), 2);
    assert!(findings[0].starts_with("docs/a.md:2 names a machine's own folder"));
    assert!(findings[1].starts_with("docs/a.md:3 names a registry's host"));
}

#[test]
fn a_lock_file_with_addresses_is_found() {
    let line = format!("{LOCKED_ADDRESS}s://somewhere/package.tgz\",\n");
    assert_eq!(foreign_places(&[sample("package-lock.json", &line)]).len(), 1);
}

#[test]
fn longer_paths_and_the_user_of_our_examples_are_left_alone() {
    let text = format!("see example.org{0}page, target{1}x and {0}shop/key.pem\n", FOLDERS[0], FOLDERS[2]);
    assert!(foreign_places(&[sample("docs/a.md", &text)]).is_empty());
}
