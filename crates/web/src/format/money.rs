//! Amounts: `1.234,56 €` and `€1,234.56`, with a real minus sign.

use app::Language;
use ledger::money::{Currency, Money};

use super::{Given, MINUS, NO_BREAK, number::grouped};
use crate::text::Words;

impl Words {
    /// An amount with its sign and currency: `−3.108,45 €`, `−€3,108.45`; a currency without a sign of its own by its
    /// code: `12,00 CHF`, `CHF 12.00`.
    pub fn money(&self, money: impl Given<Money>) -> String {
        let money = money.given();
        let sign = sign(money);
        let figure = self.unsigned(money);
        let code = money.currency();
        match (self.language(), symbol(code)) {
            (Language::De, Some(symbol)) => format!("{sign}{figure}{NO_BREAK}{symbol}"),
            (Language::De, None) => format!("{sign}{figure}{NO_BREAK}{code}"),
            (Language::En, Some(symbol)) => format!("{sign}{symbol}{figure}"),
            (Language::En, None) => format!("{sign}{code}{NO_BREAK}{figure}"),
        }
    }

    /// The figure alone, with its sign: for columns whose head names the currency.
    pub fn figure(&self, money: impl Given<Money>) -> String {
        let money = money.given();
        format!("{}{}", sign(money), self.unsigned(money))
    }

    /// Whole units in short, for the scale of a picture: `20 T€`, `€20k`; below a thousand in full.
    pub fn scale(&self, money: impl Given<Money>) -> String {
        let money = money.given();
        let unit = 10_u64.pow(money.currency().decimals());
        let whole = money.minor().unsigned_abs() / unit;
        let sign = sign(money);
        let currency = money.currency();
        let symbol = symbol(currency).unwrap_or(currency.code());
        let (short, german, english) = match whole {
            0 => return "0".to_owned(),
            1_000_000.. if whole.is_multiple_of(100_000) => (tenths(whole, 1_000_000, self), "Mio.", "m"),
            1_000.. if whole.is_multiple_of(100) => (tenths(whole, 1_000, self), "T", "k"),
            _ => (self.number(whole), "", ""),
        };
        match self.language() {
            Language::De => {
                let gap = if german == "Mio." { NO_BREAK.to_string() } else { String::new() };
                format!("{sign}{short}{NO_BREAK}{german}{gap}{symbol}")
            }
            Language::En => format!("{sign}{symbol}{short}{english}"),
        }
    }

    fn unsigned(&self, money: Money) -> String {
        let (group, mark) = self.pick(('.', ','), (',', '.'));
        let digits = money.minor().unsigned_abs();
        let places = money.currency().decimals();
        if places == 0 {
            return grouped(digits, group);
        }
        let unit = 10_u64.pow(places);
        let width = usize::try_from(places).unwrap_or(2);
        format!("{}{mark}{:0width$}", grouped(digits / unit, group), digits % unit)
    }
}

fn tenths(whole: u64, unit: u64, words: &Words) -> String {
    let tenths = whole / (unit / 10);
    match tenths % 10 {
        0 => words.number(tenths / 10),
        rest => format!("{}{}{rest}", words.number(tenths / 10), words.pick(',', '.')),
    }
}

fn sign(money: Money) -> &'static str {
    if money.is_negative() { MINUS } else { "" }
}

fn symbol(currency: Currency) -> Option<&'static str> {
    match currency.code() {
        "EUR" => Some("€"),
        "GBP" => Some("£"),
        "USD" => Some("$"),
        "JPY" => Some("¥"),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use ledger::money::{Currency, Money};

    use crate::sample::{english, german};

    fn money(minor: i64, code: &str) -> Money {
        Money::new(minor, Currency::parse(code).unwrap())
    }

    #[test]
    fn an_amount_is_written_as_in_each_country() {
        assert_eq!(german().money(money(123_456, "EUR")), "1.234,56\u{a0}€");
        assert_eq!(english().money(money(123_456, "EUR")), "€1,234.56");
        assert_eq!(german().money(money(-29, "EUR")), "−0,29\u{a0}€");
        assert_eq!(english().money(money(-310_845, "EUR")), "−€3,108.45");
        assert_eq!(german().money(money(1_200, "CHF")), "12,00\u{a0}CHF");
        assert_eq!(english().money(money(1_200, "CHF")), "CHF\u{a0}12.00");
        assert_eq!(english().money(money(5_000, "JPY")), "¥5,000");
        assert_eq!(german().figure(money(i64::MIN, "EUR")), "−92.233.720.368.547.758,08");
    }

    #[test]
    fn a_scale_is_short() {
        assert_eq!(german().scale(money(2_000_000, "EUR")), "20\u{a0}T€");
        assert_eq!(english().scale(money(250_000, "EUR")), "€2.5k");
        assert_eq!(german().scale(money(150_000_000, "EUR")), "1,5\u{a0}Mio.\u{a0}€");
        assert_eq!(german().scale(money(50_000, "EUR")), "500\u{a0}€");
        assert_eq!(german().scale(money(0, "EUR")), "0");
    }
}
