//! `kontor backup`, `restore`, `migrate-to` as an operator uses them.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use std::path::Path;
use std::process::{Command, Output};

fn kontor(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_kontor")).arg("--lang=en").args(arguments).output().unwrap()
}

fn said(output: &Output) -> String {
    let (out, error) = (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    format!("{out}{error}")
}

fn done(arguments: &[&str]) -> String {
    let output = kontor(arguments);
    assert!(output.status.success(), "{arguments:?}: {}", said(&output));
    said(&output)
}

fn place(folder: &Path, name: &str) -> String {
    folder.join(name).display().to_string()
}

#[test]
fn what_was_backed_up_comes_back_and_nothing_is_overwritten() {
    let folder = tempfile::tempdir().unwrap();
    let [data, backups, new, key, moved] =
        ["data", "backups", "new", "backup.key", "moved"].map(|name| place(folder.path(), name));
    std::fs::write(&key, format!("{}\n", "a7".repeat(32))).unwrap();
    let made = done(&["backup", "--data", &data, "--to", &backups, "--key", &key]);
    assert!(made.contains("Backed up and checked") && made.contains("master key is not in it"), "{made}");
    let file = std::fs::read_dir(&backups).unwrap().next().unwrap().unwrap().path();
    let file = file.to_str().unwrap();
    assert!(file.ends_with(".sqlite.zst.sealed"), "{file}");

    let closed = kontor(&["restore", file, "--data", &new]);
    assert_eq!(closed.status.code(), Some(1));
    assert!(said(&closed).contains("--key"), "{}", said(&closed));
    let told = done(&["restore", file, "--data", &new, "--key", &key]);
    assert!(told.contains("Now put the master key in its place"), "{told}");
    let again = kontor(&["restore", file, "--data", &new, "--key", &key]);
    assert_eq!(again.status.code(), Some(1));
    assert!(said(&again).contains("not empty"), "{}", said(&again));

    done(&["migrate-to", &moved, "--data", &data]);
    assert!(Path::new(&moved).join("kontor.sqlite").is_file());
}
