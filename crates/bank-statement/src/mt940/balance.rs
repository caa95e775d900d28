//! `:60F:C261031EUR1234,56`: a balance with its day.

use jiff::civil::Date;

use super::fields::Field;
use crate::error::{Problem, ReadError, Wanted, shortened};
use crate::money::{Amount, AmountError, Currency};
use crate::statement::Balance;

/// Reads a balance. `F` in the tag is the first or final one, `M` one between two pages.
pub(super) fn read(field: &Field<'_>) -> Result<Balance, ReadError> {
    let text = field.value();
    let unclear = |wanted| field.refuse(Problem::Value { found: shortened(text), wanted });
    let (Some(mark), Some(day), Some(code), Some(figure)) =
        (text.get(..1), text.get(1..7), text.get(7..10), text.get(10..))
    else {
        return Err(unclear(Wanted::BalanceLine));
    };
    let negative = match mark {
        "C" => false,
        "D" => true,
        _ => return Err(unclear(Wanted::BalanceLine)),
    };
    let date = short_date(day).ok_or_else(|| unclear(Wanted::ShortDate))?;
    let currency = Currency::parse(code).ok_or_else(|| unclear(Wanted::Currency))?;
    let amount = amount(field, 10, figure, currency)?;
    let amount = if negative { amount.negated() } else { amount };
    Ok(Balance { line: field.line, date, amount, intermediate: field.tag.ends_with('M') })
}

/// An amount at a place of the field.
pub(super) fn amount(
    field: &Field<'_>,
    offset: usize,
    figure: &str,
    currency: Currency,
) -> Result<Amount, ReadError> {
    Amount::parse(figure, ',', currency).map_err(|error| {
        let found = shortened(figure);
        let problem = match error {
            AmountError::NotANumber => Problem::Value { found, wanted: Wanted::Amount(',') },
            AmountError::Places(currency) => Problem::Places { found, currency },
            AmountError::TooLarge => Problem::SumTooLarge,
        };
        field.refuse_at(offset, problem)
    })
}

/// `YYMMDD`. Statements are younger than 1980.
pub(super) fn short_date(text: &str) -> Option<Date> {
    let digits = |from: usize| -> Option<i8> {
        let pair = text.get(from..from.checked_add(2)?)?;
        pair.bytes().all(|byte| byte.is_ascii_digit()).then(|| pair.parse().ok()).flatten()
    };
    let year = i16::from(digits(0)?);
    let year = if year < 80 { 2000 + year } else { 1900 + year };
    Date::new(year, digits(2)?, digits(4)?).ok().filter(|_| text.len() == 6)
}
