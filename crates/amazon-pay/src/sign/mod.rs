//! Signing and verifying requests with `AMZN-PAY-RSASSA-PSS` and `AMZN-PAY-RSASSA-PSS-V2`.
//!
//! Source: Amazon Pay API v2, "Signing requests". The request becomes a canonical text, its SHA-256 stands in the
//! string to sign, and the signature over that is carried in the `authorization` header.

mod authorization;
mod canonical;
mod outgoing;
pub mod percent;
mod received;

use aws_lc_rs::digest;

pub use authorization::{Authorization, AuthorizationError};
pub use canonical::{canonical_path, canonical_query, canonical_query_of_pairs, canonical_request};
pub use outgoing::OutgoingRequest;
pub use received::{ReceivedRequest, RefusedSignature};

/// The headers that every request must send and sign, in the order in which they are signed
/// (Amazon Pay API v2, "Signing requests").
pub const REQUIRED_HEADERS: [&str; 5] =
    ["accept", "content-type", "x-amz-pay-date", "x-amz-pay-host", "x-amz-pay-region"];

/// How a request is signed; the two differ in the length of the salt only.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Algorithm {
    /// `AMZN-PAY-RSASSA-PSS`: 20 bytes of salt. The official SDKs use it where nothing is configured.
    V1,
    /// `AMZN-PAY-RSASSA-PSS-V2`: 32 bytes of salt. Recommended by Amazon and what this client sends.
    V2,
}

impl Algorithm {
    /// The name as it stands in the string to sign and in the `authorization` header.
    pub const fn name(self) -> &'static str {
        match self {
            Self::V1 => "AMZN-PAY-RSASSA-PSS",
            Self::V2 => "AMZN-PAY-RSASSA-PSS-V2",
        }
    }

    /// The algorithm with exactly this name.
    pub fn of_name(name: &str) -> Option<Self> {
        [Self::V1, Self::V2].into_iter().find(|algorithm| algorithm.name() == name)
    }
}

/// The text that is signed: the algorithm's name, a line feed, and the SHA-256 of the canonical request in lower-case
/// hexadecimal.
pub fn string_to_sign(algorithm: Algorithm, canonical_request: &str) -> String {
    format!("{}\n{}", algorithm.name(), sha256_hex(canonical_request.as_bytes()))
}

/// SHA-256 of `bytes` in lower-case hexadecimal, as the canonical request wants it of the body.
pub fn sha256_hex(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    let digest = digest::digest(&digest::SHA256, bytes);
    let mut hex = String::with_capacity(2 * digest.as_ref().len());
    for byte in digest.as_ref() {
        for nibble in [byte >> 4, byte & 0x0F] {
            hex.push(char::from(DIGITS[usize::from(nibble)]));
        }
    }
    hex
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_empty_body_has_the_hash_that_amazon_prints() {
        assert_eq!(sha256_hex(b""), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    }

    #[test]
    fn an_algorithm_is_found_by_its_exact_name_only() {
        assert_eq!(Algorithm::of_name("AMZN-PAY-RSASSA-PSS"), Some(Algorithm::V1));
        assert_eq!(Algorithm::of_name("AMZN-PAY-RSASSA-PSS-V2"), Some(Algorithm::V2));
        assert_eq!(Algorithm::of_name("amzn-pay-rsassa-pss-v2"), None);
    }
}
