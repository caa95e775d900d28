//! Where the program under test lies, and where a walk that failed leaves its traces.

use std::env;
use std::path::PathBuf;

use anyhow::{Context as _, Result};

/// The program under test, beside the tests' own programs. `cargo test --workspace` builds it before any test runs.
pub fn kontor() -> Result<PathBuf> {
    let name = format!("kontor{}", env::consts::EXE_SUFFIX);
    let test = env::current_exe()?;
    let found = test.ancestors().skip(1).take(3).map(|folder| folder.join(&name)).find(|path| path.is_file());
    found.context("the program kontor is not built: cargo build -p kontor")
}

/// The folder for pictures and sources of pages on which a walk failed.
pub fn traces() -> Result<PathBuf> {
    let test = env::current_exe()?;
    // target/debug/deps/pages-…
    let folder =
        test.ancestors().nth(3).context("tests run below cargo's target folder")?.join("browser-tests");
    std::fs::create_dir_all(&folder)?;
    Ok(folder)
}
