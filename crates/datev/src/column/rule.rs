//! What may stand in a field, as typed classes instead of expressions.

/// The characters and the form that a field admits. An empty field is not the rule's business.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rule {
    /// Nothing may stand here.
    Nothing,
    /// Any text without control characters.
    Text,
    /// ASCII letters, digits and `_`.
    Word,
    /// ASCII letters, digits, `_` and blanks.
    Words,
    /// ASCII letters, digits, blanks and `_ . - /`: the label of a batch.
    Label,
    /// `A-Z a-z 0-9 $ & % * + - /`: document numbers. The published expression admits `_`, the description does not.
    DocumentNumber,
    /// Exactly so many capital letters A to Z.
    Capitals(u8),
    /// One of these values.
    OneOf(&'static [&'static str]),
    /// So many digits.
    Digits {
        /// At least so many.
        least: u16,
        /// At most so many.
        most: u16,
    },
    /// A number with a decimal comma and without sign.
    Decimal {
        /// At most so many digits before the comma.
        digits: u16,
        /// At least so many after it; none means that the comma may be missing as well.
        decimals_least: u8,
        /// At most so many after it.
        decimals_most: u8,
    },
    /// `DDMM`.
    DayMonth,
    /// `DDMMYYYY` of this century.
    DayMonthYear,
    /// `YYYYMMDD` of this century.
    YearMonthDay,
    /// `YYYY` of this century.
    Year,
    /// `YYYYMMDDHHMMSSFFF` of this century.
    Instant,
}

impl Rule {
    /// Whether `text` (unquoted, not empty) has the form of this rule. Lengths of texts are the column's business.
    pub fn allows(self, text: &str) -> bool {
        let bytes = text.as_bytes();
        match self {
            Self::Nothing => false,
            Self::Text => !text.chars().any(char::is_control),
            Self::Word => bytes.iter().all(|&byte| is_word(byte)),
            Self::Words => bytes.iter().all(|&byte| is_word(byte) || byte == b' '),
            Self::Label => bytes.iter().all(|&byte| is_word(byte) || b" .-/".contains(&byte)),
            Self::DocumentNumber => bytes.iter().all(|&byte| is_document_number(byte)),
            Self::Capitals(count) => {
                bytes.len() == usize::from(count) && bytes.iter().all(u8::is_ascii_uppercase)
            }
            Self::OneOf(values) => values.contains(&text),
            Self::Digits { least, most } => {
                (usize::from(least)..=usize::from(most)).contains(&bytes.len()) && all_digits(bytes)
            }
            Self::Decimal { digits, decimals_least, decimals_most } => {
                is_decimal(bytes, digits.into(), decimals_least.into(), decimals_most.into())
            }
            Self::DayMonth => bytes.len() == 4 && is_day(&bytes[..2]) && is_month(&bytes[2..]),
            Self::DayMonthYear => {
                bytes.len() == 8 && is_day(&bytes[..2]) && is_month(&bytes[2..4]) && is_year(&bytes[4..])
            }
            Self::YearMonthDay => bytes.len() == 8 && is_year_month_day(bytes),
            Self::Year => is_year(bytes),
            Self::Instant => bytes.len() == 17 && is_year_month_day(&bytes[..8]) && is_clock(&bytes[8..]),
        }
    }
}

/// A character of a document number (DATEV developer portal, booking-batch, field 11).
pub(crate) const fn is_document_number(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'$' | b'&' | b'%' | b'*' | b'+' | b'-' | b'/')
}

fn is_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'_'
}

fn all_digits(bytes: &[u8]) -> bool {
    bytes.iter().all(u8::is_ascii_digit)
}

fn is_decimal(bytes: &[u8], digits: usize, decimals_least: usize, decimals_most: usize) -> bool {
    let comma = bytes.iter().position(|&byte| byte == b',');
    let (whole, decimals) = match comma {
        Some(at) => (&bytes[..at], &bytes[at + 1..]),
        None => (bytes, &bytes[bytes.len()..]),
    };
    (1..=digits).contains(&whole.len())
        && (decimals_least..=decimals_most).contains(&decimals.len())
        && comma.is_some() != decimals.is_empty()
        && all_digits(whole)
        && all_digits(decimals)
}

fn two_digits(bytes: &[u8]) -> Option<u8> {
    match bytes {
        [tens @ b'0'..=b'9', ones @ b'0'..=b'9'] => Some((tens - b'0') * 10 + (ones - b'0')),
        _ => None,
    }
}

fn is_day(bytes: &[u8]) -> bool {
    two_digits(bytes).is_some_and(|day| (1..=31).contains(&day))
}

fn is_month(bytes: &[u8]) -> bool {
    two_digits(bytes).is_some_and(|month| (1..=12).contains(&month))
}

fn is_year(bytes: &[u8]) -> bool {
    bytes.len() == 4 && bytes.starts_with(b"20") && all_digits(bytes)
}

fn is_year_month_day(bytes: &[u8]) -> bool {
    is_year(&bytes[..4]) && is_month(&bytes[4..6]) && is_day(&bytes[6..])
}

fn is_clock(bytes: &[u8]) -> bool {
    two_digits(&bytes[..2]).is_some_and(|hour| hour < 24)
        && two_digits(&bytes[2..4]).is_some_and(|minute| minute < 60)
        && two_digits(&bytes[4..6]).is_some_and(|second| second < 60)
        && all_digits(&bytes[6..])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_decimal_has_its_digits_and_its_comma() {
        let amount = Rule::Decimal { digits: 10, decimals_least: 2, decimals_most: 2 };
        for good in ["0,00", "1234567890,12", "7,05"] {
            assert!(amount.allows(good), "{good}");
        }
        for bad in ["12345678901,00", "1,0", "1,000", "1.00", "-1,00", "1", ",50", "1,", "1,5a"] {
            assert!(!amount.allows(bad), "{bad}");
        }
        let rate = Rule::Decimal { digits: 2, decimals_least: 0, decimals_most: 2 };
        assert!(rate.allows("19") && rate.allows("19,5") && rate.allows("07,00"));
        assert!(!rate.allows("19,") && !rate.allows("119") && !rate.allows("19,123"));
    }

    #[test]
    fn dates_have_their_form() {
        assert!(
            Rule::DayMonth.allows("3112") && !Rule::DayMonth.allows("3213") && !Rule::DayMonth.allows("112")
        );
        assert!(Rule::DayMonthYear.allows("31122025") && !Rule::DayMonthYear.allows("31121999"));
        assert!(Rule::YearMonthDay.allows("20251231") && !Rule::YearMonthDay.allows("31122025"));
        assert!(Rule::Instant.allows("20251103101500123") && !Rule::Instant.allows("20251103241500123"));
    }

    #[test]
    fn a_document_number_has_no_underscore_and_no_umlaut() {
        assert!(Rule::DocumentNumber.allows("S02-1234567/$&%*+"));
        for bad in ["A_1", "ä", "A 1", "A;1", "A.1"] {
            assert!(!Rule::DocumentNumber.allows(bad), "{bad}");
        }
    }
}
