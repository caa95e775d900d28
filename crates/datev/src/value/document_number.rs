//! Document numbers: the keys that match open items.

use std::borrow::Cow;

use thiserror::Error;

use crate::column::rule::is_document_number;

/// Belegfeld 1 (field 11) with at most 36 characters, or Belegfeld 2 (field 12) with at most 12: letters, digits and
/// `$ & % * + - /`. DATEV matches open items by it, so it is refused rather than changed; whoever has other characters
/// decides himself how to replace them.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct DocumentNumber<'a, const MAX: usize = 36>(Cow<'a, str>);

/// Belegfeld 2: a second document number, a due date `DDMMYY` or terms of payment, at most 12 characters.
pub type ShortDocumentNumber<'a> = DocumentNumber<'a, 12>;

impl<'a, const MAX: usize> DocumentNumber<'a, MAX> {
    /// No document number.
    pub const EMPTY: Self = Self(Cow::Borrowed(""));

    /// Takes a number as it shall stand in the file.
    ///
    /// # Errors
    /// Refuses other characters and more than `MAX` of them.
    pub fn new(text: impl Into<Cow<'a, str>>) -> Result<Self, DocumentNumberError> {
        let text = text.into();
        if !text.bytes().all(is_document_number) {
            let character = text.chars().find(|&character| !admits(character)).unwrap_or_default();
            return Err(DocumentNumberError::Character { found: text.into_owned(), character });
        }
        if text.len() > MAX {
            return Err(DocumentNumberError::TooLong { found: text.into_owned(), max: MAX });
        }
        Ok(Self(text))
    }

    /// The text, empty where there is no number.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether there is no number.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl<const MAX: usize> Default for DocumentNumber<'_, MAX> {
    fn default() -> Self {
        Self::EMPTY
    }
}

fn admits(character: char) -> bool {
    u8::try_from(character).is_ok_and(is_document_number)
}

/// Why a text is no document number.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum DocumentNumberError {
    /// A character that DATEV does not take.
    #[error(
        "document number {found:?} holds {character:?}; allowed are letters A to Z, digits and $ & % * + - /"
    )]
    Character {
        /// The text found.
        found: String,
        /// The first character that is not allowed.
        character: char,
    },
    /// Too many characters.
    #[error("document number {found:?} has more than {max} characters")]
    TooLong {
        /// The text found.
        found: String,
        /// The most characters.
        max: usize,
    },
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_document_number_is_refused_rather_than_changed() {
        let number = DocumentNumber::<36>::new("S02-7654321-1234567").unwrap();
        assert_eq!(number.as_str(), "S02-7654321-1234567");
        assert_eq!(
            DocumentNumber::<36>::new("R_2026"),
            Err(DocumentNumberError::Character { found: "R_2026".to_owned(), character: '_' })
        );
        assert!(DocumentNumber::<36>::new("rö-8").is_err());
        assert!(DocumentNumber::<36>::new("x".repeat(36)).is_ok());
        assert!(DocumentNumber::<36>::new("x".repeat(37)).is_err());
        assert!(ShortDocumentNumber::new("x".repeat(13)).is_err());
        assert!(ShortDocumentNumber::default().is_empty());
    }
}
