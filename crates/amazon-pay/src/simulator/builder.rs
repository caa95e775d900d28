//! How a simulator is made.

use std::net::SocketAddr;
use std::sync::{Arc, Mutex};

use tokio::net::TcpListener;
use tokio::sync::watch;

use super::admission::Admission;
use super::certificate::{Certificate, CertificateError};
use super::clock::RealTime;
use super::control::{Access, Control};
use super::fault::{Plan, Rule};
use super::idempotency::FirstResults;
use super::keys::{Credentials, Keys, NewKeyError};
use super::letters::Letters;
use super::log::Log;
use super::running::Running;
use super::server::Server;
use super::service::Service;
use super::storage::Storage;
use super::throttle::Buckets;
use super::world::World;
use crate::client::{Clock, Region};
use crate::generate::{Settings, SettingsError, Style};
use crate::key::{Environment, PrivateKey, PublicKeyId};
use crate::report::Currency;

/// Forty payments a day, more or less.
const ROWS_PER_MONTH: u64 = 1_200;
/// How often a report is found in progress before it is done.
const POLLS: u32 = 2;

/// A simulator that is not serving yet.
#[derive(Debug)]
pub struct Simulator {
    service: Arc<Service>,
    merchant: Credentials,
    access: Access,
    names: Vec<String>,
}

/// What a [`Simulator`] is made from; see [`Simulator::builder`].
#[derive(Debug)]
pub struct Builder {
    clock: RealTime,
    settings: Settings,
    rows: Option<u64>,
    style: Style,
    region: Region,
    throttling: bool,
    faults: Vec<Rule>,
    polls: u32,
    access: Access,
    names: Vec<String>,
    key: Option<(PublicKeyId, PrivateKey)>,
}

/// Why a simulator could not be made.
#[derive(Debug, thiserror::Error)]
pub enum BuildError {
    /// There can be no such world.
    #[error(transparent)]
    World(#[from] SettingsError),
    /// The merchant's key could not be made.
    #[error(transparent)]
    Key(#[from] NewKeyError),
    /// The machine has no randomness.
    #[error("the machine has no randomness")]
    Randomness,
}

/// Why a simulator could not serve.
#[derive(Debug, thiserror::Error)]
pub enum ServeError {
    /// The listener is of no use.
    #[error("the address of the listener cannot be told")]
    Listener(#[from] std::io::Error),
    /// The certificate could not be made.
    #[error(transparent)]
    Certificate(#[from] CertificateError),
}

impl Simulator {
    /// Begins one: European, three months of seeded settlements up to `clock`'s today, throttling on, no faults.
    ///
    /// `clock` tells the real time, by which signatures are judged; `Timestamp::now` is one, and a test passes its own. Its
    /// `sleep` is what a fault that delays waits by.
    pub fn builder(clock: impl Clock) -> Builder {
        Builder {
            clock: RealTime::new(clock),
            settings: Settings::default(),
            rows: None,
            style: Style::default(),
            region: Region::Europe,
            throttling: true,
            faults: Vec::new(),
            polls: POLLS,
            access: Access::Loopback,
            names: Vec::new(),
            key: None,
        }
    }

    /// The merchant's key for the live environment.
    pub fn merchant(&self) -> &Credentials {
        &self.merchant
    }

    /// Everything that can be done by hand, before and while it serves.
    pub fn control(&self) -> Control {
        Control::new(Arc::clone(&self.service))
    }

    /// Serves plain HTTP. Must be called inside a Tokio runtime, which does the work.
    ///
    /// # Errors
    /// [`ServeError::Listener`].
    pub fn serve(self, listener: TcpListener) -> Result<Running, ServeError> {
        self.start(listener, None)
    }

    /// Serves HTTPS under a certificate for this machine's names, signed by an authority that is made for the purpose:
    /// [`Running::certificate_authority`].
    ///
    /// # Errors
    /// See [`ServeError`].
    pub fn serve_tls(self, listener: TcpListener) -> Result<Running, ServeError> {
        let certificate = Certificate::make(&self.names, self.service.clock.now())?;
        self.start(listener, Some(certificate))
    }

    fn start(self, listener: TcpListener, certificate: Option<Certificate>) -> Result<Running, ServeError> {
        let address = listener.local_addr()?;
        let (acceptor, authority) = match certificate {
            Some(Certificate { acceptor, authority_pem }) => (Some(acceptor), Some(authority_pem)),
            None => (None, None),
        };
        let endpoint = endpoint(address, acceptor.is_some());
        let server = Server::new(Arc::clone(&self.service), acceptor, self.access, &endpoint);
        let (stop, stopped) = watch::channel(false);
        let task = tokio::spawn(server.run(listener, stopped));
        Ok(Running {
            address,
            endpoint,
            authority,
            merchant: self.merchant,
            service: self.service,
            stop,
            task,
        })
    }
}

/// The address by which this machine reaches the listener, by a name where it listens on the usual loopback address.
fn endpoint(address: SocketAddr, secure: bool) -> String {
    let scheme = if secure { "https" } else { "http" };
    let ip = address.ip();
    let is_usual = ip.is_unspecified() || (ip.is_loopback() && ip.is_ipv4());
    if is_usual {
        format!("{scheme}://localhost:{}", address.port())
    } else {
        format!("{scheme}://{address}")
    }
}

impl Builder {
    /// The seed of the world; the same one gives the same settlements on the same day.
    #[must_use]
    pub fn seed(mut self, seed: u64) -> Self {
        self.settings.seed = seed;
        self
    }

    /// How many months of settlements lie in the past; 1 to 600.
    #[must_use]
    pub fn months(mut self, months: u32) -> Self {
        self.settings.months = months;
        self
    }

    /// How many rows the settlement reports have together; 1,200 for each month where nothing is said.
    #[must_use]
    pub fn rows(mut self, rows: u64) -> Self {
        self.rows = Some(rows);
        self
    }

    /// The merchant, as the settlement reports name it.
    #[must_use]
    pub fn merchant_id(mut self, id: impl Into<String>) -> Self {
        self.settings.seller_id = id.into();
        self
    }

    /// The clothes of the settlement reports.
    #[must_use]
    pub fn style(mut self, style: Style) -> Self {
        self.style = style;
        self
    }

    /// The region, which requests must name, and its currency.
    #[must_use]
    pub fn region(mut self, region: Region) -> Self {
        self.region = region;
        self.settings.currency = match region {
            Region::Europe => Currency::EUR,
            Region::NorthAmerica => Currency::USD,
            Region::Japan => Currency::JPY,
        };
        self
    }

    /// Whether requests are throttled.
    #[must_use]
    pub fn throttling(mut self, throttling: bool) -> Self {
        self.throttling = throttling;
        self
    }

    /// Adds faults.
    #[must_use]
    pub fn faults(mut self, rules: impl IntoIterator<Item = Rule>) -> Self {
        self.faults.extend(rules);
        self
    }

    /// How often a report is found in progress before it is done; 2 where nothing is said.
    #[must_use]
    pub fn polls(mut self, polls: u32) -> Self {
        self.polls = polls;
        self
    }

    /// Who may use the control page; only this machine where nothing is said.
    #[must_use]
    pub fn control_access(mut self, access: Access) -> Self {
        self.access = access;
        self
    }

    /// More names for the certificate.
    #[must_use]
    pub fn names(mut self, names: impl IntoIterator<Item = String>) -> Self {
        self.names.extend(names);
        self
    }

    /// A key that exists, in place of a new one for the live environment.
    #[must_use]
    pub fn key(mut self, id: PublicKeyId, key: PrivateKey) -> Self {
        self.key = Some((id, key));
        self
    }

    /// Makes the key and plays the past.
    ///
    /// # Errors
    /// See [`BuildError`].
    pub fn build(self) -> Result<Simulator, BuildError> {
        let mut settings = self.settings;
        settings.rows =
            self.rows.unwrap_or_else(|| u64::from(settings.months).saturating_mul(ROWS_PER_MONTH));
        let seed = settings.seed;
        let mut letters = Letters::new(seed.wrapping_mul(31).wrapping_add(7));
        let keys = Keys::new(settings.seller_id.clone());
        let merchant = match self.key {
            Some((id, key)) => keys.add(id, &key)?,
            None => keys.make(Some(Environment::Live), &mut letters)?,
        };
        let mut plan = Plan::new(seed);
        for rule in self.faults {
            plan.add(rule);
        }
        let auth_token = format!("amzn.auth.{}", letters.upper(32).to_ascii_lowercase());
        let world = World::open(settings, self.style, self.clock.now(), self.polls)?;
        let service = Service {
            clock: self.clock,
            admission: Admission { keys, region: self.region, auth_token },
            storage: Storage::new().ok_or(BuildError::Randomness)?,
            world: Mutex::new(world),
            results: Mutex::new(FirstResults::default()),
            buckets: Mutex::new(self.throttling.then(Buckets::default)),
            plan: Mutex::new(plan),
            log: Mutex::new(Log::default()),
            letters: Mutex::new(letters),
        };
        Ok(Simulator { service: Arc::new(service), merchant, access: self.access, names: self.names })
    }
}
