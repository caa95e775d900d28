//! Counting: rows, sums per kind and currency, what was booked and what was not.

use std::collections::BTreeMap;

use jiff::Timestamp;

use super::Equation;
use crate::assign::{NotBooked, Outcome};
use crate::calendar::Month;
use crate::kind::{FeeKind, MovementKind};
use crate::money::{Currency, Money, MoneyError};
use crate::movement::Movement;

/// Rows and sums of one currency in one month of one settlement, or of several put together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tally {
    currency: Currency,
    /// How many rows there were.
    pub rows: u64,
    /// How many of them made at least one entry.
    pub booked_rows: u64,
    /// How many entries they made.
    pub entries: u64,
    /// Sum of the net amounts of all rows.
    pub net: Money,
    /// What the entries change on the provider account.
    pub on_provider: Money,
    /// What the rows change on the provider account, booked here or elsewhere: the net amount without what stays on it.
    pub effect: Money,
    /// What the reserve rows hold back on the provider account (positive) less what they release there.
    pub reserve_held: Money,
    kinds: BTreeMap<MovementKind, KindSum>,
    fees: BTreeMap<FeeKind, Money>,
    not_booked: BTreeMap<NotBooked, (u64, Money)>,
}

/// The rows of one kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct KindSum {
    /// How many rows.
    pub rows: u64,
    /// Sum of their gross amounts.
    pub gross: Money,
    /// Sum of their fees.
    pub fees: Money,
}

impl Tally {
    /// Nothing counted yet.
    pub fn new(currency: Currency) -> Self {
        let zero = Money::zero(currency);
        Self {
            currency,
            rows: 0,
            booked_rows: 0,
            entries: 0,
            net: zero,
            on_provider: zero,
            effect: zero,
            reserve_held: zero,
            kinds: BTreeMap::new(),
            fees: BTreeMap::new(),
            not_booked: BTreeMap::new(),
        }
    }

    /// The currency of all sums.
    pub fn currency(&self) -> Currency {
        self.currency
    }

    /// The sums per kind.
    pub fn kinds(&self) -> impl Iterator<Item = (MovementKind, &KindSum)> {
        self.kinds.iter().map(|(kind, sum)| (*kind, sum))
    }

    /// The sum of a kind; zero rows where there is none.
    pub fn kind(&self, kind: MovementKind) -> KindSum {
        let zero = Money::zero(self.currency);
        self.kinds.get(&kind).copied().unwrap_or(KindSum { rows: 0, gross: zero, fees: zero })
    }

    /// The fees per kind, the amounts of rows that are mere fees included.
    pub fn fees(&self) -> impl Iterator<Item = (FeeKind, Money)> {
        self.fees.iter().map(|(kind, sum)| (*kind, *sum))
    }

    /// Rows and money that made no entry, by reason.
    pub fn not_booked(&self) -> impl Iterator<Item = (NotBooked, u64, Money)> {
        self.not_booked.iter().map(|(reason, (rows, sum))| (*reason, *rows, *sum))
    }

    /// Counts one row.
    pub fn count(&mut self, movement: &Movement<'_>, outcome: &Outcome) -> Result<(), MoneyError> {
        self.count_rows(movement, outcome, 1)
    }

    /// Counts rows that are alike in every sign, given as their sum and what became of it.
    pub fn count_rows(
        &mut self,
        movement: &Movement<'_>,
        outcome: &Outcome,
        rows: u64,
    ) -> Result<(), MoneyError> {
        let fee = movement.total_fee()?;
        let net = movement.gross.checked_add(fee)?;
        self.rows += rows;
        self.booked_rows += if outcome.entries > 0 { rows } else { 0 };
        self.entries += u64::from(outcome.entries) * rows;
        self.net = self.net.checked_add(net)?;
        self.on_provider = self.on_provider.checked_add(outcome.on_provider)?;
        self.effect = self.effect.checked_add(outcome.effect)?;
        if movement.kind == MovementKind::Reserve {
            self.reserve_held = self.reserve_held.checked_add(outcome.effect)?.checked_sub(net)?;
        }
        if let Some((reason, amount)) = outcome.not_booked {
            let (count, sum) = self.not_booked.entry(reason).or_insert((0, Money::zero(self.currency)));
            *count += rows;
            *sum = sum.checked_add(amount)?;
        }
        self.count_kind(movement, fee, rows)?;
        self.count_fees(movement)
    }

    fn count_kind(&mut self, movement: &Movement<'_>, fee: Money, rows: u64) -> Result<(), MoneyError> {
        let zero = Money::zero(self.currency);
        let sum = self.kinds.entry(movement.kind).or_insert(KindSum { rows: 0, gross: zero, fees: zero });
        sum.rows += rows;
        sum.gross = sum.gross.checked_add(movement.gross)?;
        sum.fees = sum.fees.checked_add(fee)?;
        Ok(())
    }

    fn count_fees(&mut self, movement: &Movement<'_>) -> Result<(), MoneyError> {
        let mere_fee =
            (movement.kind == MovementKind::Fee).then_some((movement.fees.variable.0, movement.gross));
        let parts = [Some(movement.fees.variable), Some(movement.fees.fixed), mere_fee];
        for (kind, amount) in parts.into_iter().flatten().filter(|(_, amount)| !amount.is_zero()) {
            let sum = self.fees.entry(kind).or_insert(Money::zero(self.currency));
            *sum = sum.checked_add(amount)?;
        }
        Ok(())
    }

    /// Adds another tally of the same currency.
    pub fn merge(&mut self, other: &Self) -> Result<(), MoneyError> {
        self.rows += other.rows;
        self.booked_rows += other.booked_rows;
        self.entries += other.entries;
        self.net = self.net.checked_add(other.net)?;
        self.on_provider = self.on_provider.checked_add(other.on_provider)?;
        self.effect = self.effect.checked_add(other.effect)?;
        self.reserve_held = self.reserve_held.checked_add(other.reserve_held)?;
        for (kind, sum) in &other.kinds {
            let mut own = self.kind(*kind);
            own.rows += sum.rows;
            own.gross = own.gross.checked_add(sum.gross)?;
            own.fees = own.fees.checked_add(sum.fees)?;
            self.kinds.insert(*kind, own);
        }
        for (kind, sum) in &other.fees {
            let own = self.fees.entry(*kind).or_insert(Money::zero(self.currency));
            *own = own.checked_add(*sum)?;
        }
        for (reason, (rows, sum)) in &other.not_booked {
            let own = self.not_booked.entry(*reason).or_insert((0, Money::zero(self.currency)));
            *own = (own.0 + rows, own.1.checked_add(*sum)?);
        }
        Ok(())
    }

    /// The net amounts of all rows are what moved on the provider account and what was not booked.
    pub fn equation(&self) -> Result<Equation, MoneyError> {
        let not_booked = self
            .not_booked
            .values()
            .try_fold(Money::zero(self.currency), |sum, (_, amount)| sum.checked_add(*amount))?;
        Ok(Equation {
            name: "net = on provider + not booked",
            left: self.net,
            right: self.on_provider.checked_add(not_booked)?,
        })
    }

    /// The net amounts of all rows but the payouts: what the settlement owes.
    pub fn before_payouts(&self) -> Result<Money, MoneyError> {
        let payouts = self.kind(MovementKind::Payout);
        self.net.checked_sub(payouts.gross)?.checked_sub(payouts.fees)
    }
}

/// One settlement, counted by month and currency.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SettlementTally {
    /// The provider's number of the settlement.
    pub id: String,
    /// When its period begins.
    pub start: Timestamp,
    /// When its period ends.
    pub end: Timestamp,
    parts: BTreeMap<(Month, Currency), Tally>,
}

impl SettlementTally {
    /// A settlement without rows yet.
    pub fn new(id: String, start: Timestamp, end: Timestamp) -> Self {
        Self { id, start, end, parts: BTreeMap::new() }
    }

    /// Counts one row in its month and currency.
    pub fn count(&mut self, movement: &Movement<'_>, outcome: &Outcome) -> Result<(), MoneyError> {
        self.count_rows(movement, outcome, 1)
    }

    /// Counts rows that are alike in every sign, given as their sum and what became of it.
    pub fn count_rows(
        &mut self,
        movement: &Movement<'_>,
        outcome: &Outcome,
        rows: u64,
    ) -> Result<(), MoneyError> {
        let currency = movement.currency();
        let part =
            self.parts.entry((Month::of(outcome.date), currency)).or_insert_with(|| Tally::new(currency));
        part.count_rows(movement, outcome, rows)
    }

    /// The tallies by month and currency.
    pub fn parts(&self) -> impl Iterator<Item = (Month, &Tally)> {
        self.parts.iter().map(|((month, _), tally)| (*month, tally))
    }

    /// The currencies of its rows.
    pub fn currencies(&self) -> Vec<Currency> {
        let mut currencies: Vec<Currency> = self.parts.keys().map(|(_, currency)| *currency).collect();
        currencies.sort_unstable();
        currencies.dedup();
        currencies
    }

    /// All months of one currency together.
    pub fn total(&self, currency: Currency) -> Result<Tally, MoneyError> {
        self.until(currency, None)
    }

    /// The rows of one currency up to and including a month.
    pub fn until(&self, currency: Currency, last: Option<Month>) -> Result<Tally, MoneyError> {
        let mut total = Tally::new(currency);
        for (month, part) in self.parts() {
            if part.currency() == currency && last.is_none_or(|last| month <= last) {
                total.merge(part)?;
            }
        }
        Ok(total)
    }
}
