//! The BU key of a posting.

use std::fmt;

use thiserror::Error;

/// A tax or correction key (BU-Schlüssel, field 9), one to four digits, written without leading zeros. It acts on the
/// contra account (field 8).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TaxKey(u16);

impl TaxKey {
    /// `20`: a general reversal without tax, as it was written before field 118.
    pub const GENERAL_REVERSAL: Self = Self(20);
    /// `40`: the automatic of an account is switched off for this posting.
    pub const AUTOMATIC_OFF: Self = Self(40);
    /// `80`: the general reversal of a posting with `40`.
    pub const AUTOMATIC_OFF_REVERSED: Self = Self(80);
    /// `49`: the tax function stands in fields 45 to 47.
    pub const INDIVIDUAL: Self = Self(49);

    /// Takes a key.
    ///
    /// # Errors
    /// Refuses zero and more than four digits.
    pub const fn new(key: u16) -> Result<Self, TaxKeyError> {
        if key == 0 || key > 9999 { Err(TaxKeyError { key }) } else { Ok(Self(key)) }
    }

    /// The key as a number.
    pub const fn get(self) -> u16 {
        self.0
    }

    /// Whether the key only switches the automatic of an account off (`40`, reversed `80`).
    pub const fn switches_automatic_off(self) -> bool {
        self.0 == Self::AUTOMATIC_OFF.0 || self.0 == Self::AUTOMATIC_OFF_REVERSED.0
    }
}

impl fmt::Display for TaxKey {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(formatter)
    }
}

/// A key outside 1 to 9999.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[error("tax key {key}: a key has one to four digits and is not zero; leave it out where no key is wanted")]
pub struct TaxKeyError {
    /// The key found.
    pub key: u16,
}
