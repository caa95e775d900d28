//! The provider account month by month: opening, movements, closing, and what the closing balance consists of.
//!
//! What lies on the account at the end of a month is held back as reserve, carried over, not yet settled, or settled
//! and not yet paid. A payout that differs from what its settlement owes leaves a difference, which is named.

use std::collections::BTreeMap;

use jiff::tz::TimeZone;

use super::{Equation, SettlementTally, Tally};
use crate::calendar::Month;
use crate::kind::MovementKind;
use crate::money::{Currency, Money, MoneyError};

/// What lay on the provider account before the first settlement, by origin; all parts are positive for money there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Opening {
    /// Settled and not yet paid.
    pub unpaid: Money,
    /// Held back as reserve, where the reserve has no account of its own.
    pub reserve: Money,
    /// Carried over.
    pub carried_over: Money,
}

impl Opening {
    /// Nothing lay there.
    pub fn nothing(currency: Currency) -> Self {
        let zero = Money::zero(currency);
        Self { unpaid: zero, reserve: zero, carried_over: zero }
    }

    /// All of it.
    pub fn total(&self) -> Result<Money, MoneyError> {
        self.unpaid.checked_add(self.reserve)?.checked_add(self.carried_over)
    }
}

/// What was paid for a settlement, and in which month; payouts that pay none of the settlements here have no name.
pub type PayoutsOf = BTreeMap<(Option<String>, Month), Money>;

/// A settlement whose payout is still to come, or differs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SettledAmount {
    /// The settlement; none for what was settled before the first report.
    pub settlement: Option<String>,
    /// What lies on the account for it: what it owes less what was paid.
    pub amount: Money,
    /// Was anything paid for it yet? Then the amount is a difference that needs an explanation.
    pub paid: bool,
}

/// The provider account in one month and currency.
#[derive(Clone, Debug)]
pub struct MonthProof {
    /// The month.
    pub month: Month,
    /// The rows of the month, of all settlements.
    pub tally: Tally,
    /// The balance on the first day, before anything.
    pub opening: Money,
    /// The balance after the last day.
    pub closing: Money,
    /// Of the closing balance: held back.
    pub reserve: Money,
    /// Of the closing balance: carried over into the next settlement.
    pub carried_over: Money,
    /// Of the closing balance: rows of settlements whose period had not ended.
    pub not_settled: Money,
    /// Of the closing balance: settlements that had ended, each with what is left of it.
    pub settled: Vec<SettledAmount>,
}

impl MonthProof {
    /// The closing balance is the sum of its parts.
    pub fn equation(&self) -> Result<Equation, MoneyError> {
        let parts = [self.reserve, self.carried_over, self.not_settled];
        let settled = self.settled.iter().map(|settled| settled.amount);
        let zero = Money::zero(self.closing.currency());
        let right = parts.into_iter().chain(settled).try_fold(zero, Money::checked_add)?;
        Ok(Equation {
            name: "closing = reserve + carried over + not settled + unpaid",
            left: self.closing,
            right,
        })
    }
}

/// Proves every month from the first to the last row of a currency, also those in which nothing moved.
pub fn months(
    settlements: &[SettlementTally],
    currency: Currency,
    opening: Opening,
    payouts: &PayoutsOf,
    zone: &TimeZone,
) -> Result<Vec<MonthProof>, MoneyError> {
    let own = |settlement: &SettlementTally| {
        settlement
            .parts()
            .filter(|(_, part)| part.currency() == currency)
            .map(|(month, _)| month)
            .collect::<Vec<_>>()
    };
    let seen: Vec<Month> = settlements.iter().flat_map(own).collect();
    let (Some(first), Some(last)) = (seen.iter().min(), seen.iter().max()) else { return Ok(Vec::new()) };
    let mut proofs: Vec<MonthProof> = Vec::new();
    let mut month = *first;
    let mut balance = opening.total()?;
    while month <= *last {
        let tally = of_month(settlements, currency, month)?;
        let closing = balance.checked_add(tally.effect)?;
        let parts = Parts { settlements, currency, opening, payouts, zone };
        proofs.push(parts.prove(month, tally, balance, closing)?);
        balance = closing;
        if month.next() == month {
            break;
        }
        month = month.next();
    }
    Ok(proofs)
}

fn of_month(settlements: &[SettlementTally], currency: Currency, month: Month) -> Result<Tally, MoneyError> {
    let mut total = Tally::new(currency);
    for (_, part) in
        settlements.iter().flat_map(|settlement| settlement.parts().filter(|(own, _)| *own == month))
    {
        if part.currency() == currency {
            total.merge(part)?;
        }
    }
    Ok(total)
}

struct Parts<'a> {
    settlements: &'a [SettlementTally],
    currency: Currency,
    opening: Opening,
    payouts: &'a PayoutsOf,
    zone: &'a TimeZone,
}

impl Parts<'_> {
    fn prove(
        &self,
        month: Month,
        tally: Tally,
        opening: Money,
        closing: Money,
    ) -> Result<MonthProof, MoneyError> {
        let mut proof = MonthProof {
            month,
            tally,
            opening,
            closing,
            reserve: self.opening.reserve,
            carried_over: self.opening.carried_over,
            not_settled: Money::zero(self.currency),
            settled: Vec::new(),
        };
        let end = month.end_in(self.zone);
        for settlement in self.settlements {
            let so_far = settlement.until(self.currency, Some(month))?;
            // Reserve and carry-over move within the account, so they count with what is owed.
            let owed = so_far.before_payouts()?;
            proof.reserve = proof.reserve.checked_add(so_far.reserve_held)?;
            proof.carried_over =
                proof.carried_over.checked_sub(so_far.kind(MovementKind::CarryOver).gross)?;
            if settlement.end <= end {
                self.settle(&mut proof, Some(&settlement.id), owed)?;
            } else {
                let paid = self.paid(Some(&settlement.id), month)?;
                proof.not_settled = proof.not_settled.checked_add(owed)?.checked_add(paid)?;
            }
        }
        self.settle(&mut proof, None, self.opening.unpaid)?;
        Ok(proof)
    }

    fn settle(&self, proof: &mut MonthProof, id: Option<&str>, owed: Money) -> Result<(), MoneyError> {
        let paid = self.paid(id, proof.month)?;
        let amount = owed.checked_add(paid)?;
        if !amount.is_zero() {
            let settled = SettledAmount { settlement: id.map(str::to_owned), amount, paid: !paid.is_zero() };
            proof.settled.push(settled);
        }
        Ok(())
    }

    /// The payouts for a settlement up to a month, negative as they stand in the reports.
    fn paid(&self, id: Option<&str>, last: Month) -> Result<Money, MoneyError> {
        let of_settlement =
            self.payouts.iter().filter(|((of, month), _)| of.as_deref() == id && *month <= last);
        of_settlement.map(|(_, amount)| *amount).try_fold(Money::zero(self.currency), Money::checked_add)
    }
}
