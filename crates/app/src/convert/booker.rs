//! Booking one row: its context looked up, its entries made.

use std::collections::BTreeSet;

use jiff::civil::Date;
use ledger::assign::{AssignError, Assigner, EntrySink, Outcome};
use ledger::calendar::{DateRange, Month};
use ledger::movement::{Context, Movement};
use ledger::rules::Rules;
use providers::amazon_pay::{EarlierPayments, Needs, Payments};

use super::error::ConvertError;

/// Which months of which settlements were handed out. In closed books they stay where they are; whatever else comes for
/// a closed day is late and booked on the first open one.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct HandedOut(BTreeSet<(String, Month)>);

impl HandedOut {
    /// Notes that rows of a settlement left in the batch of a month.
    pub fn note(&mut self, settlement: &str, month: Month) {
        self.0.insert((settlement.to_owned(), month));
    }

    /// The day on which a row of the settlement is booked instead of its own; none where its own is the right one.
    pub fn carried_to(&self, rules: &Rules, settlement: &str, own_day: Date) -> Option<Date> {
        let carried = rules.client().carried_to(own_day)?;
        let gone = !self.0.is_empty() && self.0.contains(&(settlement.to_owned(), Month::of(own_day)));
        (!gone).then_some(carried)
    }
}

/// Books rows one after the other.
pub struct Booker<'r> {
    rules: &'r Rules,
    handed_out: &'r HandedOut,
    assigner: Assigner<'r>,
    payments: Payments,
    earlier: &'r mut dyn EarlierPayments,
}

/// What became of a row.
#[derive(Clone, Debug)]
pub struct Booked {
    /// Its entries and what they change.
    pub outcome: Outcome,
    /// The key of its order, where the row alone could not tell it.
    pub order: Option<String>,
    /// It belongs to one of several orders under one agreement, and nothing says to which.
    pub ambiguous: bool,
}

impl<'r> Booker<'r> {
    /// Books by these rules; rows outside the period are counted and not booked.
    pub fn new(
        rules: &'r Rules,
        period: DateRange,
        handed_out: &'r HandedOut,
        earlier: &'r mut dyn EarlierPayments,
    ) -> Self {
        let payments = Payments::new(Needs { fee_days: rules.fees_change() });
        Self { rules, handed_out, assigner: Assigner::new(rules, period), payments, earlier }
    }

    /// Makes the entries of a row of the document `name`. `paid_settlement` is the settlement that it pays.
    pub fn book(
        &mut self,
        name: &str,
        movement: &Movement<'_>,
        paid_settlement: Option<&str>,
        entries: &mut impl EntrySink,
    ) -> Result<Booked, ConvertError> {
        let key_is_reference =
            self.rules.store(movement.store).is_some_and(|store| store.key_is_seller_reference);
        self.payments
            .look_up(movement, key_is_reference, self.earlier)
            .map_err(|source| ConvertError::Stored { name: name.to_owned(), source })?;
        let resolved = self.payments.resolve(movement, key_is_reference);
        let carried_to = if self.rules.client().closed_until.is_some() {
            let own_day = self.assigner.date(movement.instant);
            self.handed_out.carried_to(self.rules, movement.settlement, own_day)
        } else {
            None
        };
        let context = Context {
            paid_settlement,
            fee_charged_on: resolved.fee_charged_on,
            order: resolved.order,
            carried_to,
        };
        let outcome =
            self.assigner.assign(movement, &context, entries).map_err(|source| assign_error(name, source))?;
        let booked =
            Booked { order: resolved.order.map(str::to_owned), ambiguous: resolved.ambiguous, outcome };
        self.payments.note(movement, booked.outcome.date, key_is_reference);
        Ok(booked)
    }
}

/// Says which document the row stands in; an error of the receiver stays what it is.
pub(super) fn assign_error(name: &str, source: AssignError) -> ConvertError {
    match source {
        AssignError::Sink(source) => ConvertError::Export(source),
        source => ConvertError::Assign { name: name.to_owned(), source: Box::new(source) },
    }
}
