use std::fmt;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use rand::Rng;
use reqwest::header::HeaderValue;
use reqwest::{Certificate, redirect, retry};
use secrecy::{ExposeSecret as _, SecretString};

use super::endpoint::{self, Endpoint};
use super::rate_limit::Pace;
use super::{Client, Clock, Inner, RateLimit, Region, RetryPolicy, connection};
use crate::key::{Environment, PrivateKey, PublicKeyId};

/// `<name>/<version> (<language>/<its version>; <system>)`, the form that the official SDKs have.
const USER_AGENT: &str = concat!(
    env!("CARGO_PKG_NAME"),
    "-rust/",
    env!("CARGO_PKG_VERSION"),
    " (Rust/",
    env!("CARGO_PKG_RUST_VERSION"),
    ")"
);

/// Why a client could not be made.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ConfigurationError {
    /// The key id names another environment.
    #[error("the Public Key ID is of the environment {}, not {}", of_key.name(), asked.name())]
    WrongEnvironment {
        /// The environment in the id.
        of_key: Environment,
        /// The environment that was asked for.
        asked: Environment,
    },
    /// The key id names no environment, and none was given.
    #[error("this Public Key ID does not begin with LIVE or SANDBOX; say which of the two it is for")]
    NoEnvironment,
    /// The own endpoint cannot be used.
    #[error("the endpoint «{found}» cannot be used: {detail}")]
    Endpoint {
        /// What was given, shortened.
        found: String,
        /// What is wrong with it.
        detail: &'static str,
    },
    /// The extra certificate cannot be read.
    #[error("the certificate cannot be read; it must be PEM with a line «-----BEGIN CERTIFICATE-----»")]
    Certificate,
    /// The user agent or the authtoken cannot stand in a header.
    #[error("the {header} can only have visible ASCII characters and blanks")]
    Header {
        /// Which of them.
        header: &'static str,
    },
    /// The network side could not be set up.
    #[error("the network side could not be set up: {detail}")]
    Network {
        /// What it said.
        detail: String,
    },
}

/// Sets up a [`Client`].
#[must_use]
pub struct ClientBuilder {
    id: PublicKeyId,
    key: PrivateKey,
    region: Region,
    environment: Option<Environment>,
    endpoint: Option<String>,
    certificates: Vec<Vec<u8>>,
    auth_token: Option<SecretString>,
    user_agent: Option<String>,
    connect_timeout: Duration,
    request_timeout: Duration,
    document_timeout: Duration,
    rate_limit: Option<RateLimit>,
    retry: RetryPolicy,
    largest_document: u64,
    most_pages: usize,
}

impl ClientBuilder {
    pub(super) fn new(id: PublicKeyId, key: PrivateKey) -> Self {
        Self {
            id,
            key,
            region: Region::Europe,
            environment: None,
            endpoint: None,
            certificates: Vec::new(),
            auth_token: None,
            user_agent: None,
            connect_timeout: Duration::from_secs(10),
            request_timeout: Duration::from_mins(1),
            document_timeout: Duration::from_mins(15),
            rate_limit: Some(RateLimit::default()),
            retry: RetryPolicy::default(),
            largest_document: 1024 * 1024 * 1024,
            most_pages: 1000,
        }
    }

    /// Where the merchant's account is; Europe by default.
    pub fn region(mut self, region: Region) -> Self {
        self.region = region;
        self
    }

    /// Live or sandbox. Needed for old key ids only; with an id that names its environment it must be the same.
    pub fn environment(mut self, environment: Environment) -> Self {
        self.environment = Some(environment);
        self
    }

    /// Another host than the region's, such as `https://localhost:9443`; without encryption only on this machine.
    pub fn endpoint(mut self, endpoint: impl Into<String>) -> Self {
        self.endpoint = Some(endpoint.into());
        self
    }

    /// A certificate in PEM to be trusted beside those of the system.
    pub fn root_certificate(mut self, pem: impl Into<Vec<u8>>) -> Self {
        self.certificates.push(pem.into());
        self
    }

    /// The token with which a solution provider acts for another merchant (`x-amz-pay-authtoken`).
    pub fn auth_token(mut self, token: SecretString) -> Self {
        self.auth_token = Some(token);
        self
    }

    /// Who is asking, `<name>/<version> (…)`.
    pub fn user_agent(mut self, user_agent: impl Into<String>) -> Self {
        self.user_agent = Some(user_agent.into());
        self
    }

    /// How long one attempt may take to connect (10 s by default) and as a whole (60 s).
    pub fn timeouts(mut self, connect: Duration, request: Duration) -> Self {
        (self.connect_timeout, self.request_timeout) = (connect, request);
        self
    }

    /// How long one attempt to fetch a document may take (15 min by default).
    pub fn document_timeout(mut self, timeout: Duration) -> Self {
        self.document_timeout = timeout;
        self
    }

    /// How many requests are sent at most; `None` lifts the limit. By default twenty at once and then one a second.
    pub fn rate_limit(mut self, limit: Option<RateLimit>) -> Self {
        self.rate_limit = limit;
        self
    }

    /// How often and how long a request is tried.
    pub fn retry(mut self, policy: RetryPolicy) -> Self {
        self.retry = policy;
        self
    }

    /// How many bytes a document may have, packed or unpacked (1 GiB by default).
    pub fn largest_document(mut self, bytes: u64) -> Self {
        self.largest_document = bytes;
        self
    }

    /// How many pages of a list are read at most (1,000 by default).
    pub fn most_pages(mut self, pages: usize) -> Self {
        self.most_pages = pages;
        self
    }

    /// The client. `clock` tells the time, e.g. `Timestamp::now`; `rng` spreads the pauses between attempts.
    ///
    /// # Errors
    /// [`ConfigurationError`] says which of the settings does not fit.
    pub fn build(
        self,
        clock: impl Clock,
        rng: impl Rng + Send + 'static,
    ) -> Result<Client, ConfigurationError> {
        let endpoint = Endpoint::new(self.region, self.endpoint.as_deref(), &self.id, self.environment)?;
        let auth_token = self.auth_token.as_ref().map(header_of_token).transpose()?;
        let api = self.network(&endpoint)?.redirect(redirect::Policy::none()).timeout(self.request_timeout);
        let plain_is_allowed = endpoint.is_loopback();
        let storage = self
            .network(&endpoint)?
            .redirect(storage_redirects(plain_is_allowed))
            .referer(false)
            .read_timeout(self.request_timeout)
            .timeout(self.document_timeout);
        Ok(Client::of(Inner {
            endpoint,
            id: self.id,
            key: Arc::new(self.key),
            auth_token,
            api: built(api)?,
            storage: built(storage)?,
            clock: Arc::new(clock),
            rng: Arc::new(Mutex::new(Box::new(rng))),
            pace: self.rate_limit.map(|limit| Arc::new(Mutex::new(Pace::new(limit)))),
            retry: self.retry,
            largest_document: self.largest_document,
            most_pages: self.most_pages,
        }))
    }

    /// What the connections to the API and to the storage host have in common.
    fn network(&self, endpoint: &Endpoint) -> Result<reqwest::ClientBuilder, ConfigurationError> {
        let mut network = reqwest::Client::builder()
            .connect_timeout(self.connect_timeout)
            // Each attempt is signed anew, so nobody else may try again.
            .retry(retry::never());
        let user_agent = HeaderValue::from_str(self.user_agent.as_deref().unwrap_or(USER_AGENT))
            .map_err(|_error| ConfigurationError::Header { header: "user agent" })?;
        network = network.user_agent(user_agent);
        let mut certificates = Vec::new();
        for pem in &self.certificates {
            let read = Certificate::from_pem_bundle(pem).map_err(|_error| ConfigurationError::Certificate)?;
            if read.is_empty() {
                return Err(ConfigurationError::Certificate);
            }
            certificates.extend(read);
        }
        if endpoint.is_loopback() {
            network = network.no_proxy();
        }
        Ok(network.tls_certs_merge(certificates))
    }
}

fn built(network: reqwest::ClientBuilder) -> Result<reqwest::Client, ConfigurationError> {
    network.build().map_err(|error| ConfigurationError::Network { detail: connection::detail(error) })
}

fn header_of_token(token: &SecretString) -> Result<HeaderValue, ConfigurationError> {
    let mut value = HeaderValue::from_str(token.expose_secret().trim())
        .ok()
        .filter(|value| value.to_str().is_ok() && !value.is_empty())
        .ok_or(ConfigurationError::Header { header: "authtoken" })?;
    value.set_sensitive(true);
    Ok(value)
}

/// A storage host may send on a few times, but not to where the file would travel in the open.
fn storage_redirects(plain_is_allowed: bool) -> redirect::Policy {
    redirect::Policy::custom(move |attempt| {
        let is_safe =
            attempt.url().scheme() == "https" || (plain_is_allowed && endpoint::is_loopback(attempt.url()));
        if is_safe && attempt.previous().len() <= 3 { attempt.follow() } else { attempt.stop() }
    })
}

/// Shows neither the key nor the token.
impl fmt::Debug for ClientBuilder {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("ClientBuilder")
            .field("id", &self.id)
            .field("region", &self.region)
            .field("environment", &self.environment)
            .finish_non_exhaustive()
    }
}
