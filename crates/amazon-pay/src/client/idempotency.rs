use std::fmt;
use std::str::FromStr;

use rand::Rng;

/// Marks a request that makes something, so that sending it twice makes one: the same key and body give the first result
/// again, the same key with another body is an error (Amazon Pay API v2, "Idempotency").
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct IdempotencyKey(String);

/// A key has 1 to 32 characters of `A-Z a-z 0-9 _ -`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("an idempotency key has 1 to 32 letters, digits, hyphens and underscores")]
pub struct NotAnIdempotencyKey;

impl IdempotencyKey {
    /// A new key of 32 hexadecimal digits.
    pub fn random(rng: &mut impl Rng) -> Self {
        Self(format!("{:016x}{:016x}", rng.next_u64(), rng.next_u64()))
    }

    /// The key as it is sent.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for IdempotencyKey {
    type Err = NotAnIdempotencyKey;

    fn from_str(text: &str) -> Result<Self, NotAnIdempotencyKey> {
        let is_possible = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_');
        if (1..=32).contains(&text.len()) && text.bytes().all(is_possible) {
            Ok(Self(text.to_owned()))
        } else {
            Err(NotAnIdempotencyKey)
        }
    }
}

impl fmt::Display for IdempotencyKey {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use rand::SeedableRng as _;
    use rand::rngs::SmallRng;

    use super::*;

    #[test]
    fn a_key_has_at_most_32_plain_characters() {
        let key = IdempotencyKey::random(&mut SmallRng::seed_from_u64(1));
        assert_eq!(key.as_str().parse(), Ok(key.clone()));
        assert_eq!(key.as_str().len(), 32);
        for text in ["", "a b", "ä", &"a".repeat(33)] {
            assert_eq!(text.parse::<IdempotencyKey>(), Err(NotAnIdempotencyKey), "{text}");
        }
    }
}
