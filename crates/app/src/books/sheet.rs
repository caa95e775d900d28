//! The hand-over sheet of a batch: what the adviser compares with what his program shows.

use std::collections::BTreeMap;

use ledger::assign::EntrySink;
use ledger::entry::{Entry, Side};
use ledger::money::Currency;
use serde::{Deserialize, Serialize};

/// What a batch holds, for page, mail and print.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sheet {
    /// `2026-10`.
    pub month: String,
    /// How many postings.
    pub postings: u64,
    /// Sum of Umsatz of all postings, in hundredths whatever the currency: DATEV's control sum.
    pub turnover: i64,
    /// Each provider account.
    pub accounts: Vec<ProviderAccount>,
    /// What the closing balance of each merchant and currency consists of.
    pub balances: Vec<Balance>,
    /// What a person should look at.
    pub findings: Vec<SheetFinding>,
    /// Where rates were used: the currency.
    pub foreign_currencies: Vec<String>,
}

/// A provider account in a batch.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProviderAccount {
    /// The account.
    pub account: String,
    /// The currency.
    pub currency: Currency,
    /// Sum in Soll, in minor units.
    pub debit: i64,
    /// Sum in Haben, in minor units.
    pub credit: i64,
}

/// The provider account of a merchant in a month and currency, in minor units.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Balance {
    /// The merchant.
    pub seller: String,
    /// The currency.
    pub currency: String,
    /// The old balance.
    pub opening: i64,
    /// The new balance.
    pub closing: i64,
    /// Of it: held back.
    pub reserve: i64,
    /// Of it: carried over.
    pub carried_over: i64,
    /// Of it: not yet settled.
    pub not_settled: i64,
    /// Of it: settled and not yet paid, or paid otherwise.
    pub settled: Vec<SettledPart>,
    /// The last instant until which the month is covered.
    pub covered_until: Option<String>,
}

/// What is left of a settlement.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SettledPart {
    /// The settlement; none for what was settled before the first one.
    pub settlement: Option<String>,
    /// `unpaid`, or `difference`.
    pub state: String,
    /// In minor units.
    pub amount: i64,
}

/// A finding in both languages.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SheetFinding {
    /// A stable word for programs.
    pub code: String,
    /// `warning` or `notice`.
    pub severity: String,
    /// The sentence in German.
    pub german: String,
    /// The sentence in English.
    pub english: String,
    /// How many rows or items are meant.
    pub count: u64,
    /// The document in which the first of them stands.
    pub document: Option<String>,
    /// Its line.
    pub line: Option<u64>,
}

/// Counts what goes through to a receiver.
#[derive(Debug)]
pub(super) struct Counted<S> {
    pub(super) receiver: S,
    accounts: BTreeMap<(u32, Currency), ProviderAccount>,
    pub(super) entries: u64,
}

impl<S> Counted<S> {
    pub(super) fn new(receiver: S) -> Self {
        Self { receiver, accounts: BTreeMap::new(), entries: 0 }
    }

    pub(super) fn into_parts(self) -> (S, Vec<ProviderAccount>, u64) {
        (self.receiver, self.accounts.into_values().collect(), self.entries)
    }
}

impl<S: EntrySink> EntrySink for Counted<S> {
    fn take(&mut self, entry: &Entry<'_>) -> Result<(), Box<dyn std::error::Error + Send + Sync>> {
        self.entries += 1;
        let (account, currency) = (entry.account(), entry.amount().currency());
        let sums = self.accounts.entry((account.value(), currency)).or_insert_with(|| ProviderAccount {
            account: account.to_string(),
            currency,
            debit: 0,
            credit: 0,
        });
        let sum = if entry.side() == Side::Debit { &mut sums.debit } else { &mut sums.credit };
        *sum = sum.checked_add(entry.amount().minor()).ok_or("a sum is larger than the books can hold")?;
        self.receiver.take(entry)
    }
}
