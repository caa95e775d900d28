use askama::Template;

use super::{Action, Tone};

/// One thing to know or to do; it ends in the link that mends it.
#[derive(Clone, Debug)]
pub struct Finding {
    /// How serious.
    pub tone: Tone,
    /// What, in a sentence.
    pub text: String,
    /// More, in a line.
    pub note: Option<String>,
    /// Where it is mended.
    pub mend: Option<Action>,
}

impl Finding {
    /// A finding in a sentence.
    pub fn new(tone: Tone, text: impl Into<String>) -> Self {
        Self { tone, text: text.into(), note: None, mend: None }
    }

    /// Adds a line of detail.
    #[must_use]
    pub fn note(self, note: impl Into<String>) -> Self {
        Self { note: Some(note.into()), ..self }
    }

    /// Adds where it is mended.
    #[must_use]
    pub fn mend(self, text: impl Into<String>, href: impl Into<String>) -> Self {
        Self { mend: Some(Action::new(text, href)), ..self }
    }
}

/// Findings, one below the other.
#[derive(Clone, Debug, Template)]
#[template(path = "component/findings.html")]
pub struct Findings(pub Vec<Finding>);

impl Findings {
    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}
