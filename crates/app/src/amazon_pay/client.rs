//! A client of the API for one connection.

use amazon_pay::client::{Client, Region};
use amazon_pay::key::{Environment, PrivateKey, PublicKeyId};
use rand::SeedableRng as _;
use rand_chacha::ChaCha8Rng;

use crate::{App, AppError};

/// Which account at Amazon is meant.
#[derive(Clone, Debug)]
pub(crate) struct Account {
    pub(crate) key_id: PublicKeyId,
    pub(crate) region: Region,
    pub(crate) environment: Environment,
    /// Another host than the region's.
    pub(crate) endpoint: Option<String>,
}

/// A client that signs with a key. Its pauses are spread by the machine's randomness.
pub(crate) fn client(app: &App, account: &Account, key: PrivateKey) -> Result<Client, AppError> {
    let outside = &app.outside;
    let mut seed = [0_u8; 32];
    app.machine.fill(&mut seed);
    // A simulator on this machine asks for no patience by itself.
    let rate_limit = outside.rate_limit.filter(|_| account.endpoint.is_none());
    let mut builder = Client::builder(account.key_id.clone(), key)
        .region(account.region)
        .environment(account.environment)
        .rate_limit(rate_limit)
        .retry(outside.retry);
    if let Some(endpoint) = &account.endpoint {
        builder = builder.endpoint(endpoint);
    }
    builder
        .build(outside.clock(), ChaCha8Rng::from_seed(seed))
        .map_err(AppError::failed("the client for Amazon Pay could not be set up"))
}
