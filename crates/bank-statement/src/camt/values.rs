//! The values that camt writes: dates, amounts, indicators.

use jiff::civil::Date;

use super::xml::{Child, Xml};
use crate::error::{Problem, ReadError, Wanted, shortened};
use crate::money::{Amount, AmountError, Currency};

/// An amount without a sign (`ActiveOrHistoricCurrencyAndAmount`).
pub(super) fn amount(xml: &mut Xml<'_>, child: &Child) -> Result<Amount, ReadError> {
    let value = |found: &str, wanted| Problem::Value { found: shortened(found), wanted };
    let Some(code) = child.currency.as_deref() else {
        return Err(xml.refuse(Problem::Missing { what: "Ccy" }));
    };
    let currency = Currency::parse(code).ok_or_else(|| xml.refuse(value(code, Wanted::Currency)))?;
    let text = xml.text()?;
    Amount::parse(&text, '.', currency).map_err(|error| {
        let problem = match error {
            AmountError::NotANumber => value(&text, Wanted::Amount('.')),
            AmountError::Places(currency) => Problem::Places { found: shortened(&text), currency },
            AmountError::TooLarge => Problem::SumTooLarge,
        };
        xml.refuse_closed(problem)
    })
}

/// The day of a choice of `Dt` and `DtTm`; of a point in time the day as it is written, in the bank's zone.
pub(super) fn day(xml: &mut Xml<'_>) -> Result<Date, ReadError> {
    let mut found = None;
    while let Some(child) = xml.child()? {
        match child.name.as_str() {
            "Dt" | "DtTm" => found = Some(value(xml, Wanted::Date, date)?),
            _ => xml.skip()?,
        }
    }
    found.ok_or_else(|| xml.refuse_closed(Problem::Missing { what: "Dt" }))
}

/// `2026-10-31`, perhaps with a time or a zone behind it.
fn date(text: &str) -> Option<Date> {
    let (day, rest) = (text.get(..10)?, text.get(10..)?);
    let plain = rest.is_empty() || rest.starts_with(['T', 'Z', '+', '-']);
    day.parse().ok().filter(|_| plain)
}

/// Is it money onto the account (`CRDT`)?
pub(super) fn credit(xml: &mut Xml<'_>) -> Result<bool, ReadError> {
    value(xml, Wanted::CreditOrDebit, |text| match text {
        "CRDT" => Some(true),
        "DBIT" => Some(false),
        _ => None,
    })
}

pub(super) fn boolean(xml: &mut Xml<'_>) -> Result<bool, ReadError> {
    value(xml, Wanted::Boolean, |text| match text {
        "true" | "1" => Some(true),
        "false" | "0" => Some(false),
        _ => None,
    })
}

/// The text of the element that is open, understood; or refused with what it should have been.
pub(super) fn value<T>(
    xml: &mut Xml<'_>,
    wanted: Wanted,
    understand: impl FnOnce(&str) -> Option<T>,
) -> Result<T, ReadError> {
    let text = xml.text()?;
    understand(&text).ok_or_else(|| xml.refuse_closed(Problem::Value { found: shortened(&text), wanted }))
}

/// The first text below the element that is open at the end of one of these ways, such as `Fin/BIC`; empty if there is
/// none. Ways have one or two names.
pub(super) fn text_at(xml: &mut Xml<'_>, ways: &[&str]) -> Result<String, ReadError> {
    let mut found = String::new();
    while let Some(child) = xml.child()? {
        if ways.contains(&child.name.as_str()) {
            keep(&mut found, xml.text()?);
            continue;
        }
        let prefix = format!("{}/", child.name);
        let below: Vec<&str> = ways.iter().filter_map(|way| way.strip_prefix(prefix.as_str())).collect();
        if below.is_empty() {
            xml.skip()?;
        } else {
            keep(&mut found, text_at(xml, &below)?);
        }
    }
    Ok(found)
}

/// Keeps the first text that says something.
pub(super) fn keep(found: &mut String, text: String) {
    if found.is_empty() {
        *found = text;
    }
}

/// An amount with the sign of its indicator.
pub(super) fn signed(amount: Amount, credit: bool) -> Amount {
    if credit { amount } else { amount.negated() }
}
