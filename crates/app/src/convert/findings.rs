//! What a person should look at. Everything was booked all the same; nothing is left out.

use std::collections::BTreeMap;

use ledger::assign::{Outcome, Remark};
use ledger::document_number::Change;
use ledger::kind::MovementKind;
use ledger::money::{Currency, Money, MoneyError};
use ledger::movement::Movement;
use providers::amazon_pay::ChainWarning;

use super::open_items::OpenItemFinding;

/// How many rows of one sort are named one by one; the rest is counted.
pub const NAMED_MAX: usize = 100;

/// All findings of a run.
#[derive(Debug, Default)]
pub struct Findings {
    /// Rows of a kind that nobody knows, by the document's word for it.
    pub unknown_kinds: BTreeMap<String, UnknownKind>,
    /// Rows whose amount has a sign that is unusual for its kind.
    pub unusual_signs: Named<UnusualSign>,
    /// Returned fees whose payment is not among the reports, where the rules for fees have changed.
    pub returned_fees: Named<Place>,
    /// Rows under an agreement with several orders, of which none could be chosen.
    pub several_orders: Named<(Place, String)>,
    /// Shops without a rule of their own, where others have one, and how many rows they have.
    pub stores_without_rule: BTreeMap<String, u64>,
    /// Document numbers that two orders share, and refunds above the payment.
    pub open_items: Named<OpenItemFinding>,
    /// How many rows have a document number that is not the order's number letter by letter.
    pub numbers_changed: u64,
    /// How many of them lost something and end in a mark.
    pub numbers_marked: u64,
    /// What the chain of settlements shows.
    pub chain: Vec<ChainWarning>,
}

/// A row: the report's place in the run, and the line in it.
pub type Place = (usize, u64);

/// Named one by one up to a limit, and counted.
#[derive(Debug)]
pub struct Named<T> {
    /// The first of them.
    pub first: Vec<T>,
    /// How many there are.
    pub count: usize,
}

/// The rows of a kind that nobody knows.
#[derive(Debug)]
pub struct UnknownKind {
    /// How many rows.
    pub rows: u64,
    /// Sum of their net amounts by currency.
    pub sums: BTreeMap<Currency, Money>,
    /// The first of them.
    pub first: Place,
}

/// A row with an unusual sign.
#[derive(Debug)]
pub struct UnusualSign {
    /// Where it stands.
    pub place: Place,
    /// What it is.
    pub kind: MovementKind,
    /// Its gross amount.
    pub amount: Money,
}

impl<T> Default for Named<T> {
    fn default() -> Self {
        Self { first: Vec::new(), count: 0 }
    }
}

impl<T> Named<T> {
    fn add(&mut self, finding: T) {
        self.count += 1;
        if self.first.len() < NAMED_MAX {
            self.first.push(finding);
        }
    }
}

impl Findings {
    /// Takes note of what the assignment remarked about a row.
    pub fn note(
        &mut self,
        movement: &Movement<'_>,
        outcome: &Outcome,
        report: usize,
    ) -> Result<(), MoneyError> {
        let place = (report, movement.line);
        if let Some((_, change)) = outcome.document {
            self.numbers_changed += u64::from(change != Change::None);
            self.numbers_marked += u64::from(change == Change::Marked);
        }
        for remark in &outcome.remarks {
            match remark {
                Remark::UnknownKind => self.unknown_kind(movement, place)?,
                Remark::UnusualSign => {
                    let (kind, amount) = (movement.kind, movement.gross);
                    self.unusual_signs.add(UnusualSign { place, kind, amount });
                }
                Remark::ReturnedFeeOfUnknownDay => self.returned_fees.add(place),
                Remark::StoreWithoutRule => {
                    *self.stores_without_rule.entry(movement.store.to_owned()).or_default() += 1;
                }
            }
        }
        Ok(())
    }

    /// Takes note of a row that belongs to one of several orders under one agreement.
    pub fn note_several_orders(&mut self, agreement: &str, place: Place) {
        self.several_orders.add((place, agreement.to_owned()));
    }

    fn unknown_kind(&mut self, movement: &Movement<'_>, place: Place) -> Result<(), MoneyError> {
        let kind = self.unknown_kinds.entry(movement.kind_text.trim().to_owned());
        let kind = kind.or_insert_with(|| UnknownKind { rows: 0, sums: BTreeMap::new(), first: place });
        kind.rows += 1;
        let sum = kind.sums.entry(movement.currency()).or_insert(Money::zero(movement.currency()));
        *sum = sum.checked_add(movement.net()?)?;
        Ok(())
    }
}
