//! Time-based one-time passwords (RFC 6238) with what all apps take: HMAC-SHA-1, six digits, 30 seconds.

use aws_lc_rs::hmac::{HMAC_SHA1_FOR_LEGACY_USE_ONLY, Key, sign};
use jiff::Timestamp;

/// Bytes of a secret: the length of the hash, as RFC 4226 advises.
pub const SECRET_BYTES: usize = 20;
const STEP_SECONDS: i64 = 30;
const MODULUS: u32 = 1_000_000;
/// Steps before and after the present one whose code is taken too, for clocks that are off.
const TOLERANCE: i64 = 1;
const ALPHABET: &[u8; 32] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

/// The step of an instant.
pub fn step(at: Timestamp) -> i64 {
    at.as_second().div_euclid(STEP_SECONDS)
}

/// The code of a step.
pub fn code(secret: &[u8], step: i64) -> String {
    // SHA-1 is broken for signatures, not as an HMAC, and most apps know nothing else.
    let key = Key::new(HMAC_SHA1_FOR_LEGACY_USE_ONLY, secret);
    let tag = sign(&key, &step.to_be_bytes());
    let tag = tag.as_ref();
    let offset = tag.last().map_or(0, |byte| usize::from(byte & 0x0f));
    let number = tag.iter().skip(offset).take(4).fold(0_u32, |number, byte| number << 8 | u32::from(*byte));
    format!("{:06}", (number & 0x7fff_ffff) % MODULUS)
}

/// The step near an instant whose code was given; blanks in it do not count.
pub fn step_of(secret: &[u8], given: &str, at: Timestamp) -> Option<i64> {
    let given: String = given.chars().filter(|character| !character.is_whitespace()).collect();
    let now = step(at);
    (now - TOLERANCE..=now + TOLERANCE).find(|step| {
        aws_lc_rs::constant_time::verify_slices_are_equal(code(secret, *step).as_bytes(), given.as_bytes())
            .is_ok()
    })
}

/// A secret in Base32 (RFC 4648 without padding), as apps take it.
pub fn base32(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(bytes.len() * 8 / 5 + 1);
    let (mut held, mut bits) = (0_u32, 0_u32);
    for byte in bytes {
        held = held << 8 | u32::from(*byte);
        bits += 8;
        while bits >= 5 {
            bits -= 5;
            push(&mut text, held >> bits);
        }
        held &= (1 << bits) - 1;
    }
    if bits > 0 {
        push(&mut text, held << (5 - bits));
    }
    text
}

fn push(text: &mut String, five_bits: u32) {
    let place = usize::try_from(five_bits & 31).unwrap_or(0);
    text.extend(ALPHABET.get(place).map(|letter| char::from(*letter)));
}

#[cfg(test)]
mod tests {
    use super::*;

    /// RFC 6238, appendix B, the last six of the eight digits.
    #[test]
    fn the_codes_are_those_of_the_standard() {
        let secret = b"12345678901234567890";
        let published = [
            (59, "287082"),
            (1_111_111_109, "081804"),
            (1_111_111_111, "050471"),
            (1_234_567_890, "005924"),
            (2_000_000_000, "279037"),
            (20_000_000_000, "353130"),
        ];
        for (second, expected) in published {
            let at = Timestamp::from_second(second).unwrap();
            assert_eq!(code(secret, step(at)), expected);
            assert_eq!(step_of(secret, expected, at), Some(step(at)));
        }
    }

    #[test]
    fn a_clock_may_be_off_by_one_step_and_not_by_two() {
        let (secret, at) = (b"12345678901234567890", Timestamp::from_second(1_764_000_000).unwrap());
        let now = step(at);
        for (off, taken) in [(-2, false), (-1, true), (0, true), (1, true), (2, false)] {
            assert_eq!(step_of(secret, &code(secret, now + off), at).is_some(), taken, "{off}");
        }
        assert_eq!(step_of(secret, "", at), None);
        let right = code(secret, now);
        let (first, last) = right.split_at(3);
        assert_eq!(step_of(secret, &format!("{first} {last}"), at), Some(now));
    }

    /// RFC 4648, section 10.
    #[test]
    fn base32_is_that_of_the_standard() {
        let published = [("", ""), ("f", "MY"), ("fo", "MZXQ"), ("foo", "MZXW6"), ("foob", "MZXW6YQ")];
        for (bytes, text) in published.into_iter().chain([("fooba", "MZXW6YTB"), ("foobar", "MZXW6YTBOI")]) {
            assert_eq!(base32(bytes.as_bytes()), text);
        }
    }
}
