//! Amounts in integer minor units, never without their currency.

use std::fmt;

/// An ISO 4217 currency code, three capital letters.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Currency([u8; 3]);

impl Currency {
    /// The euro.
    pub const EUR: Self = Self(*b"EUR");

    /// Reads a code such as `EUR`; the letters must be capitals.
    pub fn parse(text: &str) -> Option<Self> {
        let code: [u8; 3] = text.as_bytes().try_into().ok()?;
        code.iter().all(u8::is_ascii_uppercase).then_some(Self(code))
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
pub struct Amount {
    minor: i64,
    currency: Currency,
}

/// Why a text is no amount, or a sum none.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum AmountError {
    /// Something else than digits with at most one decimal mark.
    #[error("not an amount")]
    NotANumber,
    /// More decimal places than the currency has.
    #[error("more decimal places than {0} has")]
    Places(Currency),
    /// It does not fit into 64 bits of minor units.
    #[error("too large")]
    TooLarge,
}

impl Amount {
    /// An amount of `minor` units (may be negative).
    pub const fn new(minor: i64, currency: Currency) -> Self {
        Self { minor, currency }
    }

    /// Reads an amount without a sign, such as `1234,56`, `1234,` or `1234`. Zeros behind the places of the currency
    /// say nothing and are taken.
    pub fn parse(text: &str, decimal_mark: char, currency: Currency) -> Result<Self, AmountError> {
        let (whole, places) = text.split_once(decimal_mark).unwrap_or((text, ""));
        let digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
        if whole.len() + places.len() == 0 || !digits(whole) || !digits(places) {
            return Err(AmountError::NotANumber);
        }
        let wanted = usize::try_from(currency.decimals()).unwrap_or(2);
        let (kept, rest) = places.split_at(wanted.min(places.len()));
        if rest.bytes().any(|digit| digit != b'0') {
            return Err(AmountError::Places(currency));
        }
        let number = format!("{whole}{kept:0<wanted$}");
        let significant = number.trim_start_matches('0');
        if significant.is_empty() {
            return Ok(Self::new(0, currency));
        }
        significant.parse().map(|minor| Self::new(minor, currency)).map_err(|_| AmountError::TooLarge)
    }

    /// The amount in minor units.
    pub const fn minor(self) -> i64 {
        self.minor
    }

    /// The currency.
    pub const fn currency(self) -> Currency {
        self.currency
    }

    /// Is it below zero, money that left the account?
    pub const fn is_negative(self) -> bool {
        self.minor < 0
    }

    /// The same amount with the other sign; what is read is never so large that this fails.
    #[must_use]
    pub const fn negated(self) -> Self {
        Self { minor: self.minor.saturating_neg(), ..self }
    }

    /// The sum of two amounts of one currency; none where the currencies differ or the sum does not fit.
    pub fn checked_add(self, other: Self) -> Option<Self> {
        let minor = self.minor.checked_add(other.minor)?;
        (self.currency == other.currency).then_some(Self { minor, ..self })
    }

    /// `-1234,56 EUR` with the decimal mark of the reader's language.
    pub(crate) fn figure(self, decimal_mark: char) -> String {
        let sign = if self.is_negative() { "−" } else { "" };
        let digits = self.minor.unsigned_abs();
        let number = match self.currency.decimals() {
            0 => digits.to_string(),
            places => {
                let (unit, width) = (10_u64.pow(places), usize::try_from(places).unwrap_or(2));
                format!("{}{decimal_mark}{:0width$}", digits / unit, digits % unit)
            }
        };
        format!("{sign}{number} {}", self.currency)
    }
}

impl fmt::Display for Amount {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.figure('.'))
    }
}

impl fmt::Debug for Amount {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn minor(text: &str, code: &str) -> Result<i64, AmountError> {
        Amount::parse(text, ',', Currency::parse(code).unwrap()).map(Amount::minor)
    }

    #[test]
    fn an_amount_has_the_places_of_its_currency() {
        assert_eq!(minor("1234,56", "EUR"), Ok(123_456));
        assert_eq!(minor("1234,5", "EUR"), Ok(123_450));
        assert_eq!(minor("1234,", "EUR"), Ok(123_400));
        assert_eq!(minor(",5", "EUR"), Ok(50));
        assert_eq!(minor("1234,50000", "EUR"), Ok(123_450));
        assert_eq!(minor("1234", "JPY"), Ok(1_234));
        assert_eq!(minor("1,234", "KWD"), Ok(1_234));
        assert_eq!(minor("000000000000000000000000,01", "EUR"), Ok(1));
    }

    #[test]
    fn what_is_no_amount_is_refused() {
        for wrong in ["", ",", "-1,00", "+1", "1.234,56", "1 000", "1,2,3", "٣", "1e3"] {
            assert_eq!(minor(wrong, "EUR"), Err(AmountError::NotANumber), "{wrong}");
        }
        assert_eq!(minor("1,005", "EUR"), Err(AmountError::Places(Currency::EUR)));
        assert_eq!(minor("1,5", "JPY"), Err(AmountError::Places(Currency::parse("JPY").unwrap())));
        assert_eq!(minor("99999999999999999999", "EUR"), Err(AmountError::TooLarge));
    }

    #[test]
    fn currencies_never_mix() {
        let dollar = Amount::new(1, Currency::parse("USD").unwrap());
        assert_eq!(Amount::new(1, Currency::EUR).checked_add(dollar), None);
        assert_eq!(Amount::new(i64::MAX, Currency::EUR).checked_add(Amount::new(1, Currency::EUR)), None);
        assert!(Currency::parse("eur").is_none() && Currency::parse("EURO").is_none());
    }
}
