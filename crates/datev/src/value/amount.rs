//! Sums of money and the side they stand on.

use std::fmt;

use thiserror::Error;

/// An amount in minor units (cents), always above zero and with at most ten digits before the comma: the direction is
/// the [`Side`]'s business (DATEV developer portal, booking-batch, fields 1, 2 and 5). DATEV writes every currency with
/// two decimals.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Amount(u64);

impl Amount {
    /// The greatest amount, 9,999,999,999.99.
    pub const MAX: Self = Self(999_999_999_999);

    /// Takes minor units.
    ///
    /// # Errors
    /// Refuses zero, negative sums, and more than ten digits before the comma.
    pub const fn from_minor(minor: i64) -> Result<Self, AmountError> {
        if minor <= 0 {
            return Err(AmountError::NotPositive { minor });
        }
        let units = minor.unsigned_abs();
        if units > Self::MAX.0 { Err(AmountError::TooGreat { minor }) } else { Ok(Self(units)) }
    }

    /// The amount in minor units.
    pub const fn minor(self) -> u64 {
        self.0
    }
}

impl fmt::Display for Amount {
    /// As DATEV writes it: `1234,56`.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{},{:02}", self.0 / 100, self.0 % 100)
    }
}

/// Why a sum is no amount of a posting.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum AmountError {
    /// Zero or below.
    #[error(
        "the amount {minor} (minor units) is not above zero; a zero makes no posting, the direction is the side"
    )]
    NotPositive {
        /// The minor units found.
        minor: i64,
    },
    /// More than ten digits before the comma.
    #[error("the amount {minor} (minor units) has more than ten digits before the comma")]
    TooGreat {
        /// The minor units found.
        minor: i64,
    },
}

/// Debit or credit, told of the account of field 7; the contra account gets the other side.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Side {
    /// Soll, debit: `S`.
    Debit,
    /// Haben, credit: `H`.
    Credit,
}

impl Side {
    /// The letter in field 2.
    pub const fn letter(self) -> &'static str {
        match self {
            Self::Debit => "S",
            Self::Credit => "H",
        }
    }

    /// The other side.
    #[must_use]
    pub const fn opposite(self) -> Self {
        match self {
            Self::Debit => Self::Credit,
            Self::Credit => Self::Debit,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_amount_is_above_zero_and_has_ten_digits() {
        assert_eq!(Amount::from_minor(123_456).unwrap().to_string(), "1234,56");
        assert_eq!(Amount::from_minor(5).unwrap().to_string(), "0,05");
        assert_eq!(Amount::from_minor(0), Err(AmountError::NotPositive { minor: 0 }));
        assert_eq!(Amount::from_minor(-1), Err(AmountError::NotPositive { minor: -1 }));
        assert_eq!(Amount::from_minor(999_999_999_999).unwrap(), Amount::MAX);
        assert!(Amount::from_minor(1_000_000_000_000).is_err());
        assert!(Amount::from_minor(i64::MIN).is_err());
    }
}
