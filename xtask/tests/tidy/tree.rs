//! The files of the project: those that git tracks and those that it would.

use std::{fs, path::Path, process::Command};

/// A file with its path from the root of the project, written with `/`.
pub(crate) struct File {
    pub(crate) path: String,
    pub(crate) bytes: Vec<u8>,
}

impl File {
    /// Its text; nothing where it is not UTF-8.
    pub(crate) fn text(&self) -> Option<&str> {
        std::str::from_utf8(&self.bytes).ok()
    }

    pub(crate) fn is_rust(&self) -> bool {
        Path::new(&self.path).extension().is_some_and(|extension| extension == "rs")
    }
}

pub(crate) fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap()
}

/// Reads all files. New files count before they are added, so that a finding comes before the commit.
pub(crate) fn files() -> Vec<File> {
    let output = Command::new("git")
        .args(["ls-files", "-z", "--cached", "--others", "--exclude-standard"])
        .current_dir(root())
        .output()
        .unwrap();
    assert!(output.status.success(), "git ls-files failed: {}", String::from_utf8_lossy(&output.stderr));
    let files: Vec<File> = String::from_utf8(output.stdout)
        .unwrap()
        .split_terminator('\0')
        // A file that was just deleted is still listed.
        .filter_map(|path| Some(File { path: path.to_owned(), bytes: fs::read(root().join(path)).ok()? }))
        .collect();
    assert!(files.iter().any(|file| file.path == "Cargo.toml"), "git lists no Cargo.toml: not a checkout?");
    files
}

/// A file of a sample.
pub(crate) fn sample(path: &str, text: &str) -> File {
    File { path: path.to_owned(), bytes: text.as_bytes().to_vec() }
}
