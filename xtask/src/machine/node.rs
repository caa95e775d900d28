//! npm packages: every folder `crates/*/tests/*/` with a `package-lock.json` gets its packages, exactly as
//! locked, under `target/tools/node/<folder>/node_modules`.

use std::{
    fs, io,
    path::{Path, PathBuf},
    process::Command,
};

use anyhow::{Context as _, Result};

use super::equal;
use crate::command::{root, run, step, target};

/// The two files that say what to install.
const LISTS: [&str; 2] = ["package.json", "package-lock.json"];

pub(super) fn make_ready() -> Result<()> {
    for folder in folders_with_packages(&root().join("crates"))? {
        install(&folder)?;
    }
    Ok(())
}

fn install(folder: &Path) -> Result<()> {
    let name = folder.file_name().unwrap_or_default();
    let place = target()?.join("tools/node").join(name);
    // npm writes this file at the end, so it is there only where an installation was completed.
    let complete = place.join("node_modules/.package-lock.json").is_file();
    if complete && LISTS.iter().all(|list| equal(&folder.join(list), &place.join(list))) {
        step(&format!("npm packages of {}: all there", name.display()));
        return Ok(());
    }
    step(&format!("npm packages of {}", name.display()));
    fs::create_dir_all(&place).with_context(|| format!("{} cannot be made", place.display()))?;
    for list in LISTS {
        fs::copy(folder.join(list), place.join(list)).with_context(|| format!("{list} cannot be copied"))?;
    }
    // Packages of tests have no business running programs of their own at installation.
    run(Command::new("npm").args(["ci", "--ignore-scripts", "--no-audit", "--no-fund"]).current_dir(place))
}

fn folders_with_packages(crates: &Path) -> io::Result<Vec<PathBuf>> {
    let mut folders = Vec::new();
    for room in fs::read_dir(crates)? {
        let tests = room?.path().join("tests");
        if !tests.is_dir() {
            continue;
        }
        for folder in fs::read_dir(tests)? {
            let folder = folder?.path();
            if folder.join("package-lock.json").is_file() {
                folders.push(folder);
            }
        }
    }
    folders.sort();
    Ok(folders)
}
