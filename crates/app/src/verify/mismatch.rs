//! What does not fit, in words: what it is, where, what was expected and found, and what to do.

use serde::Serialize;
use store::StoreError;

use crate::language::Language;

/// A text in both languages.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Said {
    /// German.
    pub de: String,
    /// English.
    pub en: String,
}

impl Said {
    /// Both texts.
    pub fn new(de: impl Into<String>, en: impl Into<String>) -> Self {
        Self { de: de.into(), en: en.into() }
    }

    /// What is the same in both languages.
    pub fn same(text: impl Into<String>) -> Self {
        let text = text.into();
        Self { de: text.clone(), en: text }
    }

    /// The text of a language.
    pub fn text(&self, language: Language) -> &str {
        language.pick(&self.de, &self.en)
    }
}

/// The first thing that does not fit.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Mismatch {
    /// A word for programs: `journal-hash`, `document-bytes`, `row` …
    pub code: &'static str,
    /// What and where.
    pub place: Said,
    /// What should be there.
    pub expected: Said,
    /// What is there.
    pub found: Said,
    /// What to do.
    pub advice: Said,
}

impl Mismatch {
    /// All of it as a few lines.
    pub fn text(&self, language: Language) -> String {
        let [place, expected, found, advice] =
            [&self.place, &self.expected, &self.found, &self.advice].map(|said| said.text(language));
        match language {
            Language::De => format!("{place}\n  erwartet:  {expected}\n  gefunden:  {found}\n  {advice}"),
            Language::En => format!("{place}\n  expected:  {expected}\n  found:     {found}\n  {advice}"),
        }
    }
}

/// What to do where anything that was kept has changed.
pub(super) fn restore() -> Said {
    Said::new(
        "Seit dem Speichern hat jemand oder etwas die Datenbank verändert. Bitte nichts weiter exportieren, diese Datenbank \
         beiseitelegen und die letzte Sicherung zurückspielen, die `kontor verify` besteht.",
        "Somebody or something has changed the database since it was stored. Do not export anything more, put this database \
         aside, and restore the last backup that passes `kontor verify`.",
    )
}

/// A row of the database that cannot be read.
pub(super) fn unreadable(error: &StoreError) -> Mismatch {
    let (expected, found) = match error {
        StoreError::Content { expected, found } => ((*expected).to_owned(), found.clone()),
        other => ("a readable row".to_owned(), other.to_string()),
    };
    Mismatch {
        code: "unreadable",
        place: Said::new("Eine Zeile der Datenbank ist nicht lesbar", "A row of the database cannot be read"),
        expected: Said::same(expected),
        found: Said::same(found),
        advice: restore(),
    }
}
