use askama::Template;

/// How something stands; a sign and a word go with the colour.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tone {
    /// Nothing to say yet.
    Quiet,
    /// All is well.
    Good,
    /// Something is running.
    Busy,
    /// Somebody should look.
    Warn,
    /// It stopped, or is wrong.
    Bad,
}

impl Tone {
    /// The class in the stylesheet.
    pub fn class(self) -> &'static str {
        match self {
            Self::Quiet => "quiet",
            Self::Good => "good",
            Self::Busy => "busy",
            Self::Warn => "warn",
            Self::Bad => "bad",
        }
    }

    /// The sign before a line.
    pub fn mark(self) -> &'static str {
        match self {
            Self::Quiet => "○",
            Self::Good => "●",
            Self::Busy => "◐",
            Self::Warn => "▲",
            Self::Bad => "✕",
        }
    }
}

/// A state in a word.
#[derive(Clone, Debug, Template)]
#[template(ext = "html", source = r#"<span class="badge {{ tone.class() }}">{{ text }}</span>"#)]
pub struct Badge {
    /// How it stands.
    pub tone: Tone,
    /// In a word: `OK`, `wartet`, `Fehler`.
    pub text: String,
}

impl Badge {
    /// A state in a word.
    pub fn new(tone: Tone, text: impl Into<String>) -> Self {
        Self { tone, text: text.into() }
    }
}
