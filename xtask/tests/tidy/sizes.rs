//! Files stay small enough to be one idea.

use crate::{
    refuse,
    tree::{File, files, sample},
};

const LINES_MAX: usize = 500;

fn long_files(files: &[File]) -> Vec<String> {
    files
        .iter()
        .filter(|file| file.is_rust())
        .map(|file| (file, file.text().unwrap().lines().count()))
        .filter(|(_, lines)| *lines > LINES_MAX)
        .map(|(file, lines)| {
            format!("{} has {lines} lines, more than {LINES_MAX}: split it by idea", file.path)
        })
        .collect()
}

#[test]
fn no_file_is_too_long() {
    refuse("a source file is too long", &long_files(&files()));
}

#[test]
fn a_long_file_is_found() {
    let fits = sample("a.rs", &"\n".repeat(LINES_MAX));
    let long = sample("b.rs", &"\n".repeat(LINES_MAX + 1));
    assert_eq!(long_files(&[fits, long]), ["b.rs has 501 lines, more than 500: split it by idea"]);
}
