//! A master key: 32 random bytes, written as 64 hexadecimal digits.

use std::fmt;

use aws_lc_rs::digest::{SHA256, digest};
use secrecy::{ExposeSecret as _, SecretBox, SecretString};
use zeroize::Zeroizing;

use crate::Machine;
use crate::journal::hex;

pub(super) const ID_LEN: usize = 8;
const KEY_LEN: usize = 32;

/// A key that seals everything. It prints its id only.
pub struct MasterKey(SecretBox<[u8; KEY_LEN]>);

impl MasterKey {
    /// A new one.
    pub fn new(machine: &dyn Machine) -> Self {
        Self(SecretBox::init_with_mut(|bytes: &mut [u8; KEY_LEN]| machine.fill(bytes)))
    }

    /// Takes 64 hexadecimal digits.
    pub fn parse(text: &str) -> Option<Self> {
        let digits: Zeroizing<Vec<u8>> = Zeroizing::new(
            text.chars()
                .map(|digit| digit.to_digit(16).and_then(|digit| u8::try_from(digit).ok()))
                .collect::<Option<_>>()?,
        );
        if digits.len() != 2 * KEY_LEN {
            return None;
        }
        Some(Self(SecretBox::init_with_mut(|bytes: &mut [u8; KEY_LEN]| {
            for (byte, pair) in bytes.iter_mut().zip(digits.chunks_exact(2)) {
                *byte = pair.iter().fold(0, |byte, digit| byte << 4 | digit);
            }
        })))
    }

    /// The text for the file.
    pub(super) fn text(&self) -> SecretString {
        SecretString::from(hex(self.0.expose_secret()))
    }

    /// By which sealed values say under which key they lie: the first bytes of a hash, which tells nothing of the key.
    pub(super) fn id(&self) -> [u8; ID_LEN] {
        let mut input = Zeroizing::new(b"kontor master key ".to_vec());
        input.extend_from_slice(self.0.expose_secret());
        let hash = digest(&SHA256, &input);
        let mut id = [0; ID_LEN];
        for (byte, from) in id.iter_mut().zip(hash.as_ref()) {
            *byte = *from;
        }
        id
    }

    pub(super) fn bytes(&self) -> &SecretBox<[u8; KEY_LEN]> {
        &self.0
    }
}

impl fmt::Debug for MasterKey {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "MasterKey({})", hex(&self.id()))
    }
}
