//! Codes of currencies, countries and VAT ids.

use std::{borrow::Cow, fmt, str};

use thiserror::Error;

/// An ISO 4217 code: three capital letters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Currency([u8; 3]);

/// A country code: two capital letters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Country([u8; 2]);

impl Currency {
    /// The euro.
    pub const EUR: Self = Self(*b"EUR");

    /// The three letters.
    pub fn as_str(&self) -> &str {
        str::from_utf8(&self.0).unwrap_or_default()
    }
}

impl Country {
    /// The two letters.
    pub fn as_str(&self) -> &str {
        str::from_utf8(&self.0).unwrap_or_default()
    }
}

impl TryFrom<&str> for Currency {
    type Error = CodeError;

    fn try_from(text: &str) -> Result<Self, CodeError> {
        capitals(text).map(Self).ok_or_else(|| CodeError::Currency { found: text.to_owned() })
    }
}

impl TryFrom<&str> for Country {
    type Error = CodeError;

    fn try_from(text: &str) -> Result<Self, CodeError> {
        capitals(text).map(Self).ok_or_else(|| CodeError::Country { found: text.to_owned() })
    }
}

impl fmt::Display for Currency {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.as_str())
    }
}

impl fmt::Display for Country {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.as_str())
    }
}

fn capitals<const COUNT: usize>(text: &str) -> Option<[u8; COUNT]> {
    let letters = <[u8; COUNT]>::try_from(text.as_bytes()).ok()?;
    letters.iter().all(u8::is_ascii_uppercase).then_some(letters)
}

/// A country and, where there is one, the VAT id in it, without blanks: `LU20260743`, `AT` (fields 40 and 123).
/// Greece is `EL`, Northern Ireland `XI`.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct EuVatId<'a>(Cow<'a, str>);

impl<'a> EuVatId<'a> {
    /// Takes two capital letters, followed by at most 13 letters, digits, `+` or `*`.
    ///
    /// # Errors
    /// Refuses any other text.
    pub fn new(text: impl Into<Cow<'a, str>>) -> Result<Self, CodeError> {
        let text = text.into();
        if is_eu_vat_id(&text) {
            Ok(Self(text))
        } else {
            Err(CodeError::EuVatId { found: text.into_owned() })
        }
    }

    /// The text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

pub(crate) fn is_eu_vat_id(text: &str) -> bool {
    let bytes = text.as_bytes();
    (2..=15).contains(&bytes.len())
        && bytes[..2].iter().all(u8::is_ascii_uppercase)
        && bytes[2..].iter().all(|byte| byte.is_ascii_alphanumeric() || b"+*".contains(byte))
}

/// Why a text is no code.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum CodeError {
    /// Not three capital letters.
    #[error("currency {found:?}: expected three capital letters (ISO 4217)")]
    Currency {
        /// The text found.
        found: String,
    },
    /// Not two capital letters.
    #[error("country {found:?}: expected two capital letters")]
    Country {
        /// The text found.
        found: String,
    },
    /// No country with an id.
    #[error(
        "VAT id {found:?}: expected two capital letters and the id without blanks, at most 15 characters in all"
    )]
    EuVatId {
        /// The text found.
        found: String,
    },
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_capitals_of_their_length() {
        assert_eq!(Currency::try_from("GBP").unwrap().as_str(), "GBP");
        assert!(Currency::try_from("eur").is_err() && Currency::try_from("EURO").is_err());
        assert_eq!(Country::try_from("LU").unwrap().to_string(), "LU");
        assert!(Country::try_from("Ö").is_err());
    }

    #[test]
    fn a_vat_id_has_its_country_and_no_blanks() {
        assert_eq!(EuVatId::new("LU20260743").unwrap().as_str(), "LU20260743");
        assert!(EuVatId::new("AT").is_ok());
        for bad in ["", "L", "lu20260743", "LU 2026", "LU20260743202607"] {
            assert!(EuVatId::new(bad).is_err(), "{bad}");
        }
    }
}
