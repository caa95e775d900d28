//! Why a database does not open or does not answer, in words that say what to do.

use std::io::ErrorKind;

use app::{Language, io_text, say};
use store::StoreError;
use store::inspect::DatabaseTrouble;

/// What is wrong with the database, and what to do. A text of its own for what a person can mend; else the error.
pub(crate) fn database_words(error: &StoreError, language: Language) -> String {
    match error {
        StoreError::File { path, source } => match source.kind() {
            ErrorKind::AlreadyExists | ErrorKind::NotADirectory => say!(
                language,
                "{} ist kein Ordner; --data nennt den Ordner, in dem die Datenbank liegt.",
                "{} is no folder; --data names the folder in which the database is.",
                path.display()
            ),
            _ => format!("{}: {}", path.display(), io_text(source, language)),
        },
        StoreError::Address(_) => say!(
            language,
            "Das ist keine Adresse einer Datenbank ({}): Ein Ordner oder postgres://benutzer@rechner/name wird erwartet.",
            "This is no address of a database ({}): a folder or postgres://user@host/name is expected.",
            error
        ),
        _ => match DatabaseTrouble::of(error) {
            Some(trouble) => trouble_words(trouble, language).to_owned(),
            None => chain(error),
        },
    }
}

fn trouble_words(trouble: DatabaseTrouble, language: Language) -> &'static str {
    match trouble {
        DatabaseTrouble::Damaged => language.pick(
            "Die Datenbank ist beschädigt. Kontor schreibt nichts mehr hinein. Bitte Kontor anhalten, den Datenträger prüfen \
             und die letzte Sicherung in einen neuen Ordner zurückspielen (kontor restore); die beschädigte Datei aufheben.",
            "The database is damaged. Kontor writes nothing more into it. Please stop Kontor, check the disk, and restore \
             the last backup into a new folder (kontor restore); keep the damaged file.",
        ),
        DatabaseTrouble::NotADatabase => language.pick(
            "Die Datei kontor.sqlite ist keine Datenbank. Nennt --data den richtigen Ordner? Sonst die letzte Sicherung \
             in einen neuen Ordner zurückspielen (kontor restore).",
            "The file kontor.sqlite is no database. Does --data name the right folder? Else restore the last backup into a \
             new folder (kontor restore).",
        ),
        DatabaseTrouble::Full => language.pick(
            "Der Datenträger ist voll. Nichts ist verloren; bitte Platz schaffen und es noch einmal versuchen.",
            "The disk is full. Nothing is lost; make room and try again.",
        ),
        DatabaseTrouble::ReadOnly => language.pick(
            "Die Datenbank lässt sich nicht schreiben. Gehören Ordner und Dateien dem Benutzer, unter dem Kontor läuft, und \
             ist der Datenträger beschreibbar eingehängt?",
            "The database cannot be written. Do folder and files belong to the user under whom Kontor runs, and is the disk \
             mounted writable?",
        ),
        DatabaseTrouble::NoEntry => language.pick(
            "Die Datenbank lässt sich nicht öffnen: Das Recht fehlt, oder der Ordner fehlt. Bitte Eigentümer und Rechte prüfen.",
            "The database cannot be opened: permission is missing, or the folder is. Check owner and rights.",
        ),
        DatabaseTrouble::Broken => language.pick(
            "Der Datenträger antwortet mit Fehlern. Bitte Kontor anhalten und ihn prüfen, bevor mehr geschieht.",
            "The disk answers with errors. Please stop Kontor and check it before anything else happens.",
        ),
        DatabaseTrouble::Newer => language.pick(
            "Diese Datenbank stammt von einem neueren Kontor. Bitte das neuere Programm starten; zurück geht es nur mit \
             einer Sicherung von vorher.",
            "This database was made by a newer Kontor. Start the newer program; the way back is a backup from before.",
        ),
        DatabaseTrouble::OtherTables => language.pick(
            "Die Tabellen dieser Datenbank stammen nicht von einem veröffentlichten Kontor, oder eine Umstellung brach ab. \
             Bitte die letzte Sicherung zurückspielen.",
            "The tables of this database were not made by a released Kontor, or a migration broke off. Restore the last backup.",
        ),
        DatabaseTrouble::Unreachable => language.pick(
            "Der Datenbankserver ist nicht erreichbar. Läuft PostgreSQL, und stimmen Rechner und Port in KONTOR_DATABASE?",
            "The database server cannot be reached. Does PostgreSQL run, and are host and port in KONTOR_DATABASE right?",
        ),
        DatabaseTrouble::Login => language.pick(
            "PostgreSQL nimmt die Anmeldung nicht an. Bitte Benutzer und Kennwort in KONTOR_DATABASE prüfen.",
            "PostgreSQL refuses the login. Check user and password in KONTOR_DATABASE.",
        ),
        DatabaseTrouble::NoSuchDatabase => language.pick(
            "Diese Datenbank gibt es auf dem Server nicht. Bitte anlegen: createdb -O benutzer name",
            "This database does not exist on the server. Create it: createdb -O user name",
        ),
        DatabaseTrouble::Busy => language.pick(
            "Die Datenbank ist seit einer halben Minute von einem anderen Prozess belegt. Läuft dort eine Sicherung oder ein \
             fremdes Programm?",
            "Another process has held the database for half a minute. Does a backup or another program run there?",
        ),
    }
}

/// An error with what led to it, each text once.
fn chain(error: &(dyn std::error::Error + 'static)) -> String {
    let mut text = error.to_string();
    let mut source = error.source();
    while let Some(cause) = source {
        let cause_text = cause.to_string();
        if !text.contains(&cause_text) {
            text = format!("{text}: {cause_text}");
        }
        source = cause.source();
    }
    text
}
