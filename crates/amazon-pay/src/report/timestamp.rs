use jiff::Timestamp;

/// Reads `2015-10-01T07:06:47 -0700`, with or without the space, with `Z`, `±hhmm` or `±hh:mm`, into an instant.
/// A date without an offset is no instant and is not taken.
pub(super) fn parse(text: &[u8]) -> Option<Timestamp> {
    let (civil, offset) = text.split_at_checked(19)?;
    let [y1, y2, y3, y4, b'-', m1, m2, b'-', d1, d2, b'T', h1, h2, b':', n1, n2, b':', s1, s2] = civil else {
        return None;
    };
    let year = number([*y1, *y2])? * 100 + number([*y3, *y4])?;
    let (month, day) = (number([*m1, *m2])?, number([*d1, *d2])?);
    let (hour, minute, second) = (number([*h1, *h2])?, number([*n1, *n2])?, number([*s1, *s2])?);
    if !(1..=12).contains(&month) || !(1..=days_in(year, month)).contains(&day) {
        return None;
    }
    if hour > 23 || minute > 59 || second > 59 {
        return None;
    }
    let local = days_since_1970(year, month, day) * 86_400 + hour * 3_600 + minute * 60 + second;
    Timestamp::from_second(local - offset_seconds(offset)?).ok()
}

/// The offset from UTC in seconds, east positive.
fn offset_seconds(text: &[u8]) -> Option<i64> {
    let text = text.strip_prefix(b" ").unwrap_or(text);
    let (sign, hours, minutes) = match text {
        [b'Z'] => return Some(0),
        [sign, h1, h2, m1, m2] | [sign, h1, h2, b':', m1, m2] => {
            (sign, number([*h1, *h2])?, number([*m1, *m2])?)
        }
        _ => return None,
    };
    let seconds = hours * 3_600 + minutes * 60;
    match sign {
        _ if hours > 18 || minutes > 59 => None,
        b'+' => Some(seconds),
        b'-' => Some(-seconds),
        _ => None,
    }
}

fn number([tens, ones]: [u8; 2]) -> Option<i64> {
    let digit = |byte: u8| byte.is_ascii_digit().then(|| i64::from(byte - b'0'));
    Some(digit(tens)? * 10 + digit(ones)?)
}

fn is_leap(year: i64) -> bool {
    year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
}

fn days_in(year: i64, month: i64) -> i64 {
    match month {
        2 => 28 + i64::from(is_leap(year)),
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

/// Days between 1 January 1970 and that day of the Gregorian calendar. Years are counted from March, so that
/// the leap day comes last: the months of such a year have 153 days in every five.
fn days_since_1970(year: i64, month: i64, day: i64) -> i64 {
    let (year, month) = if month > 2 { (year, month - 3) } else { (year - 1, month + 9) };
    let leap_days = year.div_euclid(4) - year.div_euclid(100) + year.div_euclid(400);
    year * 365 + leap_days + (153 * month + 2) / 5 + day - 1 - 719_468
}

#[cfg(test)]
mod tests {
    use jiff::Timestamp;
    use jiff::civil::date;
    use jiff::tz::{Offset, TimeZone};
    use proptest::prelude::*;

    use super::parse;

    fn instant(text: &str) -> Timestamp {
        text.parse().expect(text)
    }

    #[test]
    fn every_form_of_the_same_instant_is_read() {
        let expected = instant("2015-10-01T14:06:47Z");
        for text in [
            "2015-10-01T07:06:47 -0700",
            "2015-10-01T07:06:47-0700",
            "2015-10-01T07:06:47-07:00",
            "2015-10-01T07:06:47 -07:00",
            "2015-10-01T14:06:47Z",
            "2015-10-01T14:06:47 Z",
            "2015-10-01T14:06:47 +0000",
            "2015-10-01T14:06:47-0000",
            "2015-10-01T16:06:47 +0200",
        ] {
            assert_eq!(parse(text.as_bytes()), Some(expected), "{text}");
        }
    }

    #[test]
    fn anything_else_is_not_an_instant() {
        for text in [
            "",
            "2015-10-01",
            "2015-10-01T07:06:47",
            "2015-10-01 07:06:47 -0700",
            "01.10.2015T07:06:47 -0700",
            "2015-02-29T07:06:47Z",
            "2015-13-01T07:06:47Z",
            "2015-00-01T07:06:47Z",
            "2015-01-00T07:06:47Z",
            "2015-10-01T24:00:00Z",
            "2015-10-01T23:59:60Z",
            "2015-10-01T07:06:47 -07",
            "2015-10-01T07:06:47  -0700",
            "2015-10-01T07:06:47 -0760",
            "2015-10-01T07:06:47 -1900",
            "2015-10-01T07:06:47 PST",
            "2015-10-01T07:06:47Z ",
            "2O15-10-01T07:06:47Z",
        ] {
            assert_eq!(parse(text.as_bytes()), None, "{text}");
        }
    }

    proptest! {
        #[test]
        fn every_day_agrees_with_the_calendar_of_jiff(
            year in 1_i16..=9998, month in 1_i8..=12, day in 1_i8..=28, second in 0_i32..86_400, quarters in -72_i32..=72,
        ) {
            let offset = Offset::from_seconds(quarters * 900).expect("within a day");
            let civil = date(year, month, day).at(0, 0, 0, 0)
                .checked_add(jiff::Span::new().seconds(second)).expect("in range");
            let expected = civil.to_zoned(TimeZone::fixed(offset)).expect("in range").timestamp();
            let text = format!("{civil} {}{:02}{:02}",
                if quarters < 0 { '-' } else { '+' }, quarters.abs() / 4, quarters.abs() % 4 * 15);
            prop_assert_eq!(parse(text.as_bytes()), Some(expected));
        }

        #[test]
        fn no_bytes_panic(text in prop::collection::vec(any::<u8>(), 0..40)) {
            let _ = parse(&text);
        }
    }
}
