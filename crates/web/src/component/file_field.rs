use app::AppError;
use askama::Template;

use crate::text::Words;

/// A field for files: a button, and a place to drop them onto where scripts run.
#[derive(Clone, Debug, Template)]
#[template(path = "component/file_field.html")]
pub struct FileField {
    t: Words,
    name: &'static str,
    label: String,
    hint: Option<String>,
    note: Option<String>,
    error: Option<String>,
    accept: &'static str,
    many: bool,
}

impl FileField {
    /// A field for one file; `accept` is what the browser offers first (`.pem`).
    pub fn one(words: &Words, name: &'static str, label: impl Into<String>, accept: &'static str) -> Self {
        let t = words.clone();
        Self { t, name, label: label.into(), hint: None, note: None, error: None, accept, many: false }
    }

    /// A large field for many files.
    pub fn many(words: &Words, name: &'static str, label: impl Into<String>, accept: &'static str) -> Self {
        Self { many: true, ..Self::one(words, name, label, accept) }
    }

    /// A few words beside the label.
    #[must_use]
    pub fn hint(self, hint: impl Into<String>) -> Self {
        Self { hint: Some(hint.into()), ..self }
    }

    /// A sentence beside the button.
    #[must_use]
    pub fn note(self, note: impl Into<String>) -> Self {
        Self { note: Some(note.into()), ..self }
    }

    /// What is wrong with the file that was sent.
    #[must_use]
    pub fn error(self, error: Option<String>) -> Self {
        Self { error, ..self }
    }

    /// Takes the sentence of a refusal that names this field.
    #[must_use]
    pub fn refused(self, error: Option<&AppError>) -> Self {
        let sentence = error
            .and_then(AppError::refusal)
            .filter(|refusal| refusal.field == Some(self.name))
            .map(|refusal| refusal.text(self.t.language()).to_owned());
        if sentence.is_some() { self.error(sentence) } else { self }
    }
}
