//! How a use case says no: in words of both languages that tell what to do, or as a failure that is ours.

use std::fmt;

use store::vault::VaultError;
use store::{FromStore, StoreError};

use crate::language::Language;

/// What sort of refusal it is; pages and programs choose their answer by it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum RefusalKind {
    /// Nobody is logged in, or the key is not known (HTTP 401).
    Unknown,
    /// The role or scope does not allow it (403).
    Forbidden,
    /// It is not there, or belongs to another client; both look the same (404).
    NotFound,
    /// What was entered is wrong (422).
    Invalid,
    /// It does not fit the state things are in (409).
    Conflict,
    /// It is too large (413).
    TooLarge,
    /// Too often; later again (429).
    TooOften,
    /// Somebody else (Amazon, a mail server) does not answer or refuses (502).
    Elsewhere,
}

/// A refusal in words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal {
    /// What sort.
    pub kind: RefusalKind,
    /// A word for programs, unchanging: `key-not-private`.
    pub code: &'static str,
    /// The name of the field that is wrong, where one is.
    pub field: Option<&'static str>,
    german: String,
    english: String,
}

impl Refusal {
    /// A refusal with its sentence in German and in English.
    pub fn new(
        kind: RefusalKind,
        code: &'static str,
        german: impl Into<String>,
        english: impl Into<String>,
    ) -> Self {
        Self { kind, code, field: None, german: german.into(), english: english.into() }
    }

    /// What was entered in a field is wrong.
    pub fn invalid(
        field: &'static str,
        code: &'static str,
        german: impl Into<String>,
        english: impl Into<String>,
    ) -> Self {
        Self { field: Some(field), ..Self::new(RefusalKind::Invalid, code, german, english) }
    }

    /// Something that is not there for this person.
    pub fn not_found() -> Self {
        Self::new(
            RefusalKind::NotFound,
            "not-found",
            "Das gibt es hier nicht, oder es gehört zu einem anderen Mandanten.",
            "This is not here, or belongs to another client.",
        )
    }

    /// The sentence in a language.
    pub fn text(&self, language: Language) -> &str {
        language.pick(&self.german, &self.english)
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.english)
    }
}

/// Why a use case did not do what it was asked.
#[derive(Debug, thiserror::Error)]
pub enum AppError {
    /// A person or program is told why, and what to do.
    #[error("{0}")]
    Refused(Box<Refusal>),
    /// The database.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The vault.
    #[error(transparent)]
    Vault(#[from] VaultError),
    /// Something of ours failed; the text says what was tried.
    #[error("{tried}")]
    Failed {
        /// What was tried.
        tried: &'static str,
        /// Why it failed.
        source: Box<dyn std::error::Error + Send + Sync>,
    },
}

impl AppError {
    /// A failure of ours, for `map_err`.
    pub fn failed<E>(tried: &'static str) -> impl FnOnce(E) -> Self
    where
        E: Into<Box<dyn std::error::Error + Send + Sync>>,
    {
        move |source| Self::Failed { tried, source: source.into() }
    }

    /// The refusal, where it is one.
    pub fn refusal(&self) -> Option<&Refusal> {
        match self {
            Self::Refused(refusal) => Some(refusal),
            Self::Store(_) | Self::Vault(_) | Self::Failed { .. } => None,
        }
    }
}

impl From<Refusal> for AppError {
    fn from(refusal: Refusal) -> Self {
        Self::Refused(Box::new(refusal))
    }
}

impl FromStore for AppError {
    fn store_error(&self) -> Option<&StoreError> {
        match self {
            Self::Store(error) => Some(error),
            Self::Vault(error) => error.store_error(),
            Self::Refused(_) | Self::Failed { .. } => None,
        }
    }
}
