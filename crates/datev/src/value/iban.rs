//! Bank accounts.

/// Whether a text is an IBAN with right check digits (ISO 13616), blanks left aside.
pub fn is_iban(text: &str) -> bool {
    let compact: Vec<u8> = text.bytes().filter(|&byte| byte != b' ').collect();
    let is_form = (15..=34).contains(&compact.len())
        && compact[..2].iter().all(u8::is_ascii_uppercase)
        && compact[2..4].iter().all(u8::is_ascii_digit)
        && compact.iter().all(u8::is_ascii_alphanumeric);
    is_form && remainder(&compact) == 1
}

/// The number with country and check digits at its end, letters as 10 to 35, modulo 97.
fn remainder(compact: &[u8]) -> u32 {
    let (head, tail) = compact.split_at(4);
    tail.iter().chain(head).fold(0, |remainder, &byte| match char::from(byte).to_digit(36) {
        Some(value) if value > 9 => (remainder * 100 + value) % 97,
        Some(value) => (remainder * 10 + value) % 97,
        None => remainder,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_check_digits_must_be_right() {
        assert!(is_iban("DE89370400440532013000"));
        assert!(is_iban("DE89 3704 0044 0532 0130 00"));
        assert!(!is_iban("DE88370400440532013000"));
        assert!(!is_iban("DE") && !is_iban("") && !is_iban("DE89-37040044053201300"));
    }
}
