//! Tokens: long random texts that open something. Only their SHA-256 is kept.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use secrecy::{ExposeSecret as _, SecretString};
use sha2::{Digest as _, Sha256};
use store::Machine;
use zeroize::Zeroizing;

const BYTES: usize = 32;

/// A token that is shown or sent once. It cannot be printed by accident.
#[derive(Clone, Debug)]
pub struct Token(SecretString);

impl Token {
    /// A new one, of 256 random bits after a beginning by which it is recognised.
    pub(crate) fn new(machine: &dyn Machine, beginning: &str) -> Self {
        let mut bytes = Zeroizing::new([0_u8; BYTES]);
        machine.fill(bytes.as_mut_slice());
        Self(SecretString::from(format!("{beginning}{}", URL_SAFE_NO_PAD.encode(bytes.as_slice()))))
    }

    /// Takes the text that somebody shows.
    pub fn of(text: &str) -> Self {
        Self(SecretString::from(text))
    }

    /// The text, to be shown or sent once.
    pub fn reveal(&self) -> &str {
        self.0.expose_secret()
    }

    /// Its hash, by which the database knows it. A token is random, so a fast hash is enough.
    pub(crate) fn hash(&self) -> String {
        store::journal::hex(&Sha256::digest(self.0.expose_secret().as_bytes()))
    }
}
