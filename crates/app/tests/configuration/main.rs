//! Configuration files as people write them, beside what they are told.
//!
//! Each file under `refused/` and `accepted/` has its messages beside it, in German (`.de.txt`) and English (`.en.txt`).
//! With `KONTOR_WRITE_EXPECTED=1` in the environment the messages are written anew, to be read before they are kept.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a test ends where the project's own files are wrong")]

mod hostile;
mod meaning;

use std::fs;
use std::path::{Path, PathBuf};

use app::configuration::{Configuration, Problem};
use app::language::Language;

fn files(folder: &str) -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/configuration").join(folder);
    let paths = fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().path());
    let mut files: Vec<PathBuf> =
        paths.filter(|path| path.extension().is_some_and(|end| end == "toml")).collect();
    files.sort();
    assert!(!files.is_empty(), "{}", folder.display());
    files
}

fn assert_says(file: &Path, problems: &[Problem]) {
    for (language, end) in [(Language::De, "de.txt"), (Language::En, "en.txt")] {
        let said: String = problems.iter().map(|problem| problem.say(language) + "\n").collect();
        let expected = file.with_extension(end);
        if std::env::var_os("KONTOR_WRITE_EXPECTED").is_some() {
            fs::write(&expected, &said).unwrap();
        }
        let wanted = fs::read_to_string(&expected).unwrap_or_default();
        assert_eq!(said, wanted, "{} says something else than {}", file.display(), expected.display());
    }
}

#[test]
fn what_is_wrong_is_told_at_its_line_with_what_is_allowed() {
    for file in files("refused") {
        let Err(error) = Configuration::read(&fs::read_to_string(&file).unwrap()) else {
            panic!("{} is accepted", file.display())
        };
        assert_says(&file, &error.problems);
    }
}

#[test]
fn what_holds_has_at_most_warnings() {
    for file in files("accepted") {
        let read = Configuration::read(&fs::read_to_string(&file).unwrap());
        assert_says(&file, &read.unwrap_or_else(|error| panic!("{}: {error}", file.display())).warnings);
    }
}
