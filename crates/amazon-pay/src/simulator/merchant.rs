//! A merchant: an account of its own, with its world, its keys' results and its allowance of requests.

use std::sync::Mutex;

use super::idempotency::FirstResults;
use super::throttle::Buckets;
use super::world::World;

/// All that belongs to one merchant and to no other.
#[derive(Debug)]
pub(super) struct Merchant {
    /// As the settlement reports name it.
    pub(super) id: String,
    /// By which a solution provider acts for the merchant (`x-amz-pay-authtoken`).
    pub(super) auth_token: String,
    pub(super) world: Mutex<World>,
    pub(super) results: Mutex<FirstResults>,
    /// `None` while throttling is off.
    pub(super) buckets: Mutex<Option<Buckets>>,
}
