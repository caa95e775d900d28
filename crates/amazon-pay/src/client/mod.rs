//! The client: what the API can do, as functions.

mod builder;
mod charges;
mod clock;
mod connection;
mod disbursements;
mod download;
mod endpoint;
mod error;
mod idempotency;
mod page;
mod rate_limit;
mod refusal;
mod region;
mod region_search;
mod report_schedules;
mod reports;
mod retry;
mod send;
mod settlements;

use std::fmt;
use std::sync::{Arc, Mutex};

use rand::Rng;
use reqwest::header::HeaderValue;

pub use builder::{ClientBuilder, ConfigurationError};
pub use clock::Clock;
pub use disbursements::DisbursementQuery;
pub use download::Downloaded;
pub use error::{ConnectionFailure, DocumentProblem, Error};
pub use idempotency::{IdempotencyKey, NotAnIdempotencyKey};
pub use page::{NextToken, Page, PageSize, PageSizeError};
pub use rate_limit::RateLimit;
pub use refusal::{Refusal, RefusalCause};
pub use region::{Region, UnknownRegion};
pub use region_search::{NoRegion, RegionFailure};
pub use reports::ReportQuery;
pub use retry::RetryPolicy;
pub use settlements::SettlementPeriod;

use crate::key::{PrivateKey, PublicKeyId};
use endpoint::Endpoint;
use rate_limit::Pace;

/// A client of the Amazon Pay API v2 for one key. Cloning is cheap; clones share connections and the rate limit.
#[derive(Clone)]
pub struct Client {
    inner: Arc<Inner>,
}

#[derive(Clone)]
struct Inner {
    endpoint: Endpoint,
    id: PublicKeyId,
    key: Arc<PrivateKey>,
    auth_token: Option<HeaderValue>,
    /// Goes to the API, signed; follows no redirection.
    api: reqwest::Client,
    /// Goes to wherever documents lie, with nothing of Amazon Pay's in its headers.
    storage: reqwest::Client,
    clock: Arc<dyn Clock>,
    rng: Arc<Mutex<Box<dyn Rng + Send>>>,
    pace: Option<Arc<Mutex<Pace>>>,
    retry: RetryPolicy,
    largest_document: u64,
    most_pages: usize,
}

impl Client {
    /// Begins to set up a client. Region Europe, the environment of the key id, and limits that suit the real API are
    /// what it has if nothing else is said.
    pub fn builder(id: PublicKeyId, key: PrivateKey) -> ClientBuilder {
        ClientBuilder::new(id, key)
    }

    fn of(inner: Inner) -> Self {
        Self { inner: Arc::new(inner) }
    }

    /// Where the merchant's account is, as far as this client knows.
    pub fn region(&self) -> Region {
        self.inner.endpoint.region
    }

    /// The id of the key.
    pub fn public_key_id(&self) -> &PublicKeyId {
        &self.inner.id
    }

    /// Whether the key works here: asks for one report and leaves it.
    ///
    /// # Errors
    /// As every call; [`RefusalCause::advice`] says what to do.
    pub async fn check(&self) -> Result<(), Error> {
        let query = ReportQuery { page_size: PageSize::ONE, ..ReportQuery::default() };
        self.reports_page(&query).await.map(|_page| ())
    }
}

/// Shows the key's id and region, nothing else.
impl fmt::Debug for Client {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Client")
            .field("id", &self.inner.id)
            .field("region", &self.inner.endpoint.region)
            .finish_non_exhaustive()
    }
}
