//! Numbers and dates as ASCII, without allocating.

use jiff::civil::Date;

/// Appends a number without leading zeros.
pub(super) fn push_number(out: &mut Vec<u8>, number: u64) {
    let mut digits = [0; 20];
    let start = fill_digits(&mut digits, number);
    out.extend_from_slice(&digits[start..]);
}

/// Appends a number with at least `width` digits.
pub(super) fn push_padded(out: &mut Vec<u8>, number: u64, width: usize) {
    let mut digits = [b'0'; 20];
    let start = fill_digits(&mut digits, number);
    out.extend_from_slice(&digits[start.min(digits.len() - width)..]);
}

/// Appends minor units as `1234,56`.
pub(super) fn push_cents(out: &mut Vec<u8>, minor: u64) {
    push_number(out, minor / 100);
    out.push(b',');
    out.extend_from_slice(&two_digits(minor % 100));
}

/// Appends `DDMM`.
pub(super) fn push_day_month(out: &mut Vec<u8>, date: Date) {
    let [d1, d2] = two_digits(date.day().unsigned_abs().into());
    let [m1, m2] = two_digits(date.month().unsigned_abs().into());
    out.extend_from_slice(&[d1, d2, m1, m2]);
}

/// Appends `YYYY`.
pub(super) fn push_year(out: &mut Vec<u8>, date: Date) {
    push_padded(out, date.year().unsigned_abs().into(), 4);
}

/// Writes the digits at the end of the array and returns where they start; zero has one digit.
fn fill_digits(digits: &mut [u8; 20], mut number: u64) -> usize {
    let mut start = digits.len();
    loop {
        start -= 1;
        digits[start] = digit(number % 10);
        number /= 10;
        if number == 0 {
            return start;
        }
    }
}

fn two_digits(number: u64) -> [u8; 2] {
    [digit(number / 10 % 10), digit(number % 10)]
}

fn digit(number: u64) -> u8 {
    b'0' + u8::try_from(number % 10).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    fn written(write: impl FnOnce(&mut Vec<u8>)) -> String {
        let mut out = Vec::new();
        write(&mut out);
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn numbers_are_written_digit_by_digit() {
        assert_eq!(written(|out| push_number(out, 0)), "0");
        assert_eq!(written(|out| push_number(out, u64::MAX)), u64::MAX.to_string());
        assert_eq!(written(|out| push_padded(out, 7, 3)), "007");
        assert_eq!(written(|out| push_padded(out, 12_345, 3)), "12345");
        assert_eq!(written(|out| push_cents(out, 5)), "0,05");
        assert_eq!(written(|out| push_cents(out, 123_456)), "1234,56");
        assert_eq!(written(|out| push_day_month(out, date(2025, 1, 9))), "0901");
        assert_eq!(written(|out| push_year(out, date(2025, 1, 9))), "2025");
    }
}
