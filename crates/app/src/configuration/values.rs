//! Values of the file in the types of the trade.

use datev::Rule;
use jiff::civil::Date;
use ledger::document_number::Unfit;
use ledger::money::Currency;
use ledger::rate::Rate;
use toml::de::DeValue;

use super::document::Field;
use super::nearest::nearest;
use super::problem::{Form, Type, What};

/// How long a prefix of document numbers may be: an Amazon order reference (19 characters) still fits behind it
/// uncut (DATEV, booking batch, field 11: 36 characters).
const LONGEST_PREFIX: usize = 17;
/// KOST1 (DATEV, booking batch, field 37).
const LONGEST_COST_CENTRE: usize = 36;
/// Exportiert von (DATEV, header, field 9).
const LONGEST_EXPORTED_BY: usize = 25;

pub(super) fn text<'d>(field: &Field<'d>) -> Result<&'d str, What> {
    field.value.as_str().ok_or(What::WrongType { wanted: Type::Text })
}

/// A text that is neither empty nor holds control characters.
pub(super) fn words(field: &Field<'_>) -> Result<String, What> {
    let text = printable(field)?;
    if text.trim().is_empty() { Err(What::Form(Form::NotEmpty)) } else { Ok(text.to_owned()) }
}

/// A text without control characters.
pub(super) fn printable<'d>(field: &Field<'d>) -> Result<&'d str, What> {
    let text = text(field)?;
    if text.chars().any(char::is_control) { Err(What::Form(Form::Printable)) } else { Ok(text) }
}

pub(super) fn boolean(field: &Field<'_>) -> Result<bool, What> {
    field.value.as_bool().ok_or(What::WrongType { wanted: Type::Boolean })
}

/// One of some words, in any case.
pub(super) fn one_of<T: Copy>(field: &Field<'_>, choices: &[(&'static str, T)]) -> Result<T, What> {
    let text = text(field)?;
    let chosen = choices.iter().find(|(name, _)| name.eq_ignore_ascii_case(text)).map(|(_, value)| *value);
    chosen.ok_or_else(|| not_one_of(text, choices.iter().map(|(name, _)| *name)))
}

/// The refusal of a word with all that are allowed.
pub(super) fn not_one_of<'n>(text: &str, names: impl Iterator<Item = &'n str> + Clone) -> What {
    let nearest = nearest(text, names.clone()).map(ToOwned::to_owned);
    What::NotOneOf { allowed: names.map(ToOwned::to_owned).collect(), nearest }
}

/// A whole number in a range.
pub(super) fn number(field: &Field<'_>, least: u32, most: u32) -> Result<u32, What> {
    let DeValue::Integer(integer) = field.value else {
        return Err(What::WrongType { wanted: Type::Integer });
    };
    let number = u32::from_str_radix(integer.as_str(), integer.radix()).ok();
    number.filter(|number| (least..=most).contains(number)).ok_or(What::OutOfRange { least, most })
}

/// Digits as they are written, with quotes or without.
pub(super) fn digits(field: &Field<'_>) -> Result<String, What> {
    match field.value {
        DeValue::Integer(integer) if integer.radix() == 10 => Ok(integer.as_str().to_owned()),
        DeValue::String(text) => Ok(text.to_string()),
        _ => Err(What::WrongType { wanted: Type::Digits }),
    }
}

/// A small number, with quotes or without.
pub(super) fn code(field: &Field<'_>, most: u16) -> Result<u16, What> {
    let code: Option<u16> = digits(field).ok().and_then(|digits| digits.parse().ok());
    let allowed = What::OutOfRange { least: 1, most: most.into() };
    code.filter(|code| (1..=most).contains(code)).ok_or(allowed)
}

/// A decimal number as it is written; it never becomes a binary fraction.
fn decimal(field: &Field<'_>) -> Option<String> {
    match field.value {
        DeValue::Float(float) => Some(float.as_str().to_owned()),
        DeValue::Integer(integer) if integer.radix() == 10 => Some(integer.as_str().to_owned()),
        DeValue::String(text) => Some(text.to_string()),
        _ => None,
    }
}

/// An exchange rate: `"1.0850"` or `1.085`.
pub(super) fn exchange_rate(field: &Field<'_>) -> Result<Rate, What> {
    decimal(field).and_then(|text| Rate::parse(&text)).ok_or(What::Form(Form::Rate))
}

/// The rate of a VAT in hundredths of a percent: `20` or `"5,5"`.
pub(super) fn vat_rate(field: &Field<'_>) -> Result<u16, What> {
    decimal(field).and_then(|text| hundredths(&text)).ok_or(What::Form(Form::VatRate))
}

fn hundredths(text: &str) -> Option<u16> {
    let (whole, places) = text.split_once(['.', ',']).unwrap_or((text, ""));
    let digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    let fits = (1..=2).contains(&whole.len()) && places.len() <= 2 && digits(whole) && digits(places);
    if fits { format!("{whole}{places:0<2}").parse().ok() } else { None }
}

/// A day of the years that DATEV can write.
pub(super) fn day(field: &Field<'_>) -> Result<Date, What> {
    day_of(field.value).ok_or(What::WrongType { wanted: Type::Date }).and_then(|day| within(day, 2099))
}

/// A day without a time.
pub(super) fn day_of(value: &DeValue<'_>) -> Option<Date> {
    let stamp = value.as_datetime()?;
    let date = stamp.date.filter(|_| stamp.time.is_none() && stamp.offset.is_none())?;
    let (month, day) = (i8::try_from(date.month).ok()?, i8::try_from(date.day).ok()?);
    Date::new(i16::try_from(date.year).ok()?, month, day).ok()
}

/// A day from 2000 to the end of a year; DATEV cannot write others.
pub(super) fn within(day: Date, last_year: i16) -> Result<Date, What> {
    if (2000..=last_year).contains(&day.year()) { Ok(day) } else { Err(What::Day { last_year }) }
}

pub(super) fn currency(field: &Field<'_>) -> Result<Currency, What> {
    Currency::parse(text(field)?).ok_or(What::Form(Form::Currency))
}

pub(super) fn vat_id(field: &Field<'_>) -> Result<String, What> {
    let text = text(field)?;
    datev::EuVatId::new(text).map(|_| text.to_owned()).map_err(|_| What::Form(Form::VatId))
}

pub(super) fn cost_centre(field: &Field<'_>) -> Result<String, What> {
    let text = digits(field)?;
    let fits = (1..=LONGEST_COST_CENTRE).contains(&text.len()) && Rule::Words.allows(&text);
    if fits { Ok(text) } else { Err(What::Form(Form::CostCentre)) }
}

pub(super) fn exported_by(field: &Field<'_>) -> Result<String, What> {
    let text = text(field)?;
    let fits = text.len() <= LONGEST_EXPORTED_BY && Rule::Word.allows(text);
    if fits { Ok(text.to_owned()) } else { Err(What::Form(Form::ExportedBy)) }
}

pub(super) fn prefix(field: &Field<'_>) -> Result<String, What> {
    let text = text(field)?;
    let fits = text.len() <= LONGEST_PREFIX && Rule::DocumentNumber.allows(text);
    if fits { Ok(text.to_owned()) } else { Err(What::Form(Form::Prefix)) }
}

pub(super) fn unfit(field: &Field<'_>) -> Result<Unfit, What> {
    one_of(field, &[("replace", Unfit::Replace), ("remove", Unfit::Remove)])
}
