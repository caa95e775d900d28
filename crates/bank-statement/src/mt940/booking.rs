//! `:61:2611021102CR119,00NTRFNONREF//bank reference`: one booking without its text.

use jiff::civil::Date;

use super::balance::{amount, short_date};
use super::fields::Field;
use crate::error::{Problem, ReadError, Wanted, shortened};
use crate::money::{Amount, Currency};

/// What a field 61 says.
#[derive(Debug)]
pub(super) struct Booking<'t> {
    pub(super) value_date: Date,
    pub(super) entry_date: Date,
    /// Positive is money onto the account.
    pub(super) amount: Amount,
    pub(super) reversal: bool,
    /// `NTRF`, `NMSC` …
    pub(super) code: &'t str,
    /// The reference for the account holder; `NONREF` where there is none.
    pub(super) reference: &'t str,
    pub(super) bank_reference: &'t str,
}

/// Reads a booking in the currency of the account.
pub(super) fn read<'t>(field: &Field<'t>, currency: Currency) -> Result<Booking<'t>, ReadError> {
    let text = field.value();
    let unclear = |wanted| field.refuse(Problem::Value { found: shortened(text), wanted });
    let value_date = text.get(..6).and_then(short_date).ok_or_else(|| unclear(Wanted::ShortDate))?;
    let after_value = text.get(6..).unwrap_or_default();
    let (entry_date, rest) = match digits(after_value) {
        0 => (value_date, after_value),
        4 => {
            let (day, rest) = after_value.split_at(4);
            (near(value_date, day).ok_or_else(|| unclear(Wanted::BookingLine))?, rest)
        }
        _ => return Err(unclear(Wanted::BookingLine)),
    };
    let (negative, reversal, rest) = mark(rest).ok_or_else(|| unclear(Wanted::Mark))?;
    // The funds code, third letter of the currency: `CR` is a credit in EUR, `RC` a reversal.
    let rest = rest.strip_prefix(|letter: char| letter.is_ascii_alphabetic()).unwrap_or(rest);
    let end = rest.find(|letter: char| !letter.is_ascii_digit() && letter != ',').unwrap_or(rest.len());
    let (figure, rest) = rest.split_at(end);
    if figure.is_empty() {
        return Err(unclear(Wanted::BookingLine));
    }
    let offset = text.len().saturating_sub(figure.len()).saturating_sub(rest.len());
    let amount = amount(field, offset, figure, currency)?;
    let (code, references) = code(rest).ok_or_else(|| unclear(Wanted::BookingLine))?;
    let (reference, bank_reference) = references.split_once("//").unwrap_or((references, ""));
    Ok(Booking {
        value_date,
        entry_date,
        amount: if negative { amount.negated() } else { amount },
        reversal,
        code,
        reference: reference.trim(),
        bank_reference: bank_reference.trim(),
    })
}

fn digits(text: &str) -> usize {
    text.bytes().take_while(u8::is_ascii_digit).count()
}

/// Is money leaving the account, is it a reversal, and what follows. A reversed credit leaves the account.
fn mark(text: &str) -> Option<(bool, bool, &str)> {
    let marks = [("RC", true, true), ("RD", false, true), ("C", false, false), ("D", true, false)];
    let of = |(mark, negative, reversal)| text.strip_prefix(mark).map(|rest| (negative, reversal, rest));
    marks.into_iter().find_map(of)
}

/// The type, a letter and three characters, and what follows.
fn code(text: &str) -> Option<(&str, &str)> {
    let (code, rest) = (text.get(..4)?, text.get(4..)?);
    let letter = code.starts_with(['N', 'F', 'S']);
    (letter && code.bytes().all(|byte| byte.is_ascii_alphanumeric())).then_some((code, rest))
}

/// `MMDD` in the year that brings it nearest to the value date: 31 December with value of January is the year before.
fn near(value_date: Date, day: &str) -> Option<Date> {
    let (month, day): (i8, i8) = (day.get(..2)?.parse().ok()?, day.get(2..)?.parse().ok()?);
    let years = [value_date.year(), value_date.year() - 1, value_date.year() + 1];
    let days = years.into_iter().filter_map(|year| Date::new(year, month, day).ok());
    days.min_by_key(|date| (*date - value_date).get_days().abs())
}
