//! The vault: seals secrets (private keys, secrets of the second factor, passwords of mail servers) before they touch
//! the database.
//!
//! A sealed value is AES-256-GCM (NIST SP 800-38D) under a master key that lives outside the database:
//!
//! ```text
//! 1 byte version | 8 bytes id of the master key | 12 bytes nonce | ciphertext and 16 bytes tag
//! ```
//!
//! The associated data name column, row and client ([`Place`]), so that a value carried to another row does not open.
//! Nonces are random: 2³² values under one key are safe, and a house seals some hundred.
//!
//! Every column that holds sealed values has a line in [`SEALED_COLUMNS`], by which [`reseal`] finds it.

mod error;
mod key;
mod source;
mod sweep;

use std::fmt;
use std::sync::{Arc, PoisonError, RwLock};

use aws_lc_rs::aead::{AES_256_GCM, Aad, LessSafeKey, NONCE_LEN, Nonce, UnboundKey};
use secrecy::{ExposeSecret as _, SecretSlice};
use zeroize::Zeroizing;

use crate::Machine;
use crate::id::ClientId;

pub use error::VaultError;
pub use key::MasterKey;
pub use source::{ENVIRONMENT, Source};
pub use sweep::{SEALED_COLUMNS, SealedColumn, fits, forget, is_sealed, prove, reseal};

const VERSION: u8 = 1;
const HEAD: usize = 1 + key::ID_LEN + NONCE_LEN;

/// Where a sealed value stands; it opens nowhere else.
#[derive(Clone, Copy, Debug)]
pub struct Place<'a> {
    /// Table and column: `connection.private_key_sealed`.
    pub column: &'static str,
    /// The row's identifier.
    pub id: &'a str,
    /// The client whose it is; none for what belongs to the house or to a user.
    pub client: Option<&'a ClientId>,
}

impl Place<'_> {
    fn associated(&self) -> Vec<u8> {
        let client = self.client.map_or("", ClientId::as_str);
        format!("kontor\0{}\0{}\0{client}", self.column, self.id).into_bytes()
    }
}

/// The master keys of a house. Cheap to clone; prints nothing of them.
#[derive(Clone)]
pub struct Vault {
    inner: Arc<Inner>,
}

struct Inner {
    source: Source,
    /// The first seals; all open.
    keys: RwLock<Vec<MasterKey>>,
}

impl fmt::Debug for Vault {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Vault").field("source", &self.inner.source).finish_non_exhaustive()
    }
}

impl Vault {
    /// Opens the vault with the keys of a source.
    pub fn open_source(source: Source) -> Result<Self, VaultError> {
        let keys = source.read()?;
        Ok(Self { inner: Arc::new(Inner { source, keys: RwLock::new(keys) }) })
    }

    /// A vault whose key is made now and lives only in memory: for tests, and for what is thrown away.
    pub fn in_memory(machine: &dyn Machine) -> Self {
        let keys = vec![MasterKey::new(machine)];
        Self { inner: Arc::new(Inner { source: Source::Memory, keys: RwLock::new(keys) }) }
    }

    /// Where its keys come from.
    pub fn source(&self) -> &Source {
        &self.inner.source
    }

    /// Seals a secret for a place. The source is read again, so that a program that has run since before a rotation
    /// seals under the new key.
    pub fn seal(
        &self,
        machine: &dyn Machine,
        place: Place<'_>,
        secret: &[u8],
    ) -> Result<Vec<u8>, VaultError> {
        self.read_again()?;
        let keys = self.inner.keys.read().unwrap_or_else(PoisonError::into_inner);
        let key = keys.first().ok_or(VaultError::NoKey)?;
        let mut nonce = [0_u8; NONCE_LEN];
        machine.fill(&mut nonce);
        let mut ciphertext = secret.to_vec();
        cipher(key)?
            .seal_in_place_append_tag(
                Nonce::assume_unique_for_key(nonce),
                Aad::from(place.associated()),
                &mut ciphertext,
            )
            .map_err(|_| VaultError::Cipher)?;
        let mut sealed = Vec::with_capacity(HEAD + ciphertext.len());
        sealed.push(VERSION);
        sealed.extend_from_slice(&key.id());
        sealed.extend_from_slice(&nonce);
        sealed.extend_from_slice(&ciphertext);
        Ok(sealed)
    }

    /// Opens what was sealed for the same place.
    pub fn open(&self, place: Place<'_>, sealed: &[u8]) -> Result<SecretSlice<u8>, VaultError> {
        let (head, ciphertext) =
            sealed.split_at_checked(HEAD).ok_or(VaultError::Damaged { column: place.column })?;
        let (version, head) = head.split_at(1);
        let (id, nonce) = head.split_at(key::ID_LEN);
        if version != [VERSION] {
            return Err(VaultError::Damaged { column: place.column });
        }
        if !self.knows(id) {
            self.read_again()?;
        }
        let keys = self.inner.keys.read().unwrap_or_else(PoisonError::into_inner);
        let key = keys.iter().find(|key| key.id() == id).ok_or_else(|| VaultError::OtherKey {
            sealed_under: crate::journal::hex(id),
            source_of_keys: self.inner.source.to_string(),
        })?;
        let damaged = || VaultError::Damaged { column: place.column };
        let nonce = Nonce::try_assume_unique_for_key(nonce).map_err(|_| damaged())?;
        let mut bytes = Zeroizing::new(ciphertext.to_vec());
        let opened = cipher(key)?
            .open_in_place(nonce, Aad::from(place.associated()), &mut bytes)
            .map_err(|_| damaged())?;
        Ok(SecretSlice::from(opened.to_vec()))
    }

    /// Is the value sealed under the key that seals now?
    pub fn is_current(&self, sealed: &[u8]) -> bool {
        let keys = self.inner.keys.read().unwrap_or_else(PoisonError::into_inner);
        let id = sealed.get(1..=key::ID_LEN);
        keys.first().is_some_and(|key| Some(key.id().as_slice()) == id)
    }

    /// Puts a new key before the others; from now on it seals. Refused where the keys are not in a file.
    pub fn add_key(&self, machine: &dyn Machine) -> Result<(), VaultError> {
        let Source::File(path) = &self.inner.source else { return Err(VaultError::NotAFile) };
        let mut keys = source::read_file(path)?;
        keys.insert(0, MasterKey::new(machine));
        source::write_file(path, &keys)?;
        *self.inner.keys.write().unwrap_or_else(PoisonError::into_inner) = keys;
        Ok(())
    }

    /// Takes all keys but the first out of the file.
    pub fn drop_old_keys(&self) -> Result<(), VaultError> {
        let Source::File(path) = &self.inner.source else { return Err(VaultError::NotAFile) };
        let mut keys = source::read_file(path)?;
        keys.truncate(1);
        source::write_file(path, &keys)?;
        *self.inner.keys.write().unwrap_or_else(PoisonError::into_inner) = keys;
        Ok(())
    }

    fn knows(&self, id: &[u8]) -> bool {
        let keys = self.inner.keys.read().unwrap_or_else(PoisonError::into_inner);
        keys.iter().any(|key| key.id() == id)
    }

    fn read_again(&self) -> Result<(), VaultError> {
        if let Source::File(path) = &self.inner.source {
            let keys = source::read_file(path)?;
            *self.inner.keys.write().unwrap_or_else(PoisonError::into_inner) = keys;
        }
        Ok(())
    }
}

fn cipher(key: &MasterKey) -> Result<LessSafeKey, VaultError> {
    let key = UnboundKey::new(&AES_256_GCM, key.bytes().expose_secret()).map_err(|_| VaultError::Cipher)?;
    Ok(LessSafeKey::new(key))
}
