//! Percent-encoding as RFC 3986 has it: everything but `A-Z a-z 0-9 - _ . ~` is encoded, in upper-case hexadecimal.

/// Appends `bytes` to `text`, encoded.
pub fn encode_into(bytes: &[u8], text: &mut String) {
    const DIGITS: &[u8; 16] = b"0123456789ABCDEF";
    for &byte in bytes {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.' | b'~') {
            text.push(char::from(byte));
        } else {
            text.push('%');
            text.push(char::from(DIGITS[usize::from(byte >> 4)]));
            text.push(char::from(DIGITS[usize::from(byte & 0x0F)]));
        }
    }
}

/// `bytes`, encoded.
pub fn encode(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(bytes.len());
    encode_into(bytes, &mut text);
    text
}

/// The bytes that `text` stands for. A `%` without two hexadecimal digits behind it stands for itself, and so does `+`:
/// a space is `%20` in this API.
pub fn decode(text: &str) -> Vec<u8> {
    let mut decoded = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((&first, behind)) = rest.split_first() {
        match (first, behind) {
            (b'%', [high, low, after @ ..]) if high.is_ascii_hexdigit() && low.is_ascii_hexdigit() => {
                decoded.push(hex_digit(*high) << 4 | hex_digit(*low));
                rest = after;
            }
            _ => {
                decoded.push(first);
                rest = behind;
            }
        }
    }
    decoded
}

/// The value of a hexadecimal digit; the caller has checked that it is one.
fn hex_digit(digit: u8) -> u8 {
    match digit {
        b'0'..=b'9' => digit - b'0',
        b'a'..=b'f' => digit - b'a' + 10,
        _ => digit.wrapping_sub(b'A').wrapping_add(10),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_space_an_asterisk_and_a_comma_are_encoded() {
        assert_eq!(encode(b"a b*c,d~e"), "a%20b%2Ac%2Cd~e");
    }

    #[test]
    fn a_percent_sign_without_digits_stands_for_itself() {
        assert_eq!(decode("100%"), b"100%");
        assert_eq!(decode("%4"), b"%4");
        assert_eq!(decode("%zz%41+"), b"%zzA+");
    }

    proptest! {
        #[test]
        fn what_was_encoded_decodes_to_the_same_bytes(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
            prop_assert_eq!(decode(&encode(&bytes)), bytes);
        }
    }
}
