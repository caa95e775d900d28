//! Summed fees: one entry for the fees of a day or a settlement, the single ones attached as a list.
//!
//! One sum for each month, account and key, cost centre, shop and side, so returned fees stand apart. A sum is dated the
//! last day it sums. It stands between the assignment and whoever takes the entries: other entries pass through.

use std::collections::BTreeMap;

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
    cost_centre: Option<String>,
    store: String,
    side: Side,
    currency: Currency,
}

#[derive(Debug)]
struct Sum {
    signed: Money,
    base: Option<Money>,
    rate_source: String,
    last_day: Date,
    line: u64,
    kind: FeeKind,
    assignment: Assignment,
    document: Option<DocumentNumber>,
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
        let base = entry.base().map(|base| base.amount);
        let Some(sum) = self.sums.get_mut(&self.key(entry)) else {
            let sum = Sum {
                signed,
                base,
                rate_source: entry.base().map(|base| base.rate.source.clone()).unwrap_or_default(),
                last_day: entry.date(),
                line: entry.details().line,
                kind,
                assignment: entry.assignment().clone(),
                document: entry.assignment().document.is_some().then_some(entry.details().document_number),
            };
            self.sums.insert(self.key(entry), sum);
            return Ok(());
        };
        sum.signed = sum.signed.checked_add(signed)?;
        if let (Some(own), Some(more)) = (&mut sum.base, base) {
            *own = own.checked_add(more)?;
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
            cost_centre: assignment.cost_centre.clone(),
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
            let document = sum.document.unwrap_or_else(|| self.rules.numbers("").number(&key.settlement).0);
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
            let rate = sum.rate();
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
    /// The days of a sum may have different rates: both sums stand, and the rate is the one between them.
    fn rate(&self) -> Option<SourcedRate> {
        let rate = Rate::between(self.signed.checked_abs().ok()?, self.base?)?;
        Some(SourcedRate { rate, source: self.rate_source.clone() })
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
