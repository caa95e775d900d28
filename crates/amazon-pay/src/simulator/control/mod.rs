//! What a person does with the simulator by hand: in code, on a page and as JSON.

mod access;
mod actions;
mod input;
mod page;
mod state;
mod texts;

use std::sync::Arc;

use axum::body::{Body, Bytes};
use axum::http::Response;
use jiff::{SignedDuration, Timestamp};

use super::fault::Rule;
use super::keys::{Credentials, ListedKey, NewKeyError};
use super::log::LogEntry;
use super::service::{Service, lock};
use super::throttle::Buckets;
use super::world::{DeedError, Sale, World};
use crate::generate::Disbursement;
use crate::key::Environment;
use crate::model::Report;

pub use access::Access;

pub(super) use access::not_here;
pub(super) use actions::pages;

/// Where the control page and its JSON are.
const PREFIX: &str = "/simulator";

/// Whether the path is one of the control page.
pub(super) fn is_page(path: &str) -> bool {
    path.strip_prefix(PREFIX).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

/// A report that is done, with the bytes of its document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReportFile {
    /// The report as the API shows it.
    pub report: Report,
    /// The document as it is downloaded.
    pub document: Bytes,
}

/// Everything that can be done by hand. Clones act on the same simulator.
#[derive(Debug, Clone)]
pub struct Control(Arc<Service>);

impl Control {
    pub(super) fn new(service: Arc<Service>) -> Self {
        Self(service)
    }

    /// Makes a key bound to an environment, or one of the older kind that works in both.
    ///
    /// # Errors
    /// See [`NewKeyError`].
    pub fn make_key(&self, environment: Option<Environment>) -> Result<Credentials, NewKeyError> {
        self.0.admission.keys.make(environment, &mut lock(&self.0.letters))
    }

    /// Refuses a key from now on; `false` where there is none with this id.
    pub fn revoke_key(&self, public_key_id: &str) -> bool {
        self.0.admission.keys.revoke(public_key_id)
    }

    /// All keys, by id.
    pub fn keys(&self) -> Vec<ListedKey> {
        self.0.admission.keys.list()
    }

    /// The merchant, as the settlement reports name it.
    pub fn merchant_id(&self) -> &str {
        self.0.admission.keys.merchant_id()
    }

    /// The token by which a solution provider acts for the merchant (`x-amz-pay-authtoken`).
    pub fn auth_token(&self) -> &str {
        &self.0.admission.auth_token
    }

    /// Sells something now, for an amount in minor units. Without an order number the order gets the next `SIM-…`.
    ///
    /// # Errors
    /// See [`DeedError`].
    pub fn sell(
        &self,
        environment: Environment,
        amount: i64,
        order_number: &str,
        store: &str,
    ) -> Result<Sale, DeedError> {
        self.world(|world, now| world.sell(environment, amount, order_number, store, now))
    }

    /// Refunds an amount of a charge in minor units, or all that is left of it; gives the id of the refund.
    ///
    /// # Errors
    /// See [`DeedError`].
    pub fn refund(&self, charge_id: &str, amount: Option<i64>) -> Result<String, DeedError> {
        self.world(|world, now| world.refund(charge_id, amount, now))
    }

    /// The buyer's bank takes a charge back.
    ///
    /// # Errors
    /// See [`DeedError`].
    pub fn charge_back(&self, charge_id: &str) -> Result<(), DeedError> {
        self.world(|world, now| world.charge_back(charge_id, now))
    }

    /// Closes the open settlement of the live environment, whose report is there at once; gives its id. The clock moves on
    /// where the settlement has lasted less than some twenty minutes.
    pub fn close_settlement(&self) -> String {
        self.world(World::close_settlement)
    }

    /// Moves the clock of the world forward and gives its new time. Each day on which something happened gets its settlement.
    ///
    /// # Errors
    /// [`DeedError::Leap`].
    pub fn move_clock(&self, by: SignedDuration) -> Result<Timestamp, DeedError> {
        self.world(|world, now| world.move_clock(by, now))
    }

    /// The time in the world.
    pub fn time(&self) -> Timestamp {
        self.world(World::catch_up)
    }

    /// Adds a fault, which counts requests from now on; `false` where there are too many already.
    pub fn add_fault(&self, rule: Rule) -> bool {
        lock(&self.0.plan).add(rule)
    }

    /// Takes all faults away.
    pub fn clear_faults(&self) {
        lock(&self.0.plan).clear();
    }

    /// The faults in force, each with the number of requests that it has counted.
    pub fn faults(&self) -> Vec<(Rule, u64)> {
        lock(&self.0.plan).rules().cloned().collect()
    }

    /// Switches throttling on, with full buckets, or off.
    pub fn set_throttling(&self, on: bool) {
        *lock(&self.0.buckets) = on.then(Buckets::default);
    }

    /// Whether requests are throttled.
    pub fn throttling(&self) -> bool {
        lock(&self.0.buckets).is_some()
    }

    /// The latest 500 requests, oldest first.
    pub fn requests(&self) -> Vec<LogEntry> {
        lock(&self.0.log).entries().cloned().collect()
    }

    /// How many requests there were in all.
    pub fn request_count(&self) -> u64 {
        lock(&self.0.log).count()
    }

    /// The reports that are done and have a document, oldest first, as the API would show them without any limit of age.
    pub fn report_files(&self, environment: Environment) -> Vec<ReportFile> {
        self.world(|world, now| {
            world.catch_up(now);
            let reports = &world.books(environment).reports;
            let file = |report: &Report| {
                let document = reports.document(report.report_document_id.as_ref()?.as_str())?;
                Some(ReportFile { report: report.clone(), document })
            };
            reports.all().filter_map(file).collect()
        })
    }

    /// What was sent to the bank, oldest first.
    pub fn disbursements(&self, environment: Environment) -> Vec<Disbursement> {
        self.world(|world, now| {
            world.catch_up(now);
            world.books(environment).disbursements.clone()
        })
    }

    fn world<T>(&self, act: impl FnOnce(&mut World, Timestamp) -> T) -> T {
        let now = self.0.clock.now();
        act(&mut lock(&self.0.world), now)
    }
}

/// The type of all answers of the control page.
type Page = Response<Body>;
