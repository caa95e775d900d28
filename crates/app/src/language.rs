//! Every text a person sees stands in both languages, side by side; leaving one out does not compile.

/// The language of messages, proofs and findings.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Language {
    /// Deutsch.
    #[default]
    De,
    /// English.
    En,
}

impl Language {
    /// Both, German first.
    pub const ALL: [Self; 2] = [Self::De, Self::En];

    /// The two letters by which settings and addresses speak of it (ISO 639-1).
    pub fn code(self) -> &'static str {
        self.pick("de", "en")
    }

    /// The language of two letters; none where they are not one of ours.
    pub fn of_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|language| language.code() == code)
    }

    /// The text of this language.
    pub fn pick<T>(self, german: T, english: T) -> T {
        match self {
            Self::De => german,
            Self::En => english,
        }
    }
}

/// Formats a text in the given language: `say!(language, "{n} Zeilen", "{n} rows")`.
#[macro_export]
macro_rules! say {
    ($language:expr, $german:literal, $english:literal $(, $argument:expr)* $(,)?) => {
        match $language {
            $crate::language::Language::De => format!($german $(, $argument)*),
            $crate::language::Language::En => format!($english $(, $argument)*),
        }
    };
}
