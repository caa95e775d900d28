//! Numbers with a fixed count of decimals, held as integers.

use std::fmt;

use thiserror::Error;

/// A number with at most `DIGITS` digits before and exactly `DECIMALS` after the comma, never negative, held as an
/// integer of its smallest unit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Decimal<const DIGITS: u32, const DECIMALS: u32>(u64);

/// A cash discount in minor units (field 13). Zero is refused when it is written.
pub type Discount = Decimal<8, 2>;
/// An exchange rate in millionths: foreign units for one unit of the base currency (field 4).
pub type ExchangeRate = Decimal<5, 6>;
/// A tax rate in hundredths of a percent (fields 41, 100, 119, 124).
pub type Percent = Decimal<2, 2>;
/// A quantity in ten-thousandths (field 39).
pub type Quantity = Decimal<12, 4>;
/// A weight in hundredths (field 89).
pub type Weight = Decimal<8, 2>;

impl<const DIGITS: u32, const DECIMALS: u32> Decimal<DIGITS, DECIMALS> {
    /// Takes the number in its smallest unit: a rate of 1.076 is 1,076,000 millionths.
    ///
    /// # Errors
    /// Refuses more than `DIGITS` digits before the comma.
    pub const fn from_units(units: u64) -> Result<Self, DecimalError> {
        if units < 10_u64.pow(DIGITS + DECIMALS) {
            Ok(Self(units))
        } else {
            Err(DecimalError { units, digits: DIGITS, decimals: DECIMALS })
        }
    }

    /// The number in its smallest unit.
    pub const fn units(self) -> u64 {
        self.0
    }

    /// The part before and the part after the comma.
    pub(crate) const fn parts(self) -> (u64, u64) {
        let one = 10_u64.pow(DECIMALS);
        (self.0 / one, self.0 % one)
    }
}

impl<const DIGITS: u32, const DECIMALS: u32> fmt::Display for Decimal<DIGITS, DECIMALS> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (whole, decimals) = self.parts();
        write!(formatter, "{whole},{decimals:0width$}", width = usize::try_from(DECIMALS).unwrap_or(0))
    }
}

/// A number with too many digits before the comma.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[error("{units} units with {decimals} decimals are more than {digits} digits before the comma")]
pub struct DecimalError {
    /// The smallest units found.
    pub units: u64,
    /// The digits allowed before the comma.
    pub digits: u32,
    /// The decimals.
    pub decimals: u32,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_decimal_is_written_with_all_its_decimals() {
        assert_eq!(ExchangeRate::from_units(830_000).unwrap().to_string(), "0,830000");
        assert_eq!(Percent::from_units(1900).unwrap().to_string(), "19,00");
        assert!(Percent::from_units(10_000).is_err());
        assert!(Quantity::from_units(9_999_999_999_999_999).is_ok());
    }
}
