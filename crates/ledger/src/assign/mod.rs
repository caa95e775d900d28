//! From a movement to its entries: a pure function of the movement, its context and the rules.
//!
//! Gross amount and fee are separate entries, never netted. The side follows the sign of the amount, never the kind.
//! A zero makes no entry. Reserve and carry-over move no money off the provider account and make none either, unless
//! the reserve has an account of its own.

mod outcome;
mod row;

pub use outcome::{AssignError, NotBooked, Outcome, Remark};

use jiff::civil::Date;

use crate::calendar::{BookingZone, DateRange};
use crate::entry::Entry;
use crate::kind::{MovementKind, Purpose};
use crate::money::Money;
use crate::movement::{Context, Movement};
use crate::rules::{Lookup, Rules, ShopRules};
use crate::sums::DaySum;
use row::{Row, Texts};

/// Makes entries of movements, one after the other. What it remembers is only what makes it quick: the same movement,
/// context and rules give the same entries, whatever came before.
#[derive(Debug)]
pub struct Assigner<'r> {
    rules: &'r Rules,
    period: DateRange,
    lookup: Lookup<'r>,
    zone: BookingZone,
    texts: Texts,
    in_base: bool,
}

/// Takes the entries one by one.
pub trait EntrySink {
    /// Takes one entry; an error ends the run.
    fn take(&mut self, entry: &Entry<'_>) -> Result<(), Box<dyn std::error::Error + Send + Sync>>;
}

impl<F> EntrySink for F
where
    F: FnMut(&Entry<'_>) -> Result<(), Box<dyn std::error::Error + Send + Sync>>,
{
    fn take(&mut self, entry: &Entry<'_>) -> Result<(), Box<dyn std::error::Error + Send + Sync>> {
        self(entry)
    }
}

impl<'r> Assigner<'r> {
    /// Books by these rules; rows outside the period are counted and not booked.
    pub fn new(rules: &'r Rules, period: DateRange) -> Self {
        let zone = rules.client().zone.clone();
        Self { rules, period, lookup: Lookup::new(rules), zone, texts: Texts::default(), in_base: true }
    }

    /// The same for sums of rows: entries in the currency of their rows alone, because amounts in the currency of the
    /// books are rounded row by row and cannot be had from a sum.
    pub fn of_sums(rules: &'r Rules, period: DateRange) -> Self {
        Self { in_base: false, ..Self::new(rules, period) }
    }

    /// The day on which an instant is booked.
    pub fn date(&mut self, instant: jiff::Timestamp) -> Date {
        self.zone.date(instant)
    }

    /// Makes the entries of one movement and says what became of it.
    pub fn assign(
        &mut self,
        movement: &Movement<'_>,
        context: &Context<'_>,
        sink: &mut impl EntrySink,
    ) -> Result<Outcome, AssignError> {
        let own_day = self.zone.date(movement.instant);
        self.assign_on(own_day, movement, context, sink)
    }

    /// Makes the entries that rows which are alike in every sign make together, and says what became of them. Multiply
    /// the number of entries by the number of rows.
    pub fn assign_sum(
        &mut self,
        sum: &DaySum,
        settlement: &str,
        context: &Context<'_>,
        sink: &mut impl EntrySink,
    ) -> Result<Outcome, AssignError> {
        self.assign_on(sum.day, &sum.movement(settlement), context, sink)
    }

    fn assign_on(
        &mut self,
        own_day: Date,
        movement: &Movement<'_>,
        context: &Context<'_>,
        sink: &mut impl EntrySink,
    ) -> Result<Outcome, AssignError> {
        let line = movement.line;
        let net = movement.net().map_err(|source| AssignError::Money { line, source })?;
        let before_start = self.rules.client().start.is_some_and(|start| own_day < start);
        let carried_to = context.carried_to.filter(|to| *to != own_day && !before_start);
        let date = carried_to.unwrap_or(own_day);
        let left_out =
            if before_start { Some(NotBooked::BeforeStart) } else { self.left_out(movement, date) };
        let shop = self.lookup.shop(movement.store, movement.currency());
        let stays = stays(movement, shop, date);
        let within = stays.map_or(Money::zero(movement.currency()), |_| movement.gross);
        let outcome = Outcome {
            date,
            entries: 0,
            on_provider: Money::zero(movement.currency()),
            not_booked: left_out.map(|reason| (reason, net)).or(stays.map(|reason| (reason, movement.gross))),
            effect: net.checked_sub(within).map_err(|source| AssignError::Money { line, source })?,
            remarks: Vec::new(),
            document: None,
            contra_account: None,
            carried_from: carried_to.map(|_| own_day),
        };
        if left_out.is_some() {
            return Ok(outcome);
        }
        Row::new(self.rules, shop, movement, context, outcome, &mut self.texts)?
            .in_base(self.in_base)
            .book(sink)
    }

    fn left_out(&self, movement: &Movement<'_>, date: Date) -> Option<NotBooked> {
        let fees = [movement.fees.variable.1, movement.fees.fixed.1];
        if !self.period.contains(date) {
            Some(NotBooked::OutsidePeriod)
        } else if movement.gross.is_zero() && fees.iter().all(|fee| fee.is_zero()) {
            Some(NotBooked::Zero)
        } else {
            None
        }
    }
}

/// Does the gross amount only move within the provider account?
fn stays(movement: &Movement<'_>, shop: &ShopRules<'_>, date: Date) -> Option<NotBooked> {
    if movement.gross.is_zero() {
        return None;
    }
    let has_account = |purpose| shop.rule(purpose, date).is_some_and(|rule| rule.assignment.is_some());
    match movement.kind {
        MovementKind::CarryOver => Some(NotBooked::CarryOver),
        kind @ MovementKind::Reserve if !has_account(Purpose::Contra(kind)) => Some(NotBooked::Reserve),
        _ => None,
    }
}
