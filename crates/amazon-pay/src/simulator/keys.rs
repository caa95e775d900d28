//! The key pairs that Seller Central would have made, and who may use them.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::{Arc, PoisonError, RwLock};

use secrecy::{ExposeSecret as _, SecretString};

use super::letters::Letters;
use super::merchant::Merchant;
use crate::key::{Environment, KeyError, PrivateKey, PublicKey, PublicKeyId};

/// More keys than this are not made.
const MOST_KEYS: usize = 1_000;

/// What a merchant needs to sign requests: the Public Key ID and the private key, as Seller Central hands them out once.
#[derive(Clone)]
pub struct Credentials {
    merchant_id: String,
    public_key_id: PublicKeyId,
    pem: SecretString,
}

impl Credentials {
    /// The merchant, as the settlement reports name it.
    pub fn merchant_id(&self) -> &str {
        &self.merchant_id
    }

    /// The id under which the simulator knows the key.
    pub fn public_key_id(&self) -> &PublicKeyId {
        &self.public_key_id
    }

    /// The private key in PEM (PKCS#8).
    pub fn pem(&self) -> &str {
        self.pem.expose_secret()
    }
}

/// Shows everything but the private key.
impl fmt::Debug for Credentials {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Credentials")
            .field("merchant_id", &self.merchant_id)
            .field("public_key_id", &self.public_key_id)
            .finish_non_exhaustive()
    }
}

/// A new key could not be made.
#[derive(Debug, thiserror::Error)]
pub enum NewKeyError {
    /// There are too many already.
    #[error("there are {MOST_KEYS} keys already; revoke some and start the simulator anew")]
    TooMany,
    /// The machine refused.
    #[error(transparent)]
    Key(#[from] KeyError),
}

/// A key as the control page lists it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ListedKey {
    /// Its id.
    pub public_key_id: PublicKeyId,
    /// Whether requests that it signed are refused.
    pub revoked: bool,
}

#[derive(Debug, Clone)]
pub(super) struct KnownKey {
    pub(super) public: PublicKey,
    /// The environment to which the key is bound; older keys are bound to none.
    pub(super) environment: Option<Environment>,
    /// Whose key it is.
    pub(super) merchant: Arc<Merchant>,
    revoked: bool,
}

/// All keys by id.
#[derive(Debug, Default)]
pub(super) struct Keys {
    known: RwLock<BTreeMap<String, KnownKey>>,
}

impl Keys {
    /// Makes a key bound to an environment, or one of the older kind that is bound to none.
    pub(super) fn make(
        &self,
        merchant: &Arc<Merchant>,
        environment: Option<Environment>,
        letters: &mut Letters,
    ) -> Result<Credentials, NewKeyError> {
        let prefix = match environment {
            Some(Environment::Live) => "LIVE-",
            Some(Environment::Sandbox) => "SANDBOX-",
            None => "",
        };
        let id: PublicKeyId =
            format!("{prefix}A{}", letters.upper(23)).parse().map_err(|_error| KeyError::NotGenerated)?;
        self.add(merchant, id, &PrivateKey::generate()?)
    }

    /// Takes a key that exists.
    pub(super) fn add(
        &self,
        merchant: &Arc<Merchant>,
        id: PublicKeyId,
        key: &PrivateKey,
    ) -> Result<Credentials, NewKeyError> {
        let known = KnownKey {
            public: key.public_key().clone(),
            environment: id.environment(),
            merchant: Arc::clone(merchant),
            revoked: false,
        };
        let pem = key.to_pem()?;
        let mut keys = self.known.write().unwrap_or_else(PoisonError::into_inner);
        if keys.len() >= MOST_KEYS {
            return Err(NewKeyError::TooMany);
        }
        keys.insert(id.as_str().to_owned(), known);
        Ok(Credentials { merchant_id: merchant.id.clone(), public_key_id: id, pem })
    }

    /// The key with this id, if it is not revoked.
    pub(super) fn usable(&self, id: &str) -> Option<KnownKey> {
        let keys = self.known.read().unwrap_or_else(PoisonError::into_inner);
        keys.get(id).filter(|key| !key.revoked).cloned()
    }

    /// Refuses the key from now on; `false` where there is none.
    pub(super) fn revoke(&self, id: &str) -> bool {
        let mut keys = self.known.write().unwrap_or_else(PoisonError::into_inner);
        keys.get_mut(id).map(|key| key.revoked = true).is_some()
    }

    /// The keys of a merchant, by id.
    pub(super) fn list(&self, merchant: &Merchant) -> Vec<ListedKey> {
        let keys = self.known.read().unwrap_or_else(PoisonError::into_inner);
        let listed = |(id, key): (&String, &KnownKey)| {
            Some(ListedKey { public_key_id: id.parse().ok()?, revoked: key.revoked })
        };
        keys.iter().filter(|(_, key)| key.merchant.id == merchant.id).filter_map(listed).collect()
    }
}
