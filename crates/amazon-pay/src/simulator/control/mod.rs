//! What a person does with the simulator by hand: in code, on a page and as JSON.

mod access;
mod actions;
mod chosen;
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
use super::merchant::Merchant;
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

/// Everything that can be done by hand for one merchant, and with the faults, which strike all. Clones act on the same
/// simulator.
#[derive(Debug, Clone)]
pub struct Control {
    service: Arc<Service>,
    merchant: Arc<Merchant>,
}

impl Control {
    pub(super) fn new(service: Arc<Service>, merchant: Arc<Merchant>) -> Self {
        Self { service, merchant }
    }

    /// The same for another merchant of this simulator, if there is one with this id.
    #[must_use]
    pub fn of_merchant(&self, id: &str) -> Option<Self> {
        let merchant = self.service.admission.merchants.iter().find(|merchant| merchant.id == id)?;
        Some(Self::new(Arc::clone(&self.service), Arc::clone(merchant)))
    }

    /// The ids of all merchants, in the order in which they were made.
    pub fn merchant_ids(&self) -> Vec<String> {
        self.service.admission.merchants.iter().map(|merchant| merchant.id.clone()).collect()
    }

    /// Makes a key bound to an environment, or one of the older kind that works in both.
    ///
    /// # Errors
    /// See [`NewKeyError`].
    pub fn make_key(&self, environment: Option<Environment>) -> Result<Credentials, NewKeyError> {
        self.service.admission.keys.make(&self.merchant, environment, &mut lock(&self.service.letters))
    }

    /// Refuses a key from now on; `false` where there is none with this id.
    pub fn revoke_key(&self, public_key_id: &str) -> bool {
        self.service.admission.keys.revoke(public_key_id)
    }

    /// The merchant's keys, by id.
    pub fn keys(&self) -> Vec<ListedKey> {
        self.service.admission.keys.list(&self.merchant)
    }

    /// The merchant, as the settlement reports name it.
    pub fn merchant_id(&self) -> &str {
        &self.merchant.id
    }

    /// The token by which a solution provider acts for the merchant (`x-amz-pay-authtoken`).
    pub fn auth_token(&self) -> &str {
        &self.merchant.auth_token
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
        lock(&self.service.plan).add(rule)
    }

    /// Takes all faults away.
    pub fn clear_faults(&self) {
        lock(&self.service.plan).clear();
    }

    /// The faults in force, each with the number of requests that it has counted.
    pub fn faults(&self) -> Vec<(Rule, u64)> {
        lock(&self.service.plan).rules().cloned().collect()
    }

    /// Switches throttling on, with full buckets, or off, for all merchants.
    pub fn set_throttling(&self, on: bool) {
        for merchant in &self.service.admission.merchants {
            *lock(&merchant.buckets) = on.then(Buckets::default);
        }
    }

    /// Whether requests are throttled.
    pub fn throttling(&self) -> bool {
        lock(&self.merchant.buckets).is_some()
    }

    /// The latest 500 requests, oldest first.
    pub fn requests(&self) -> Vec<LogEntry> {
        lock(&self.service.log).entries().cloned().collect()
    }

    /// How many requests there were in all.
    pub fn request_count(&self) -> u64 {
        lock(&self.service.log).count()
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
        let now = self.service.clock.now();
        act(&mut lock(&self.merchant.world), now)
    }
}

/// The type of all answers of the control page.
type Page = Response<Body>;
