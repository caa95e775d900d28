//! Whole numbers, shares, sizes.

use app::Language;

use super::{Given, NO_BREAK};
use crate::text::Words;

const UNITS: [(u64, &str); 4] =
    [(1_000_000_000_000, "TB"), (1_000_000_000, "GB"), (1_000_000, "MB"), (1_000, "kB")];

impl Words {
    /// A count with its thousands apart: `1.874`, `1,874`.
    pub fn number(&self, count: impl Given<u64>) -> String {
        grouped(count.given(), self.pick('.', ','))
    }

    /// A share in hundredths of a percent: 220 is `2,20 %` or `2.20%`.
    pub fn share(&self, hundredths: impl Given<i64>) -> String {
        let hundredths = hundredths.given();
        let sign = if hundredths < 0 { super::MINUS } else { "" };
        let (whole, part) = (hundredths.unsigned_abs() / 100, hundredths.unsigned_abs() % 100);
        match self.language() {
            Language::De => format!("{sign}{},{part:02}{NO_BREAK}%", self.number(whole)),
            Language::En => format!("{sign}{}.{part:02}%", self.number(whole)),
        }
    }

    /// A size in bytes, rounded down to tenths of a decimal unit: `1,4 MB`.
    pub fn size(&self, bytes: impl Given<u64>) -> String {
        let bytes = bytes.given();
        let mark = self.pick(',', '.');
        for (unit, name) in UNITS {
            if bytes >= unit {
                let tenths = bytes / (unit / 10);
                return format!("{}{mark}{}{NO_BREAK}{name}", self.number(tenths / 10), tenths % 10);
            }
        }
        format!("{bytes}{NO_BREAK}{}", self.pick("Byte", "bytes"))
    }
}

/// Digits in groups of three.
pub(crate) fn grouped(number: u64, mark: char) -> String {
    let digits = number.to_string();
    let mut text = String::with_capacity(digits.len() * 4 / 3);
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            text.push(mark);
        }
        text.push(digit);
    }
    text
}

#[cfg(test)]
mod tests {
    use crate::sample::{english, german};

    #[test]
    fn thousands_stand_apart() {
        assert_eq!(german().number(0_u64), "0");
        assert_eq!(german().number(999_u64), "999");
        assert_eq!(german().number(1_874_u64), "1.874");
        assert_eq!(english().number(1_234_567_u64), "1,234,567");
    }

    #[test]
    fn a_share_has_two_places() {
        assert_eq!(german().share(220_i64), "2,20\u{a0}%");
        assert_eq!(english().share(-7_i64), "\u{2212}0.07%");
    }

    #[test]
    fn a_size_is_told_in_its_unit() {
        assert_eq!(german().size(999_u64), "999\u{a0}Byte");
        assert_eq!(german().size(1_449_000_u64), "1,4\u{a0}MB");
        assert_eq!(english().size(12_000_u64), "12.0\u{a0}kB");
    }
}
