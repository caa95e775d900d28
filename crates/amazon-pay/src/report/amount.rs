use std::fmt;

use super::{Currency, FieldProblem};

/// Amounts are below this many minor units, so that the sums of a row can never overflow.
const MAGNITUDE_LIMIT: i64 = 100_000_000_000_000_000;

/// Reads `0`, `10.00` or `-0.29` into minor units of a currency with that many digits.
///
/// Fewer digits than the currency has are filled with zeros; more are taken only where they are zeros, and
/// never as exactly three (`1.000`), which a reader of another country would take for a thousand.
pub(crate) fn parse(text: &[u8], digits: u32) -> Result<i64, FieldProblem> {
    let (negative, unsigned) = match text {
        [b'-', rest @ ..] => (true, rest),
        rest => (false, rest),
    };
    let mut value: i64 = 0;
    let mut fraction: Option<u32> = None;
    let mut lost = false;
    for byte in unsigned {
        match (byte, fraction) {
            (b'0'..=b'9', Some(taken)) if taken >= digits => {
                lost |= *byte != b'0';
                fraction = Some(taken + 1);
            }
            (b'0'..=b'9', _) => {
                value = push(value, *byte)?;
                fraction = fraction.map(|taken| taken + 1);
            }
            (b'.', None) => fraction = Some(0),
            _ => return Err(why_not(text)),
        }
    }
    let taken = fraction.unwrap_or(0);
    if !unsigned.first().is_some_and(u8::is_ascii_digit) || fraction == Some(0) {
        return Err(why_not(text));
    }
    if lost {
        return Err(FieldProblem::AmountDigits { digits });
    }
    if taken == 3 && digits < 3 {
        return Err(FieldProblem::AmountThousands);
    }
    for _ in taken..digits {
        value = push(value, b'0')?;
    }
    Ok(if negative { -value } else { value })
}

fn push(value: i64, digit: u8) -> Result<i64, FieldProblem> {
    let value = value * 10 + i64::from(digit - b'0');
    if value < MAGNITUDE_LIMIT { Ok(value) } else { Err(FieldProblem::AmountTooLarge) }
}

/// The problem of a text that is no amount, named as precisely as its characters allow.
fn why_not(text: &[u8]) -> FieldProblem {
    let place = |byte: u8| text.iter().position(|found| *found == byte);
    let has = |byte: u8| place(byte).is_some();
    let twice = |byte: u8| place(byte) != text.iter().rposition(|found| *found == byte);
    let digits = text.iter().any(u8::is_ascii_digit);
    if text.is_empty() {
        FieldProblem::Empty
    } else if !digits {
        FieldProblem::Amount
    } else if text.first() == Some(&b'+') {
        FieldProblem::AmountPlus
    } else if has(b',') {
        FieldProblem::AmountComma
    } else if text.iter().all(|byte| b"-.0123456789eE+".contains(byte)) && (has(b'e') || has(b'E')) {
        FieldProblem::AmountExponent
    } else if text.iter().any(|byte| byte.is_ascii_alphabetic() || *byte == b'$' || !byte.is_ascii()) {
        FieldProblem::AmountCurrency
    } else if twice(b'.') || has(b'\'') || has(b' ') {
        FieldProblem::AmountThousands
    } else {
        FieldProblem::Amount
    }
}

/// Minor units written as the reports write them: `-0.29`, always with the currency's digits.
///
/// ```
/// use amazon_pay::report::{AmountText, Currency};
/// assert_eq!(AmountText(-29, Currency::EUR).to_string(), "-0.29");
/// assert_eq!(AmountText(500, Currency::JPY).to_string(), "500");
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AmountText(
    /// Minor units.
    pub i64,
    /// The currency, for its number of digits.
    pub Currency,
);

impl fmt::Display for AmountText {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self(minor, currency) = *self;
        let sign = if minor < 0 { "-" } else { "" };
        let unit = 10_u64.pow(currency.digits());
        let (whole, part) = (minor.unsigned_abs() / unit, minor.unsigned_abs() % unit);
        match currency.digits() {
            0 => write!(f, "{sign}{whole}"),
            2 => write!(f, "{sign}{whole}.{part:02}"),
            3 => write!(f, "{sign}{whole}.{part:03}"),
            _ => write!(f, "{sign}{whole}.{part:04}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{AmountText, MAGNITUDE_LIMIT, parse};
    use crate::report::{Currency, FieldProblem};

    #[test]
    fn amounts_are_read_as_the_reports_write_them() {
        for (text, minor) in
            [("0", 0), ("10.00", 1000), ("-0.29", -29), ("-0.00", 0), ("7", 700), ("7.5", 750), ("0.0000", 0)]
        {
            assert_eq!(parse(text.as_bytes(), 2), Ok(minor), "{text}");
        }
        assert_eq!(parse(b"1500", 0), Ok(1500));
        assert_eq!(parse(b"1500.00", 0), Ok(1500));
        assert_eq!(parse(b"1.500", 3), Ok(1500));
    }

    #[test]
    fn amounts_in_any_other_notation_are_refused_with_its_name() {
        use FieldProblem as P;
        for (text, problem) in [
            ("", P::Empty),
            ("-", P::Amount),
            ("10,00", P::AmountComma),
            ("1.234,56", P::AmountComma),
            ("1,234.56", P::AmountComma),
            ("1.000", P::AmountThousands),
            ("1.234.567", P::AmountThousands),
            ("1 234.56", P::AmountThousands),
            ("+1.00", P::AmountPlus),
            ("1.00 EUR", P::AmountCurrency),
            ("1.00EUR", P::AmountCurrency),
            ("€1.00", P::AmountCurrency),
            ("$1.00", P::AmountCurrency),
            ("1.2E5", P::AmountExponent),
            ("1e+2", P::AmountExponent),
            (".50", P::Amount),
            ("5.", P::Amount),
            ("--5", P::Amount),
            ("(5.00)", P::Amount),
            ("NaN", P::Amount),
            ("1.005", P::AmountDigits { digits: 2 }),
            ("1000000000000000.00", P::AmountTooLarge),
            ("99999999999999999999999999", P::AmountTooLarge),
        ] {
            assert_eq!(parse(text.as_bytes(), 2), Err(problem), "{text}");
        }
        assert_eq!(parse(b"1.5", 0), Err(P::AmountDigits { digits: 0 }));
    }

    proptest! {
        #[test]
        fn what_is_written_is_read_back(
            minor in 1 - MAGNITUDE_LIMIT..MAGNITUDE_LIMIT,
            code in prop::sample::select(vec!["EUR", "JPY", "BHD", "CLF"]),
        ) {
            let currency: Currency = code.parse().expect(code);
            let text = AmountText(minor, currency).to_string();
            prop_assert_eq!(parse(text.as_bytes(), currency.digits()), Ok(minor));
        }

        #[test]
        fn no_bytes_panic(text in prop::collection::vec(any::<u8>(), 0..40), digits in 0_u32..5) {
            if let Ok(minor) = parse(&text, digits) {
                prop_assert!(minor.abs() < MAGNITUDE_LIMIT);
            }
        }
    }
}
