//! As much DER as telling one private key from another needs: which kind it is, and how long an RSA modulus is.

use super::KeyError;

const INTEGER: u8 = 0x02;
const OCTET_STRING: u8 = 0x04;
const OBJECT_IDENTIFIER: u8 = 0x06;
const SEQUENCE: u8 = 0x30;

/// rsaEncryption, 1.2.840.113549.1.1.1 (RFC 8017, appendix C).
const RSA: &[u8] = &[0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 0x01, 0x01, 0x01];
/// id-RSASSA-PSS, 1.2.840.113549.1.1.10: an RSA key that may be used for PSS only, which is what it is for here.
const RSA_PSS: &[u8] = &[0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 0x01, 0x01, 0x0A];
/// id-ecPublicKey, 1.2.840.10045.2.1 (RFC 5480).
const ELLIPTIC_CURVE: &[u8] = &[0x2A, 0x86, 0x48, 0xCE, 0x3D, 0x02, 0x01];
/// id-Ed25519, 1.3.101.112 (RFC 8410).
const ED25519: &[u8] = &[0x2B, 0x65, 0x70];

/// The RSAPrivateKey (RFC 8017, A.1.2) in a PKCS#8 or PKCS#1 document, told apart by what is in it and not by what the
/// PEM line calls it. Its modulus has between 2048 and 8192 bits.
pub(super) fn rsa_private_key(document: &[u8]) -> Result<&[u8], KeyError> {
    let mut key = Reader(document).expect(SEQUENCE)?;
    key.expect(INTEGER)?;
    match key.0.first() {
        Some(&INTEGER) => checked_length(document, key),
        Some(&SEQUENCE) => {
            let algorithm = key.expect(SEQUENCE)?.expect(OBJECT_IDENTIFIER)?.0;
            match algorithm {
                RSA | RSA_PSS => {
                    let inner = key.expect(OCTET_STRING)?.0;
                    let mut numbers = Reader(inner).expect(SEQUENCE)?;
                    numbers.expect(INTEGER)?;
                    checked_length(inner, numbers)
                }
                ELLIPTIC_CURVE => Err(KeyError::EllipticCurve),
                ED25519 => Err(KeyError::Ed25519),
                _ => Err(KeyError::OtherAlgorithm),
            }
        }
        // ECPrivateKey (RFC 5915) has the secret itself here.
        Some(&OCTET_STRING) => Err(KeyError::EllipticCurve),
        _ => Err(KeyError::Damaged { detail: "it does not hold an RSA key" }),
    }
}

/// `key`, if the modulus, the next of its `numbers`, has a possible length.
fn checked_length<'a>(key: &'a [u8], mut numbers: Reader<'_>) -> Result<&'a [u8], KeyError> {
    let modulus = numbers.expect(INTEGER)?.0;
    let leading_zeros = modulus.iter().take_while(|byte| **byte == 0).count();
    let significant = &modulus[leading_zeros..];
    let unused_bits =
        significant.first().map_or(0, |byte| usize::try_from(byte.leading_zeros()).unwrap_or(0));
    match significant.len() * 8 - unused_bits {
        bits @ ..2048 => Err(KeyError::TooShort { bits }),
        bits @ 8193.. => Err(KeyError::TooLong { bits }),
        _ => Ok(key),
    }
}

/// Reads one element after the other.
struct Reader<'a>(&'a [u8]);

impl Reader<'_> {
    /// The content of the next element, which must have this tag.
    fn expect(&mut self, tag: u8) -> Result<Self, KeyError> {
        let malformed = KeyError::Damaged { detail: "its inner structure is not that of a key" };
        let (&found, rest) = self.0.split_first().ok_or(KeyError::Truncated)?;
        if found != tag {
            return Err(malformed);
        }
        let (&first, mut rest) = rest.split_first().ok_or(KeyError::Truncated)?;
        let length = if first < 0x80 {
            usize::from(first)
        } else {
            // Two bytes of length reach to 64 KiB, more than the text may have.
            let count = usize::from(first & 0x7F);
            if !(1..=2).contains(&count) {
                return Err(malformed);
            }
            let (digits, after) = rest.split_at_checked(count).ok_or(KeyError::Truncated)?;
            rest = after;
            digits.iter().fold(0, |length, digit| length << 8 | usize::from(*digit))
        };
        let (content, after) = rest.split_at_checked(length).ok_or(KeyError::Truncated)?;
        self.0 = after;
        Ok(Self(content))
    }
}
