//! Values out of the texts of fields.

use jiff::civil::Date;

/// A number with a decimal comma in its smallest unit of `decimals`; fewer decimals are filled up, more are refused.
pub(crate) fn units(text: &str, decimals: u8) -> Option<u64> {
    let (whole, fraction) = text.split_once(',').unwrap_or((text, ""));
    let is_number =
        !whole.is_empty() && whole.bytes().chain(fraction.bytes()).all(|byte| byte.is_ascii_digit());
    let missing = usize::from(decimals).checked_sub(fraction.len())?;
    if !is_number || (text.contains(',') && fraction.is_empty()) {
        return None;
    }
    let mut units: u64 = 0;
    for digit in whole.bytes().chain(fraction.bytes()).chain(std::iter::repeat_n(b'0', missing)) {
        units = units.checked_mul(10)?.checked_add(u64::from(digit - b'0'))?;
    }
    Some(units)
}

/// Day and month out of `DDMM`.
pub(crate) fn day_month(text: &str) -> Option<(i8, i8)> {
    let is_form = text.len() == 4 && text.bytes().all(|byte| byte.is_ascii_digit());
    if !is_form {
        return None;
    }
    Some((text[..2].parse().ok()?, text[2..].parse().ok()?))
}

/// A date out of `DDMMYYYY`.
pub(crate) fn day_month_year(text: &str) -> Option<Date> {
    let is_form = text.len() == 8 && text.bytes().all(|byte| byte.is_ascii_digit());
    if !is_form {
        return None;
    }
    Date::new(text[4..].parse().ok()?, text[2..4].parse().ok()?, text[..2].parse().ok()?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_read_into_their_smallest_unit() {
        assert_eq!(units("1234,56", 2), Some(123_456));
        assert_eq!(units("64083", 2), Some(6_408_300));
        assert_eq!(units("0,83", 6), Some(830_000));
        for bad in ["", ",5", "1,", "1,234", "1.00", "-1,00", "1 000,00", "99999999999999999999,00"] {
            assert_eq!(units(bad, 2), None, "{bad}");
        }
    }

    #[test]
    fn a_day_has_four_digits() {
        assert_eq!(day_month("0110"), Some((1, 10)));
        for bad in ["110", "1.10", "01102025", "ä10"] {
            assert_eq!(day_month(bad), None, "{bad}");
        }
    }
}
