//! Summed fees: one entry for the fees of a day or a settlement, the single ones attached as a list.
//!
//! One sum for each month, account and all that a posting against it carries, shop and side, so returned fees stand apart. A sum is dated the
//! last day it sums. It stands between the assignment and whoever takes the entries: other entries pass through.

use std::collections::{BTreeMap, btree_map};

use jiff::civil::Date;

use crate::account::AccountNumber;
use crate::assign::EntrySink;
use crate::calendar::Month;
use crate::document_number::DocumentNumber;
use crate::entry::{BaseAmount, Details, Entry, EntryKind, Side};
use crate::kind::FeeKind;
use crate::money::{Currency, Money};
use crate::rate::{Rate, SourcedRate};
use crate::rules::{Assignment, FeeSumming, Rules, TextKey};
use crate::template::Filling;

/// Sums the fees on their way to `receiver`; `single` sees each fee before it is summed.
#[derive(Debug)]
pub struct SummedFees<'r, S, L> {
    rules: &'r Rules,
    receiver: S,
    single: L,
    sums: BTreeMap<Key, Sum>,
}

/// What is summed together.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Key {
    settlement: String,
    month: Month,
    /// The day, where fees are summed by day.
    day: Option<Date>,
    account: AccountNumber,
    contra_account: AccountNumber,
    bu: Option<u16>,
    fact: Option<u16>,
    eu_vat_id: Option<String>,
    eu_rate: Option<u16>,
    cost_centre: Option<String>,
    /// The document number, where the rule has a template of its own for it.
    document: Option<DocumentNumber>,
    store: String,
    side: Side,
    currency: Currency,
}

/// A sum that cannot be posted, although each of its fees could.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SumError {
    /// No exchange rate of six places stands between both sums: the fees are too small for it. Posted singly each has a rate.
    #[error(
        "settlement {settlement}: the fees of {amount} are {base}, and no exchange rate expresses that; post the fees singly"
    )]
    NoRate {
        /// The settlement.
        settlement: String,
        /// The sum in its own currency.
        amount: Money,
        /// The sum in the currency of the books.
        base: Money,
    },
}

#[derive(Debug)]
struct Sum {
    signed: Money,
    base: Option<Money>,
    /// Where the rates come from, each source once.
    rate_sources: Vec<String>,
    last_day: Date,
    line: u64,
    kind: FeeKind,
    assignment: Assignment,
}

impl<'r, S: EntrySink, L: EntrySink> SummedFees<'r, S, L> {
    /// Sums by the rules' setting; where they say single fees, everything passes through.
    pub fn new(rules: &'r Rules, receiver: S, single: L) -> Self {
        Self { rules, receiver, single, sums: BTreeMap::new() }
    }

    /// Gives back what entries go to.
    pub fn receiver(&mut self) -> &mut S {
        &mut self.receiver
    }

    /// Gives back both receivers; call [`Self::flush`] before.
    pub fn into_parts(self) -> (S, L) {
        (self.receiver, self.single)
    }

    fn add(
        &mut self,
        entry: &Entry<'_>,
        kind: FeeKind,
    ) -> Result<(), Box<dyn std::error::Error + Send + Sync>> {
        self.single.take(entry)?;
        let signed = entry.movement_on_provider()?;
        let key = self.key(entry);
        let sum = match self.sums.entry(key) {
            btree_map::Entry::Occupied(sum) => sum.into_mut(),
            btree_map::Entry::Vacant(place) => {
                place.insert(Sum::of(entry, kind, signed));
                return Ok(());
            }
        };
        sum.signed = sum.signed.checked_add(signed)?;
        if let (Some(own), Some(more)) = (&mut sum.base, entry.base()) {
            *own = own.checked_add(more.amount)?;
            if !sum.rate_sources.contains(&more.rate.source) {
                sum.rate_sources.push(more.rate.source.clone());
            }
        }
        sum.last_day = sum.last_day.max(entry.date());
        sum.line = entry.details().line;
        Ok(())
    }

    fn key(&self, entry: &Entry<'_>) -> Key {
        let assignment = entry.assignment();
        Key {
            settlement: entry.details().settlement.to_owned(),
            month: Month::of(entry.date()),
            day: (self.rules.client().fee_summing == FeeSumming::Day).then_some(entry.date()),
            account: entry.account(),
            contra_account: assignment.account,
            bu: assignment.tax_key.map(crate::tax_key::TaxKey::value),
            fact: assignment.fact_code.map(crate::tax_key::FactCode::value),
            eu_vat_id: assignment.eu_vat_id.clone(),
            eu_rate: assignment.eu_rate,
            cost_centre: assignment.cost_centre.clone(),
            document: assignment.document.as_ref().map(|_| entry.details().document_number),
            store: entry.details().store.to_owned(),
            side: entry.side(),
            currency: entry.amount().currency(),
        }
    }

    /// Hands on all sums so far; to be called at the end of each settlement. Returns how many entries that made.
    pub fn flush(&mut self) -> Result<u64, Box<dyn std::error::Error + Send + Sync>> {
        let sums = std::mem::take(&mut self.sums);
        let count = u64::try_from(sums.len())?;
        for (key, sum) in sums {
            let entry_text = self.text(&key, &sum);
            let document = key.document.unwrap_or_else(|| self.rules.numbers("").number(&key.settlement).0);
            let details = Details {
                document_number: document,
                text: &entry_text,
                order_reference: "",
                settlement: &key.settlement,
                store: &key.store,
                line: sum.line,
            };
            let kind = EntryKind::Fee(sum.kind);
            let entry = Entry::new(kind, sum.last_day, sum.signed, key.account, &sum.assignment, details)?;
            let rate = sum.base.map(|base| sum.rate(&key, base)).transpose()?;
            let base = sum.base.zip(rate.as_ref()).map(|(amount, rate)| BaseAmount { amount, rate });
            self.receiver.take(&entry.with_base(base))?;
        }
        Ok(count)
    }

    fn text(&self, key: &Key, sum: &Sum) -> String {
        let filling = Filling {
            order: &key.settlement,
            order_reference: "",
            transaction: "",
            seller_reference: "",
            settlement: &key.settlement,
            store: &key.store,
            kind_text: "",
            date: sum.last_day,
        };
        let mut text = String::new();
        if let Some(template) = self.rules.texts().template(TextKey::SummedFees) {
            template.fill(&filling, &mut text);
        }
        text
    }
}

impl Sum {
    /// The first fee of a sum.
    fn of(entry: &Entry<'_>, kind: FeeKind, signed: Money) -> Self {
        Self {
            signed,
            base: entry.base().map(|base| base.amount),
            rate_sources: entry.base().map(|base| base.rate.source.clone()).into_iter().collect(),
            last_day: entry.date(),
            line: entry.details().line,
            kind,
            assignment: entry.assignment().clone(),
        }
    }

    /// The days of a sum may have different rates: both sums stand, and the rate is the one between them.
    fn rate(&self, key: &Key, base: Money) -> Result<SourcedRate, Box<dyn std::error::Error + Send + Sync>> {
        let amount = self.signed.checked_abs()?;
        let Some(rate) = Rate::between(amount, base) else {
            return Err(Box::new(SumError::NoRate { settlement: key.settlement.clone(), amount, base }));
        };
        Ok(SourcedRate { rate, source: self.rate_sources.join(", ") })
    }
}

impl<S: EntrySink, L: EntrySink> EntrySink for SummedFees<'_, S, L> {
    fn take(&mut self, entry: &Entry<'_>) -> Result<(), Box<dyn std::error::Error + Send + Sync>> {
        match entry.kind() {
            EntryKind::Fee(kind) if self.rules.client().fee_summing != FeeSumming::Single => {
                self.add(entry, kind)
            }
            _ => self.receiver.take(entry),
        }
    }
}
