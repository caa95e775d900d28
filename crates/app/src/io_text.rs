//! What a machine says when a file cannot be read or written, in the language of the run.

use std::io::{self, ErrorKind};

use crate::language::Language;

/// Why, and what to do where that is plain; the machine's own words for what is rare.
pub fn io_text(error: &io::Error, language: Language) -> String {
    let (german, english) = match error.kind() {
        ErrorKind::NotFound => ("das gibt es nicht", "it does not exist"),
        ErrorKind::PermissionDenied => (
            "das Recht dazu fehlt; bitte Eigentümer und Rechte von Datei und Ordner prüfen",
            "permission is missing; check owner and rights of the file and its folder",
        ),
        ErrorKind::IsADirectory => ("das ist ein Ordner", "it is a folder"),
        ErrorKind::NotADirectory => {
            ("ein Teil des Pfades ist kein Ordner", "a part of the path is no folder")
        }
        ErrorKind::StorageFull | ErrorKind::QuotaExceeded => (
            "der Datenträger ist voll; bitte Platz schaffen und den Vorgang wiederholen",
            "the disk is full; make room and repeat what you did",
        ),
        ErrorKind::ReadOnlyFilesystem => (
            "der Datenträger ist nur lesbar; bitte beschreibbar einhängen oder einen anderen Ordner nennen",
            "the disk is read-only; mount it writable or name another folder",
        ),
        _ => return error.to_string(),
    };
    language.pick(german, english).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_full_disk_is_told_in_both_languages() {
        // 28 is ENOSPC on Linux (errno.h).
        let full = io::Error::from_raw_os_error(28);
        assert!(io_text(&full, Language::De).starts_with("der Datenträger ist voll"));
        assert!(io_text(&full, Language::En).starts_with("the disk is full"));
    }

    #[test]
    fn what_is_rare_is_told_as_the_machine_says_it() {
        let rare = io::Error::other("a cable was cut");
        assert_eq!(io_text(&rare, Language::De), "a cable was cut");
    }
}
