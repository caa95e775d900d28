//! Runs what the fuzzer found worth keeping through every target, in the ordinary tests, and keeps the
//! table of targets, the binaries and the folders in step.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a test ends where the project's own files are wrong")]

use std::{
    collections::BTreeSet,
    fs, io,
    path::{Path, PathBuf},
};

use kontor_fuzz::TARGETS;

fn folder(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(name)
}

/// The paths in a folder in a fixed order; none where the folder is missing (git keeps no empty folders).
fn entries(folder: &Path) -> Vec<PathBuf> {
    match fs::read_dir(folder) {
        Ok(entries) => {
            let mut paths: Vec<_> = entries.map(|entry| entry.unwrap().path()).collect();
            paths.sort();
            paths
        }
        Err(error) if error.kind() == io::ErrorKind::NotFound => Vec::new(),
        Err(error) => panic!("{} cannot be read: {error}", folder.display()),
    }
}

fn names_in(folder: &Path) -> BTreeSet<String> {
    entries(folder).iter().map(|path| path.file_stem().unwrap().to_string_lossy().into_owned()).collect()
}

fn names_of_targets() -> BTreeSet<String> {
    TARGETS.iter().map(|target| target.name.to_owned()).collect()
}

#[test]
fn every_seed_and_every_past_failure_passes_its_target() {
    for target in TARGETS {
        for kind in ["corpus", "regressions"] {
            for path in entries(&folder(kind).join(target.name)) {
                // Captured by the test runner and shown only where the body panics: it names the file.
                println!("replaying {}", path.display());
                (target.body)(&fs::read(&path).unwrap());
            }
        }
    }
}

#[test]
fn every_target_has_seeds() {
    let without: Vec<_> = TARGETS
        .iter()
        .map(|target| target.name)
        .filter(|name| entries(&folder("corpus").join(name)).is_empty())
        .collect();
    assert!(without.is_empty(), "targets without a file in fuzz/corpus/<target>/: {without:?}");
}

#[test]
fn every_folder_of_seeds_or_failures_belongs_to_a_target() {
    for kind in ["corpus", "regressions"] {
        let unknown: Vec<_> = names_in(&folder(kind)).difference(&names_of_targets()).cloned().collect();
        assert!(
            unknown.is_empty(),
            "folders in fuzz/{kind}/ that no target in fuzz/src/lib.rs reads: {unknown:?}"
        );
    }
}

#[test]
fn every_target_has_its_binary_and_every_binary_its_target() {
    let manifest = fs::read_to_string(folder("Cargo.toml")).unwrap();
    let named: BTreeSet<String> = manifest
        .split("[[bin]]")
        .skip(1)
        .filter_map(|bin| bin.lines().find_map(|line| line.strip_prefix("name = ")))
        .map(|name| name.trim_matches('"').to_owned())
        .collect();
    let targets = names_of_targets();
    assert_eq!(targets.len(), TARGETS.len(), "two targets in fuzz/src/lib.rs share a name");
    assert_eq!(
        targets, named,
        "the targets in fuzz/src/lib.rs (left) and the [[bin]]s in fuzz/Cargo.toml (right)"
    );
    assert_eq!(
        targets,
        names_in(&folder("fuzz_targets")),
        "the targets in fuzz/src/lib.rs (left) and the files in fuzz/fuzz_targets/ (right)"
    );
}
