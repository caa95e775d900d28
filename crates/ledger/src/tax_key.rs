//! BU-Schlüssel and the fact code that some of them need.

use std::fmt;

/// BU-Schlüssel: one to four digits, written without leading zeros (DATEV, booking batch, field 9).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TaxKey(u16);

impl TaxKey {
    /// Takes 1 to 9999.
    pub fn new(key: u16) -> Option<Self> {
        (1..=9999).contains(&key).then_some(Self(key))
    }

    /// The key as a number.
    pub fn value(self) -> u16 {
        self.0
    }
}

impl fmt::Display for TaxKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.0)
    }
}

/// Sachverhalt L+L (field 43): which case of § 13b UStG a key such as 94 stands for, 1 to 999.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FactCode(u16);

impl FactCode {
    /// Takes 1 to 999.
    pub fn new(code: u16) -> Option<Self> {
        (1..=999).contains(&code).then_some(Self(code))
    }

    /// The code as a number.
    pub fn value(self) -> u16 {
        self.0
    }
}
