//! `[[rate]]`: exchange rates of a day or of a month.

use std::collections::BTreeMap;

use jiff::civil::Date;
use ledger::calendar::Month;
use ledger::money::Currency;
use ledger::rate::{Rates, SourcedRate};

use super::document::{Field, Problems, Section};
use super::problem::{Form, Need, What};
use super::values;

pub(super) const NAME: &str = "[[rate]]";

/// The keys of `[[rate]]`.
pub(super) const KEYS: &[&str] = &["currency", "day", "month", "rate", "source"];

/// A rate for each day of seven years in five currencies is less than this.
const MOST: usize = 20_000;

/// For which days a rate holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Span {
    Day(Date),
    Month(Month),
}

/// Reads all rates.
pub(super) fn read(root: &Section<'_>, base: Option<Currency>, problems: &mut Problems<'_>) -> Rates {
    let mut rates = Rates::default();
    let mut lines: BTreeMap<(Currency, Span), usize> = BTreeMap::new();
    for section in root.sections("rate", NAME, MOST, problems) {
        let Some((currency, span, rate)) = rate(&section, base, problems) else { continue };
        let line = problems.position(section.span.start).line;
        if let Some(first_line) = lines.insert((currency, span), line) {
            problems.add_at(problems.position(section.span.start), NAME, What::Twice { first_line });
        }
        match span {
            Span::Day(day) => rates.set_day(currency, day, rate),
            Span::Month(month) => rates.set_month(currency, month, rate),
        };
    }
    rates
}

fn rate(
    section: &Section<'_>,
    base: Option<Currency>,
    problems: &mut Problems<'_>,
) -> Option<(Currency, Span, SourcedRate)> {
    section.refuse_unknown(KEYS, problems);
    let currency = section.need("currency", Need::Currency, problems, |field| {
        let currency = values::currency(field)?;
        if Some(currency) == base { Err(What::OwnCurrency) } else { Ok(currency) }
    });
    let rate = section.need("rate", Need::Rate, problems, values::exchange_rate);
    let source = section.need("source", Need::Source, problems, values::words);
    let span = span(section, problems);
    Some((currency?, span?, SourcedRate { rate: rate?, source: source? }))
}

fn span(section: &Section<'_>, problems: &mut Problems<'_>) -> Option<Span> {
    if section.field("day").is_some() == section.field("month").is_some() {
        problems.add_at(problems.position(section.span.start), NAME, What::DayOrMonth);
        return None;
    }
    let day = section.take("day", problems, values::day).map(Span::Day);
    day.or_else(|| section.take("month", problems, month).map(Span::Month))
}

/// A month such as `2026-10`.
fn month(field: &Field<'_>) -> Result<Month, What> {
    let text = values::text(field)?;
    let parts = text.split_once('-').filter(|(year, month)| year.len() == 4 && month.len() == 2);
    let number = |part: &str| {
        part.bytes().all(|byte| byte.is_ascii_digit()).then(|| part.parse::<i16>().ok()).flatten()
    };
    let first = parts.and_then(|(year, month)| {
        let month = i8::try_from(number(month)?).ok()?;
        Date::new(number(year)?, month, 1).ok()
    });
    values::within(first.ok_or(What::Form(Form::Month))?, 2099).map(Month::of)
}
