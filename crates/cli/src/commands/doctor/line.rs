//! What the doctor says of one thing: its state, and what to do where something is wrong.

use app::Language;
use serde::Serialize;

/// How something is doing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum Grade {
    /// As it should be.
    Ok,
    /// It works, and somebody should look at it.
    Warning,
    /// It does not work.
    Error,
}

impl Grade {
    pub(super) fn text(self, language: Language) -> &'static str {
        match self {
            Self::Ok => language.pick("gut", "ok"),
            Self::Warning => language.pick("Warnung", "warning"),
            Self::Error => language.pick("Fehler", "error"),
        }
    }
}

/// What is looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum Subject {
    Configuration,
    MasterKey,
    Disk,
    Database,
    Jobs,
    Clock,
    Amazon,
    Mail,
}

impl Subject {
    pub(super) fn text(self, language: Language) -> &'static str {
        match self {
            Self::Configuration => language.pick("Einstellungen", "configuration"),
            Self::MasterKey => language.pick("Hauptschlüssel", "master key"),
            Self::Disk => language.pick("Datenträger", "disk"),
            Self::Database => language.pick("Datenbank", "database"),
            Self::Jobs => language.pick("Aufträge", "jobs"),
            Self::Clock => language.pick("Uhr", "clock"),
            Self::Amazon => "Amazon",
            Self::Mail => language.pick("Mail", "mail"),
        }
    }
}

/// One line of the answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(super) struct Line {
    pub(super) subject: Subject,
    pub(super) grade: Grade,
    pub(super) text: String,
    /// What to do about it.
    pub(super) advice: Option<String>,
}

impl Line {
    pub(super) fn ok(subject: Subject, text: String) -> Self {
        Self { subject, grade: Grade::Ok, text, advice: None }
    }

    pub(super) fn warning(subject: Subject, text: String, advice: impl Into<String>) -> Self {
        Self { subject, grade: Grade::Warning, text, advice: Some(advice.into()) }
    }

    pub(super) fn error(subject: Subject, text: String, advice: impl Into<String>) -> Self {
        Self { subject, grade: Grade::Error, text, advice: Some(advice.into()) }
    }

    /// Wrong, in words that say what to do already.
    pub(super) fn wrong(subject: Subject, text: String) -> Self {
        Self { subject, grade: Grade::Error, text, advice: None }
    }
}
