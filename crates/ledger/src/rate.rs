//! Exchange rates by day, and what an amount is in the currency of the books.

use std::collections::BTreeMap;

use jiff::civil::Date;

use crate::calendar::Month;
use crate::money::{Currency, Money};

/// How many foreign units one unit of the books' currency costs, in millionths (DATEV, booking batch, field 4).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Rate(u64);

impl Rate {
    /// The millionths of one.
    const ONE: u64 = 1_000_000;

    /// Takes a rate in millionths: 1.085000 USD for a euro is 1085000. At most five digits stand before the point.
    pub fn from_millionths(millionths: u64) -> Option<Self> {
        (1..100_000 * Self::ONE).contains(&millionths).then_some(Self(millionths))
    }

    /// Reads `1.0850` or `1,0850`: at most five digits before and six after the mark.
    pub fn parse(text: &str) -> Option<Self> {
        let (whole, places) = text.split_once(['.', ',']).unwrap_or((text, ""));
        let digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
        if whole.is_empty() || whole.len() > 5 || places.len() > 6 || !digits(whole) || !digits(places) {
            return None;
        }
        let whole: u64 = whole.parse().ok()?;
        let fraction: u64 = format!("{places:0<6}").parse().ok()?;
        Self::from_millionths(whole * Self::ONE + fraction)
    }

    /// The rate that two amounts of one settlement imply: foreign divided by base, to six places, half up.
    pub fn between(foreign: Money, base: Money) -> Option<Self> {
        let foreign_units = i128::from(foreign.minor()) * scale(base.currency());
        let base_units = i128::from(base.minor()) * scale(foreign.currency());
        let millionths = divide_half_up(foreign_units.checked_mul(i128::from(Self::ONE))?, base_units)?;
        Self::from_millionths(u64::try_from(millionths).ok()?)
    }

    /// The millionths of the rate.
    pub fn millionths(self) -> u64 {
        self.0
    }

    /// A foreign amount in the currency of the books, rounded half up to its minor unit. None if it does not fit.
    pub fn convert(self, foreign: Money, base: Currency) -> Option<Money> {
        let numerator = i128::from(foreign.minor()) * i128::from(Self::ONE) * scale(base);
        let minor = divide_half_up(numerator, i128::from(self.0) * scale(foreign.currency()))?;
        Some(Money::new(i64::try_from(minor).ok()?, base))
    }
}

fn scale(currency: Currency) -> i128 {
    10_i128.pow(currency.decimals())
}

/// Rounds half away from zero, as merchants do.
fn divide_half_up(numerator: i128, divisor: i128) -> Option<i128> {
    if divisor <= 0 {
        return None;
    }
    let half = divisor / 2;
    Some(if numerator < 0 { -((-numerator + half) / divisor) } else { (numerator + half) / divisor })
}

/// A rate with the place it was taken from, which the proof names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SourcedRate {
    /// The rate.
    pub rate: Rate,
    /// Where it comes from, for example `EZB` or `BMF Monatskurs`.
    pub source: String,
}

/// The rates of a client: by day, or by month where the tax office's monthly rates are used (§ 16 (6) UStG).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Rates {
    days: BTreeMap<(Currency, Date), SourcedRate>,
    months: BTreeMap<(Currency, Month), SourcedRate>,
}

impl Rates {
    /// Sets the rate of one day. The rate set before, if any, is given back.
    pub fn set_day(&mut self, currency: Currency, day: Date, rate: SourcedRate) -> Option<SourcedRate> {
        self.days.insert((currency, day), rate)
    }

    /// Sets the rate of all days of a month that have none of their own. The rate set before is given back.
    pub fn set_month(&mut self, currency: Currency, month: Month, rate: SourcedRate) -> Option<SourcedRate> {
        self.months.insert((currency, month), rate)
    }

    /// The rate of a day, or none: a missing rate is never guessed.
    pub fn on(&self, currency: Currency, day: Date) -> Option<&SourcedRate> {
        self.days.get(&(currency, day)).or_else(|| self.months.get(&(currency, Month::of(day))))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    fn money(minor: i64, code: &str) -> Money {
        Money::new(minor, Currency::parse(code).unwrap())
    }

    #[test]
    fn the_samples_of_the_format_convert_as_printed() {
        // DATEV's sample batch: GBP 102,80 at 0,830000 is 123,86 EUR; CHF 2685,69 at 1,076000 is 2495,99.
        let rate = |text| Rate::parse(text).unwrap();
        assert_eq!(rate("0.83").convert(money(10_280, "GBP"), Currency::EUR), Some(money(12_386, "EUR")));
        assert_eq!(rate("1,076").convert(money(268_569, "CHF"), Currency::EUR), Some(money(249_599, "EUR")));
        assert_eq!(rate("1.240402"), Rate::from_millionths(1_240_402).unwrap());
    }

    #[test]
    fn the_yen_has_no_cents() {
        let rate = Rate::parse("160").unwrap();
        assert_eq!(rate.convert(money(1_600, "JPY"), Currency::EUR), Some(money(1_000, "EUR")));
        assert_eq!(Rate::between(money(1_600, "JPY"), money(1_000, "EUR")), Some(rate));
    }

    #[test]
    fn a_negative_amount_rounds_like_its_positive_twin() {
        let rate = Rate::parse("1.085").unwrap();
        let there = rate.convert(money(35, "USD"), Currency::EUR).unwrap();
        let back = rate.convert(money(-35, "USD"), Currency::EUR).unwrap();
        assert_eq!(there.minor(), -back.minor());
    }

    #[test]
    fn what_is_no_rate_is_refused() {
        for wrong in ["", "0", "0.0000001", "1.2.3", "-1", "123456", "1e3", ".5"] {
            assert_eq!(Rate::parse(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn a_day_goes_before_its_month_and_a_missing_day_has_none() {
        let usd = Currency::parse("USD").unwrap();
        let rate = |text: &str| SourcedRate { rate: Rate::parse(text).unwrap(), source: "EZB".into() };
        let mut rates = Rates::default();
        rates.set_month(usd, Month::of(date(2026, 10, 1)), rate("1.1"));
        rates.set_day(usd, date(2026, 10, 5), rate("1.2"));
        assert_eq!(rates.on(usd, date(2026, 10, 5)), Some(&rate("1.2")));
        assert_eq!(rates.on(usd, date(2026, 10, 6)), Some(&rate("1.1")));
        assert_eq!(rates.on(usd, date(2026, 11, 6)), None);
    }
}
