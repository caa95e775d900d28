//! Amounts as people type them.

/// An amount in hundredths: `1.234,56`, `1,234.56`, `119`, `−5,9 €`. None where it is none.
pub(super) fn hundredths(text: &str) -> Option<i64> {
    let bare: String = text
        .chars()
        .filter(|letter| !letter.is_whitespace() && !"€$£'\u{a0}".contains(*letter))
        .map(|letter| if letter == '\u{2212}' { '-' } else { letter })
        .collect();
    let (is_negative, digits) = match bare.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, bare.strip_prefix('+').unwrap_or(&bare)),
    };
    // The last mark parts the cents where at most two digits follow; others part thousands.
    let cents_at = digits.rfind([',', '.']).filter(|at| (1..=2).contains(&(digits.len() - at - 1)));
    let (whole, cents) = match cents_at {
        Some(at) => (digits.get(..at)?, digits.get(at + 1..)?),
        None => (digits, ""),
    };
    let whole: String = whole.chars().filter(|letter| !matches!(letter, '.' | ',')).collect();
    let is_number = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    if whole.is_empty() || !is_number(&whole) || !is_number(cents) {
        return None;
    }
    let minor: i64 = format!("{whole}{cents:0<2}").parse().ok()?;
    Some(if is_negative { -minor } else { minor })
}

#[cfg(test)]
mod tests {
    use super::hundredths;

    #[test]
    fn an_amount_is_read_as_either_country_writes_it() {
        for (text, minor) in [
            ("1.234,56", 123_456),
            ("1,234.56 €", 123_456),
            ("119", 11_900),
            ("5,9", 590),
            ("−0,29", -29),
            ("1.234.567", 123_456_700),
            ("+12.00", 1_200),
        ] {
            assert_eq!(hundredths(text), Some(minor), "{text}");
        }
        for text in ["", "x", "12a", "-", "S02-1", "1,2,3x", "99999999999999999999"] {
            assert_eq!(hundredths(text), None, "{text}");
        }
    }
}
