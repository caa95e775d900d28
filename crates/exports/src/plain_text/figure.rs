//! Figures and dates as German accountants write them.

use jiff::civil::Date;
use ledger::calendar::Month;
use ledger::money::Money;
use ledger::rate::Rate;

use super::Language;

/// `1.234,56`, without the currency.
pub(super) fn amount(money: Money) -> String {
    let figure = money.figure(',');
    let (whole, places) = figure.split_at(figure.find(',').unwrap_or(figure.len()));
    let mut grouped = String::with_capacity(figure.len() + 8);
    for (place, digit) in whole.chars().enumerate() {
        let left = whole.len() - place;
        if place > 0 && left.is_multiple_of(3) && !grouped.ends_with('-') {
            grouped.push('.');
        }
        grouped.push(digit);
    }
    grouped.push_str(places);
    grouped
}

/// `1,085000`.
pub(super) fn rate(rate: Rate) -> String {
    let (whole, places) = (rate.millionths() / 1_000_000, rate.millionths() % 1_000_000);
    format!("{whole},{places:06}")
}

/// `30.09.2026`.
pub(super) fn date(date: Date) -> String {
    format!("{:02}.{:02}.{:04}", date.day(), date.month(), date.year())
}

/// `September 2026`.
pub(super) fn month(month: Month, language: Language) -> String {
    let first = month.first();
    let names = language.pick(GERMAN, ENGLISH);
    let name = usize::try_from(first.month() - 1).ok().and_then(|place| names.get(place));
    format!("{} {:04}", name.unwrap_or(&""), first.year())
}

const GERMAN: [&str; 12] = [
    "Januar",
    "Februar",
    "März",
    "April",
    "Mai",
    "Juni",
    "Juli",
    "August",
    "September",
    "Oktober",
    "November",
    "Dezember",
];
const ENGLISH: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

#[cfg(test)]
mod tests {
    use super::*;
    use ledger::money::Currency;

    fn shown(minor: i64, code: &str) -> String {
        amount(Money::new(minor, Currency::parse(code).unwrap()))
    }

    #[test]
    fn thousands_are_grouped_and_cents_follow_a_comma() {
        assert_eq!(shown(29, "EUR"), "0,29");
        assert_eq!(shown(12_345, "EUR"), "123,45");
        assert_eq!(shown(123_456, "EUR"), "1.234,56");
        assert_eq!(shown(-12_345_600, "EUR"), "-123.456,00");
        assert_eq!(shown(1_234_567, "JPY"), "1.234.567");
        assert_eq!(shown(1_234_567, "KWD"), "1.234,567");
        assert_eq!(shown(i64::MIN, "EUR"), "-92.233.720.368.547.758,08");
    }

    #[test]
    fn rates_have_six_places_and_dates_the_day_first() {
        assert_eq!(rate(Rate::parse("1.085").unwrap()), "1,085000");
        assert_eq!(rate(Rate::parse("0.00617").unwrap()), "0,006170");
        assert_eq!(date(jiff::civil::date(2026, 9, 3)), "03.09.2026");
        let march = Month::of(jiff::civil::date(2026, 3, 31));
        assert_eq!(month(march, Language::German), "März 2026");
        assert_eq!(month(march, Language::English), "March 2026");
    }
}
