//! Money as the API writes it: `{"amount":"14.00","currencyCode":"EUR"}`, exact from text to minor units.

use std::fmt;

use serde::de::Error as _;
use serde::ser::SerializeStruct as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::report::{AmountText, Currency, parse_amount};

/// An amount of money.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Amount {
    /// Minor units of the currency, e.g. cents.
    pub minor: i64,
    /// The currency, which says how many digits stand after the point.
    pub currency: Currency,
}

/// `-0.29 EUR`.
impl fmt::Display for Amount {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{} {}", AmountText(self.minor, self.currency), self.currency)
    }
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct AmountObject {
    amount: Option<String>,
    currency_code: Option<String>,
}

impl AmountObject {
    /// The API writes both as null where there is no amount.
    fn read<E: serde::de::Error>(self) -> Result<Option<Amount>, E> {
        let (amount, currency) = match (self.amount, self.currency_code) {
            (None, None) => return Ok(None),
            (Some(amount), Some(currency)) => (amount, currency),
            (None, Some(_)) => return Err(E::missing_field("amount")),
            (Some(_), None) => return Err(E::missing_field("currencyCode")),
        };
        let currency: Currency = currency.parse().map_err(E::custom)?;
        let minor = parse_amount(amount.as_bytes(), currency.digits()).map_err(|problem| {
            let shown: String = amount.escape_debug().take(40).collect();
            E::custom(format!("«{shown}» as an amount of {currency}: {problem}"))
        })?;
        Ok(Some(Amount { minor, currency }))
    }
}

impl<'de> Deserialize<'de> for Amount {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let amount = AmountObject::deserialize(deserializer)?.read()?;
        amount.ok_or_else(|| D::Error::missing_field("amount"))
    }
}

impl Serialize for Amount {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut object = serializer.serialize_struct("Amount", 2)?;
        object.serialize_field("amount", &AmountText(self.minor, self.currency).to_string())?;
        object.serialize_field("currencyCode", self.currency.as_str())?;
        object.end()
    }
}

/// An amount that may be absent, null, or an object of nulls.
pub(super) fn optional<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Amount>, D::Error> {
    match Option::<AmountObject>::deserialize(deserializer)? {
        Some(object) => object.read(),
        None => Ok(None),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(json: &str) -> Result<Amount, String> {
        serde_json::from_str(json).map_err(|error| error.to_string())
    }

    #[test]
    fn amounts_are_exact_in_the_digits_of_their_currency() {
        let amount = read(r#"{"amount":"90071992547409.93","currencyCode":"EUR"}"#).unwrap();
        assert_eq!(amount, Amount { minor: 9_007_199_254_740_993, currency: Currency::EUR });
        assert_eq!(amount.to_string(), "90071992547409.93 EUR");
        let yen = read(r#"{"amount":"1500","currencyCode":"JPY","new":1}"#).unwrap();
        assert_eq!(yen, Amount { minor: 1500, currency: Currency::JPY });
        assert_eq!(serde_json::to_string(&yen).unwrap(), r#"{"amount":"1500","currencyCode":"JPY"}"#);
    }

    #[test]
    fn what_is_not_exact_is_refused_with_its_text() {
        let error = read(r#"{"amount":"1.005","currencyCode":"EUR"}"#).unwrap_err();
        assert!(error.contains("«1.005» as an amount of EUR"), "{error}");
        assert!(read(r#"{"amount":14.00,"currencyCode":"EUR"}"#).is_err(), "a number is a float");
        assert!(read(r#"{"amount":"14.00"}"#).unwrap_err().contains("currencyCode"));
    }
}
