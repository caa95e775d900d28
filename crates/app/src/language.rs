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

    /// A number with its noun, singular or plural: `counted(1, ("Zeile", "Zeilen"), ("row", "rows"))` is `1 Zeile`.
    pub fn counted(
        self,
        count: u64,
        german: (&'static str, &'static str),
        english: (&'static str, &'static str),
    ) -> String {
        let (one, more) = self.pick(german, english);
        format!("{count} {}", if count == 1 { one } else { more })
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

#[cfg(test)]
mod tests {
    use super::Language;

    #[test]
    fn one_is_singular_and_nothing_is_plural() {
        let rows = |language: Language, count| language.counted(count, ("Zeile", "Zeilen"), ("row", "rows"));
        assert_eq!([0, 1, 2].map(|count| rows(Language::De, count)), ["0 Zeilen", "1 Zeile", "2 Zeilen"]);
        assert_eq!([0, 1, 2].map(|count| rows(Language::En, count)), ["0 rows", "1 row", "2 rows"]);
    }
}
