//! Amounts in integer minor units, never without their currency.

use std::fmt;

/// An ISO 4217 currency code, three capital letters.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Currency([u8; 3]);

impl Currency {
    /// The euro, the usual currency of a German client's books.
    pub const EUR: Self = Self(*b"EUR");

    /// Takes a code of three capital letters; anything else is no currency.
    pub fn new(code: [u8; 3]) -> Option<Self> {
        code.iter().all(u8::is_ascii_uppercase).then_some(Self(code))
    }

    /// Reads a code such as `EUR`; the letters must be capitals.
    pub fn parse(text: &str) -> Option<Self> {
        Self::new(text.as_bytes().try_into().ok()?)
    }

    /// The code, three capital letters.
    pub fn code(&self) -> &str {
        std::str::from_utf8(&self.0).unwrap_or_default()
    }

    /// How many decimal places the currency has (ISO 4217): most have two, the yen has none, some dinars have three.
    pub fn decimals(self) -> u32 {
        match &self.0 {
            b"BIF" | b"CLP" | b"DJF" | b"GNF" | b"ISK" | b"JPY" | b"KMF" | b"KRW" | b"PYG" | b"RWF"
            | b"UGX" | b"VND" | b"VUV" | b"XAF" | b"XOF" | b"XPF" => 0,
            b"BHD" | b"IQD" | b"JOD" | b"KWD" | b"LYD" | b"OMR" | b"TND" => 3,
            _ => 2,
        }
    }
}

impl fmt::Display for Currency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

impl fmt::Debug for Currency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

/// An amount with its sign, in minor units of its currency (cents for the euro).
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Money {
    minor: i64,
    currency: Currency,
}

/// Why two amounts could not be put together.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum MoneyError {
    /// The result does not fit into 64 bits of minor units.
    #[error("the sum is larger than the books can hold ({0})")]
    Overflow(Currency),
    /// Two currencies were put together without a rate.
    #[error("{0} and {1} cannot be added without a rate")]
    Currencies(Currency, Currency),
}

impl Money {
    /// An amount of `minor` units (may be negative).
    pub fn new(minor: i64, currency: Currency) -> Self {
        Self { minor, currency }
    }

    /// Nothing, in a currency.
    pub fn zero(currency: Currency) -> Self {
        Self::new(0, currency)
    }

    /// The amount in minor units.
    pub fn minor(self) -> i64 {
        self.minor
    }

    /// The currency of the amount.
    pub fn currency(self) -> Currency {
        self.currency
    }

    /// Is it exactly nothing?
    pub fn is_zero(self) -> bool {
        self.minor == 0
    }

    /// Is it below zero?
    pub fn is_negative(self) -> bool {
        self.minor < 0
    }

    /// The sum of two amounts of one currency.
    pub fn checked_add(self, other: Self) -> Result<Self, MoneyError> {
        self.same_currency(other)?;
        let minor = self.minor.checked_add(other.minor).ok_or(MoneyError::Overflow(self.currency))?;
        Ok(Self { minor, ..self })
    }

    /// The difference of two amounts of one currency.
    pub fn checked_sub(self, other: Self) -> Result<Self, MoneyError> {
        self.same_currency(other)?;
        let minor = self.minor.checked_sub(other.minor).ok_or(MoneyError::Overflow(self.currency))?;
        Ok(Self { minor, ..self })
    }

    /// The same amount with the other sign.
    pub fn checked_neg(self) -> Result<Self, MoneyError> {
        let minor = self.minor.checked_neg().ok_or(MoneyError::Overflow(self.currency))?;
        Ok(Self { minor, ..self })
    }

    /// The amount without its sign.
    pub fn checked_abs(self) -> Result<Self, MoneyError> {
        if self.is_negative() { self.checked_neg() } else { Ok(self) }
    }

    fn same_currency(self, other: Self) -> Result<(), MoneyError> {
        if self.currency == other.currency {
            Ok(())
        } else {
            Err(MoneyError::Currencies(self.currency, other.currency))
        }
    }

    /// The figure alone with the given decimal mark, as many places as the currency has: `1234,56`, `-0,29`, `500`.
    pub fn figure(self, decimal_mark: char) -> String {
        let sign = if self.is_negative() { "-" } else { "" };
        let digits = self.minor.unsigned_abs();
        match self.currency.decimals() {
            0 => format!("{sign}{digits}"),
            places => {
                let unit = 10_u64.pow(places);
                let width = usize::try_from(places).unwrap_or(2);
                format!("{sign}{}{decimal_mark}{:0width$}", digits / unit, digits % unit)
            }
        }
    }
}

impl fmt::Display for Money {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.figure(','), self.currency)
    }
}

impl fmt::Debug for Money {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_figure_has_the_places_of_its_currency() {
        let money = |minor, code| Money::new(minor, Currency::parse(code).unwrap()).to_string();
        assert_eq!(money(-29, "EUR"), "-0,29 EUR");
        assert_eq!(money(123_456, "USD"), "1234,56 USD");
        assert_eq!(money(500, "JPY"), "500 JPY");
        assert_eq!(money(1_005, "KWD"), "1,005 KWD");
        assert_eq!(money(i64::MIN, "EUR"), "-92233720368547758,08 EUR");
    }

    #[test]
    fn currencies_never_mix_and_sums_never_wrap() {
        let euro = Money::new(i64::MAX, Currency::EUR);
        let dollar = Money::new(1, Currency::parse("USD").unwrap());
        assert!(matches!(euro.checked_add(dollar), Err(MoneyError::Currencies(..))));
        assert_eq!(euro.checked_add(Money::new(1, Currency::EUR)), Err(MoneyError::Overflow(Currency::EUR)));
        assert!(Money::new(i64::MIN, Currency::EUR).checked_abs().is_err());
    }

    #[test]
    fn a_currency_is_three_capitals() {
        assert!(Currency::parse("EUR").is_some());
        for wrong in ["eur", "EU", "EURO", "E R", "ÄÖ"] {
            assert!(Currency::parse(wrong).is_none(), "{wrong}");
        }
    }
}
