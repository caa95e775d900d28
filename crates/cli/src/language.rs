//! Every text a person sees stands in both languages, side by side; leaving one out does not compile.

use clap::ValueEnum;

/// The language of messages, proofs and findings.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum Language {
    /// Deutsch.
    #[default]
    De,
    /// English.
    En,
}

impl Language {
    /// The language of the environment (`KONTOR_LANG`, `LC_ALL`, `LC_MESSAGES`, `LANG`); German unless it says English.
    pub fn of_environment() -> Self {
        let names = ["KONTOR_LANG", "LC_ALL", "LC_MESSAGES", "LANG"];
        let value = names.iter().find_map(|name| std::env::var(name).ok().filter(|value| !value.is_empty()));
        if value.is_some_and(|value| value.starts_with("en")) { Self::En } else { Self::De }
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
