//! The key that verifies.

use std::fmt;

use aws_lc_rs::encoding::{AsDer as _, PublicKeyX509Der};
use aws_lc_rs::rsa::KeyPair;
use aws_lc_rs::signature::{KeyPair as _, ParsedPublicKey, RSA_PSS_2048_8192_SHA256, RsaPssSaltLength};

use super::{KeyError, pem};
use crate::sign::Algorithm;

/// The public half of a merchant's key pair. Cloning is cheap; verifying does not read the key anew.
#[derive(Clone)]
pub struct PublicKey {
    with_salt_of_20: ParsedPublicKey,
    with_salt_of_32: ParsedPublicKey,
}

/// A signature does not belong to the text and the key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the signature does not belong to this text and this key")]
pub struct NotSigned;

impl PublicKey {
    /// The public half of `pair`.
    pub(super) fn of(pair: &KeyPair) -> Result<Self, KeyError> {
        let salt_of_20 =
            &const { RSA_PSS_2048_8192_SHA256.with_pss_salt_length(RsaPssSaltLength::Custom(20)) };
        let read = |algorithm| {
            ParsedPublicKey::new(algorithm, pair.public_key())
                .map_err(|_rejected| KeyError::Damaged { detail: "its public half cannot be read" })
        };
        Ok(Self { with_salt_of_20: read(salt_of_20)?, with_salt_of_32: read(&RSA_PSS_2048_8192_SHA256)? })
    }

    /// Verifies that the private half signed `text` with `algorithm`.
    ///
    /// # Errors
    /// [`NotSigned`] where it did not.
    pub fn verify(&self, algorithm: Algorithm, text: &[u8], signature: &[u8]) -> Result<(), NotSigned> {
        let key = match algorithm {
            Algorithm::V1 => &self.with_salt_of_20,
            Algorithm::V2 => &self.with_salt_of_32,
        };
        key.verify_sig(text, signature).map_err(|_unspecified| NotSigned)
    }

    /// The key as PEM (`BEGIN PUBLIC KEY`), for other tools to verify with.
    ///
    /// # Errors
    /// [`KeyError::Damaged`] where the machine has no memory left for it.
    pub fn to_pem(&self) -> Result<String, KeyError> {
        let document: PublicKeyX509Der<'_> = self
            .with_salt_of_32
            .as_der()
            .map_err(|_failed| KeyError::Damaged { detail: "its public half cannot be written" })?;
        Ok(pem::written("PUBLIC KEY", document.as_ref()).to_string())
    }
}

/// Shows nothing, so that a log never has to tell public from private.
impl fmt::Debug for PublicKey {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("PublicKey(hidden)")
    }
}
