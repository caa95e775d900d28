//! How a simulator is made.

use std::net::{Ipv4Addr, SocketAddr};
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
use super::merchant::Merchant;
use super::running::{People, Running};
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
/// More merchants than this are not made.
const MOST_MERCHANTS: u32 = 20;
/// How far the seeds of two merchants are apart: the golden ratio of 64 bits, so that no two sequences meet.
const SEED_STEP: u64 = 0x9E37_79B9_7F4A_7C15;
/// How often a report is found in progress before it is done.
const POLLS: u32 = 2;

/// A simulator that is not serving yet.
#[derive(Debug)]
pub struct Simulator {
    service: Arc<Service>,
    people: People,
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
    merchants: u32,
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
    /// No merchant, or too many.
    #[error("a simulator has 1 to {most} merchants")]
    Merchants {
        /// The greatest number.
        most: u32,
    },
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

/// Why a simulator could not be started.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    /// It could not be made.
    #[error(transparent)]
    Build(#[from] BuildError),
    /// It could not serve.
    #[error(transparent)]
    Serve(#[from] ServeError),
    /// The runtime was shut down meanwhile.
    #[error("the runtime ended before the simulator began")]
    Interrupted,
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
            merchants: 1,
        }
    }

    /// The first merchant's key for the live environment.
    pub fn merchant(&self) -> &Credentials {
        &self.people.key
    }

    /// The key of each merchant for the live environment, the first merchant's first.
    pub fn merchants(&self) -> &[Credentials] {
        &self.people.keys
    }

    /// Everything that can be done by hand, before and while it serves.
    pub fn control(&self) -> Control {
        self.people.control(&self.service)
    }

    /// Serves plain HTTP. Must be called inside a Tokio runtime, which does the work.
    ///
    /// # Errors
    /// [`ServeError::Listener`].
    pub fn serve(self, listener: TcpListener) -> Result<Running, ServeError> {
        self.open(listener, None)
    }

    /// Serves HTTPS under a certificate for this machine's names, signed by an authority that is made for the purpose:
    /// [`Running::certificate_authority`].
    ///
    /// # Errors
    /// See [`ServeError`].
    pub fn serve_tls(self, listener: TcpListener) -> Result<Running, ServeError> {
        let certificate = Certificate::make(&self.names, self.service.clock.now())?;
        self.open(listener, Some(certificate))
    }

    fn open(self, listener: TcpListener, certificate: Option<Certificate>) -> Result<Running, ServeError> {
        let address = listener.local_addr()?;
        let (acceptor, authority) = match certificate {
            Some(Certificate { acceptor, authority_pem }) => (Some(acceptor), Some(authority_pem)),
            None => (None, None),
        };
        let endpoint = endpoint(address, acceptor.is_some());
        let server = Server::new(Arc::clone(&self.service), acceptor, self.access, self.control(), &endpoint);
        let (stop, stopped) = watch::channel(false);
        let task = tokio::spawn(server.run(listener, stopped));
        Ok(Running { address, endpoint, authority, people: self.people, service: self.service, stop, task })
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

    /// The first merchant, as the settlement reports name it.
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

    /// How many merchants there are; 1 where nothing is said, at most 20. Each has a key, settlements and payouts of its own,
    /// and none sees anything of the others.
    #[must_use]
    pub fn merchants(mut self, merchants: u32) -> Self {
        self.merchants = merchants;
        self
    }

    /// A key that exists, in place of a new one for the first merchant's live environment.
    #[must_use]
    pub fn key(mut self, id: PublicKeyId, key: PrivateKey) -> Self {
        self.key = Some((id, key));
        self
    }

    /// Makes the keys and plays the past. With many months this is work for a second or more of the processor.
    ///
    /// # Errors
    /// See [`BuildError`].
    pub fn build(mut self) -> Result<Simulator, BuildError> {
        if !(1..=MOST_MERCHANTS).contains(&self.merchants) {
            return Err(BuildError::Merchants { most: MOST_MERCHANTS });
        }
        self.settings.rows =
            self.rows.unwrap_or_else(|| u64::from(self.settings.months).saturating_mul(ROWS_PER_MONTH));
        let seed = self.settings.seed;
        let mut letters = Letters::new(seed.wrapping_mul(31).wrapping_add(7));
        let keys = Keys::default();

        let first = self.merchant(self.settings.clone(), &mut letters)?;
        let key = match self.key.take() {
            Some((id, key)) => keys.add(&first, id, &key)?,
            None => keys.make(&first, Some(Environment::Live), &mut letters)?,
        };
        let mut people = People { first: Arc::clone(&first), keys: vec![key.clone()], key };
        let mut merchants = vec![first];
        for number in 1..self.merchants {
            let settings = Settings {
                seed: seed.wrapping_add(u64::from(number).wrapping_mul(SEED_STEP)),
                seller_id: format!("A{}", letters.upper(13)),
                ..self.settings.clone()
            };
            let merchant = self.merchant(settings, &mut letters)?;
            people.keys.push(keys.make(&merchant, Some(Environment::Live), &mut letters)?);
            merchants.push(merchant);
        }

        let mut plan = Plan::new(seed);
        for rule in self.faults {
            plan.add(rule);
        }
        let service = Service {
            clock: self.clock,
            admission: Admission { keys, region: self.region, merchants },
            storage: Storage::new().ok_or(BuildError::Randomness)?,
            plan: Mutex::new(plan),
            log: Mutex::new(Log::default()),
            letters: Mutex::new(letters),
        };
        Ok(Simulator { service: Arc::new(service), people, access: self.access, names: self.names })
    }

    fn merchant(&self, settings: Settings, letters: &mut Letters) -> Result<Arc<Merchant>, BuildError> {
        let id = settings.seller_id.clone();
        Ok(Arc::new(Merchant {
            id,
            auth_token: format!("amzn.auth.{}", letters.upper(32).to_ascii_lowercase()),
            world: Mutex::new(World::open(settings, self.style, self.clock.now(), self.polls)?),
            results: Mutex::new(FirstResults::default()),
            buckets: Mutex::new(self.throttling.then(Buckets::default)),
        }))
    }

    /// Builds, and serves plain HTTP on a free port of this machine. This is the short way for whoever starts a simulator
    /// inside a program of their own; it must be called inside a Tokio runtime.
    ///
    /// ```
    /// use amazon_pay::simulator::Simulator;
    ///
    /// # let runtime = tokio::runtime::Runtime::new()?;
    /// # runtime.block_on(async {
    /// let clock = || "2026-11-23T08:00:00Z".parse().unwrap_or_default();
    /// let running = Simulator::builder(clock).seed(7).months(1).merchants(2).start().await?;
    /// let [merchant, spare] = running.merchants() else { return Ok(()) };
    /// assert_ne!(merchant.merchant_id(), spare.merchant_id());
    /// println!("{} {} {}", running.endpoint(), merchant.public_key_id(), merchant.pem().len());
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// # })?;
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    /// See [`StartError`].
    pub async fn start(self) -> Result<Running, StartError> {
        // Playing the past would hold up whatever else the thread has to do.
        let built = tokio::task::spawn_blocking(move || self.build()).await;
        let simulator = built.map_err(|_stopped| StartError::Interrupted)??;
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.map_err(ServeError::Listener)?;
        Ok(simulator.serve(listener)?)
    }
}
