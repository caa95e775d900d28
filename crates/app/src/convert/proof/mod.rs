//! The proof of a run: what went in, what came out, and why the balance is what it is.
//!
//! `proof.json` is this document for programs (its shape is described in `docs/proof.md`), `proof.txt` the same for
//! people. Amounts are integers in minor units with their currency.

mod build;
mod findings;
mod text;

pub(crate) use build::hundredths;
pub use build::{Made, build};
pub use text::{write_summary, write_text};

use serde::Serialize;

use ledger::money::Money;

/// The name of the format.
pub const FORMAT: &str = "kontor-proof";
/// Its version; it rises when a field changes its meaning or goes.
pub const VERSION: u32 = 1;

/// The whole proof.
#[derive(Clone, Debug, Serialize)]
pub struct Proof {
    /// Always [`FORMAT`].
    pub format: &'static str,
    /// Always [`VERSION`].
    pub version: u32,
    /// When it was made, RFC 3339 in UTC.
    pub created: String,
    /// The merchant.
    pub seller_id: String,
    /// The client.
    pub client: Client,
    /// The booking dates that were asked for.
    pub period: Period,
    /// The reports that were read.
    pub documents: Vec<Document>,
    /// Reports that were given a second time and count once.
    pub repeated_documents: Vec<String>,
    /// Every settlement in each of its currencies.
    pub settlements: Vec<Settlement>,
    /// Every month in each currency.
    pub months: Vec<Month>,
    /// What a person should look at.
    pub findings: Vec<Finding>,
    /// The files that were written.
    pub files: Vec<File>,
    /// What was checked, with both sides.
    pub checks: Vec<Check>,
}

/// The client's settings, as far as they decide the entries.
#[derive(Clone, Debug, Serialize)]
pub struct Client {
    /// Beraternummer.
    pub berater: u32,
    /// Mandantennummer.
    pub mandant: u32,
    /// Kontenrahmen.
    pub chart: String,
    /// Sachkontenlänge.
    pub account_length: u32,
    /// The zone of the booking dates.
    pub zone: String,
    /// The currency of the books.
    pub base_currency: String,
}

/// Booking dates, both included; null is open.
#[derive(Clone, Debug, Serialize)]
pub struct Period {
    /// The first day.
    pub from: Option<String>,
    /// The last day.
    pub to: Option<String>,
}

/// A report.
#[derive(Clone, Debug, Serialize)]
pub struct Document {
    /// The name under which it was given.
    pub name: String,
    /// SHA-256 of the bytes as received.
    pub sha256: String,
    /// How many bytes.
    pub bytes: u64,
    /// Its settlement; null without rows.
    pub settlement: Option<String>,
    /// How many rows.
    pub rows: u64,
}

/// An amount.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Amount {
    /// In minor units: cents for EUR.
    pub minor: i64,
    /// ISO 4217.
    pub currency: String,
}

impl From<Money> for Amount {
    fn from(money: Money) -> Self {
        Self { minor: money.minor(), currency: money.currency().to_string() }
    }
}

/// Rows and sums.
#[derive(Clone, Debug, Serialize)]
pub struct Totals {
    /// All rows.
    pub rows: u64,
    /// Rows that made entries.
    pub booked_rows: u64,
    /// Entries made.
    pub entries: u64,
    /// Sum of the net amounts.
    pub net: Amount,
    /// What the entries change on the provider account.
    pub on_provider: Amount,
    /// Rows and money without entry, by reason.
    pub not_booked: Vec<NotBooked>,
    /// Sums by kind of movement.
    pub kinds: Vec<Kind>,
    /// Fees by kind, negative where charged.
    pub fees: Vec<Fee>,
}

/// What made no entry.
#[derive(Clone, Debug, Serialize)]
pub struct NotBooked {
    /// `reserve`, `carry-over`, `zero`, `before-start` or `outside-period`.
    pub reason: &'static str,
    /// How many rows.
    pub rows: u64,
    /// Their sum.
    pub sum: Amount,
}

/// The rows of a kind.
#[derive(Clone, Debug, Serialize)]
pub struct Kind {
    /// The kind.
    pub kind: &'static str,
    /// How many rows.
    pub rows: u64,
    /// Sum of the gross amounts.
    pub gross: Amount,
    /// Sum of their fees.
    pub fees: Amount,
}

/// The fees of a kind.
#[derive(Clone, Debug, Serialize)]
pub struct Fee {
    /// The kind.
    pub kind: &'static str,
    /// Their sum.
    pub sum: Amount,
}

/// A settlement in one currency.
#[derive(Clone, Debug, Serialize)]
pub struct Settlement {
    /// The provider's number.
    pub settlement: String,
    /// Its first instant, RFC 3339.
    pub start: String,
    /// Its last instant.
    pub end: String,
    /// The currency of this part.
    pub currency: String,
    /// What it owes: all rows but payouts, never below zero.
    pub payable: Amount,
    /// What was paid for it in the reports here.
    pub paid: Amount,
    /// All months together.
    #[serde(flatten)]
    pub totals: Totals,
    /// The same by month.
    pub months: Vec<SettlementMonth>,
}

/// A settlement in one month and currency.
#[derive(Clone, Debug, Serialize)]
pub struct SettlementMonth {
    /// `2026-10`.
    pub month: String,
    /// Its rows.
    #[serde(flatten)]
    pub totals: Totals,
}

/// The provider account in one month and currency.
#[derive(Clone, Debug, Serialize)]
pub struct Month {
    /// `2026-10`.
    pub month: String,
    /// The currency.
    pub currency: String,
    /// The balance before.
    pub opening: Amount,
    /// The balance after.
    pub closing: Amount,
    /// What the closing balance consists of.
    pub closing_explained: Explained,
    /// The last instant until which the chain of settlements reaches without a gap, at most the end of the month.
    pub covered_until: Option<String>,
    /// Its rows.
    #[serde(flatten)]
    pub totals: Totals,
}

/// The parts of a closing balance.
#[derive(Clone, Debug, Serialize)]
pub struct Explained {
    /// Held back as reserve.
    pub reserve: Amount,
    /// Carried over.
    pub carried_over: Amount,
    /// Rows of settlements that had not ended.
    pub not_yet_settled: Amount,
    /// Settlements that had ended, each with what is left of it.
    pub settled: Vec<Settled>,
}

/// What is left of a settlement.
#[derive(Clone, Debug, Serialize)]
pub struct Settled {
    /// The settlement; null for what was settled before the first report.
    pub settlement: Option<String>,
    /// `unpaid`, or `difference` where something was paid but not this.
    pub state: &'static str,
    /// What lies on the provider account for it.
    pub amount: Amount,
}

/// Something to look at.
#[derive(Clone, Debug, Serialize)]
pub struct Finding {
    /// A stable word for programs.
    pub code: &'static str,
    /// `warning` or `notice`.
    pub severity: &'static str,
    /// The sentence, in the language of the run.
    pub text: String,
    /// How many rows or items are meant.
    pub count: u64,
    /// The report in which the first of them stands.
    pub document: Option<String>,
    /// Its line.
    pub line: Option<u64>,
    /// The amounts in question.
    pub amounts: Vec<Amount>,
}

/// A file that was written.
#[derive(Clone, Debug, Serialize)]
pub struct File {
    /// Its name.
    pub name: String,
    /// SHA-256 of its bytes.
    pub sha256: String,
    /// How many bytes.
    pub bytes: u64,
    /// For a booking batch: rows and sums.
    #[serde(flatten)]
    pub batch: Option<Batch>,
}

/// What a booking batch holds.
#[derive(Clone, Debug, Serialize)]
pub struct Batch {
    /// The first day of its header.
    pub from: String,
    /// The last day of its header.
    pub to: String,
    /// How many postings.
    pub postings: u64,
    /// Sum of Umsatz with S, in hundredths as written, whatever the currency.
    pub debit: u64,
    /// Sum of Umsatz with H, likewise.
    pub credit: u64,
}

/// An equation that was checked.
#[derive(Clone, Debug, Serialize)]
pub struct Check {
    /// What was compared.
    pub name: String,
    /// One side.
    pub left: Amount,
    /// The other side.
    pub right: Amount,
    /// Are they equal? A run whose own sums fail is refused, so this is true but for what the reports leave open.
    pub holds: bool,
}
