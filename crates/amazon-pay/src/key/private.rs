//! The key that signs.

use std::fmt;

use aws_lc_rs::encoding::{AsDer as _, Pkcs8V1Der};
use aws_lc_rs::rand::SystemRandom;
use aws_lc_rs::rsa::{KeyPair, KeySize};
use aws_lc_rs::signature::{RSA_PSS_SHA256, RsaPssSaltLength};
use secrecy::SecretString;
use zeroize::Zeroizing;

use super::{KeyError, PublicKey, der, pem};
use crate::sign::Algorithm;

/// The merchant's private RSA key. It cannot be printed; its bytes leave it only by [`PrivateKey::to_pem`].
pub struct PrivateKey {
    pair: KeyPair,
    public: PublicKey,
}

/// The library refused to sign, which a key that was read cannot cause.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the request could not be signed")]
pub struct SigningFailed;

impl PrivateKey {
    /// Reads a key file: PKCS#8 (`BEGIN PRIVATE KEY`) or PKCS#1 (`BEGIN RSA PRIVATE KEY`) in PEM, as a file's bytes or as
    /// somebody pasted it. Line ends, text around it, a byte order mark and blanks do not matter.
    ///
    /// # Errors
    /// [`KeyError`] says in a sentence what the text is instead.
    pub fn from_pem(text: &[u8]) -> Result<Self, KeyError> {
        let document = pem::private_key_document(text)?;
        let key = der::rsa_private_key(&document)?;
        let pair = KeyPair::from_der(key)
            .map_err(|_rejected| KeyError::Damaged { detail: "its numbers do not fit together" })?;
        Self::of(pair)
    }

    /// A new key of 2048 bits, as Seller Central makes them; for tests and for the simulator.
    ///
    /// # Errors
    /// [`KeyError::NotGenerated`] where the operating system has no randomness.
    pub fn generate() -> Result<Self, KeyError> {
        Self::of(KeyPair::generate(KeySize::Rsa2048).map_err(|_failed| KeyError::NotGenerated)?)
    }

    fn of(pair: KeyPair) -> Result<Self, KeyError> {
        let public = PublicKey::of(&pair)?;
        Ok(Self { pair, public })
    }

    /// The key as PEM in PKCS#8.
    ///
    /// # Errors
    /// [`KeyError::NotGenerated`] where the machine has no memory left for it.
    pub fn to_pem(&self) -> Result<SecretString, KeyError> {
        let document: Pkcs8V1Der<'_> = self.pair.as_der().map_err(|_failed| KeyError::NotGenerated)?;
        let text: Zeroizing<String> = pem::written("PRIVATE KEY", document.as_ref());
        Ok(SecretString::from(text.as_str()))
    }

    /// The other half of the pair.
    pub fn public_key(&self) -> &PublicKey {
        &self.public
    }

    /// Signs a text: RSASSA-PSS over SHA-256 with MGF1 over SHA-256 and the salt of `algorithm`. Each call gives another
    /// signature, as long as the modulus (256 bytes for a key of 2048 bits).
    ///
    /// # Errors
    /// [`SigningFailed`] where the machine has no randomness or memory.
    pub fn sign(&self, algorithm: Algorithm, text: &[u8]) -> Result<Vec<u8>, SigningFailed> {
        let encoding = match algorithm {
            Algorithm::V1 => &const { RSA_PSS_SHA256.with_pss_salt_length(RsaPssSaltLength::Custom(20)) },
            Algorithm::V2 => &RSA_PSS_SHA256,
        };
        let mut signature = vec![0; self.pair.public_modulus_len()];
        self.pair
            .sign(encoding, &SystemRandom::new(), text, &mut signature)
            .map_err(|_unspecified| SigningFailed)?;
        Ok(signature)
    }
}

/// Shows nothing.
impl fmt::Debug for PrivateKey {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("PrivateKey(hidden)")
    }
}
