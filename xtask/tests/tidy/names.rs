//! A file or folder is named after what it holds. These names say only that it holds something.

use std::path::Path;

use crate::{
    refuse,
    tree::{File, files, sample},
};

const EMPTY_NAMES: &[&str] =
    &["util", "utils", "helper", "helpers", "common", "manager", "managers", "misc", "shared"];

fn empty_names(files: &[File]) -> Vec<String> {
    files
        .iter()
        .filter(|file| {
            Path::new(&file.path)
                .iter()
                .filter_map(|part| Path::new(part).file_stem()?.to_str())
                .any(|part| EMPTY_NAMES.contains(&part))
        })
        .map(|file| format!("{}: name it after what it holds", file.path))
        .collect()
}

#[test]
fn names_say_what_is_inside() {
    refuse("a name that says nothing", &empty_names(&files()));
}

#[test]
fn an_empty_name_is_found_as_file_and_as_folder() {
    let files =
        ["crates/ledger/src/utils.rs", "crates/cli/tests/common/mod.rs", "crates/ledger/src/commons.rs"]
            .map(|path| sample(path, ""));
    assert_eq!(
        empty_names(&files),
        [
            "crates/ledger/src/utils.rs: name it after what it holds",
            "crates/cli/tests/common/mod.rs: name it after what it holds",
        ]
    );
}
