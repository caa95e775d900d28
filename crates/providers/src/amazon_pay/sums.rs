//! What the chain must know of a settlement, as a value that can be stored beside it.
//!
//! With these sums of all settlements the chain, the opening balance, the payouts and the proof of every month are computed
//! without reading a row again.

use std::collections::BTreeMap;

use jiff::civil::Date;
use ledger::kind::MovementKind;
use ledger::money::{Currency, MoneyError};
use ledger::movement::Movement;
use serde::{Deserialize, Serialize};

use super::chain::Period;

/// A settlement in the chain: its period, and its sums by currency.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SettlementSums {
    /// Which settlement, and from when until when.
    #[serde(flatten)]
    pub period: Period,
    /// The sums of each currency that has rows.
    pub currencies: BTreeMap<Currency, ChainSums>,
}

/// What a settlement does in the chain, in minor units of one currency.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChainSums {
    /// What its rows owe: the net amounts of all but the payouts.
    pub owed: i64,
    /// What was paid, without sign.
    pub paid: i64,
    /// Payouts that the bank sent back.
    pub returned: i64,
    /// What was released from the reserve.
    pub reserve_released: i64,
    /// Its carry-overs, row by row.
    pub carry_overs: Vec<i64>,
    /// Its payouts, row by row.
    pub payouts: Vec<PayoutRow>,
}

/// A payout as it stands in the report.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PayoutRow {
    /// The booking day in the client's zone.
    pub day: Date,
    /// The line of the report.
    pub line: u64,
    /// The gross amount in minor units, negative for money that leaves.
    pub gross: i64,
    /// The net amount, likewise.
    pub net: i64,
}

impl SettlementSums {
    /// A settlement without rows yet.
    pub fn new(period: Period) -> Self {
        Self { period, currencies: BTreeMap::new() }
    }

    /// Counts a row that is booked on `day`.
    pub fn count(&mut self, movement: &Movement<'_>, day: Date) -> Result<(), MoneyError> {
        self.currencies.entry(movement.currency()).or_default().count(movement, day)
    }
}

impl ChainSums {
    /// Counts a row of its currency that is booked on `day`.
    pub(super) fn count(&mut self, movement: &Movement<'_>, day: Date) -> Result<(), MoneyError> {
        let (currency, net) = (movement.currency(), movement.net()?.minor());
        let overflow = MoneyError::Overflow(currency);
        let plus = |sum: i64, more: i64| sum.checked_add(more).ok_or(overflow);
        if movement.kind == MovementKind::Payout {
            if net < 0 {
                self.paid = self.paid.checked_sub(net).ok_or(overflow)?;
            } else {
                self.returned = plus(self.returned, net)?;
            }
            let (line, gross) = (movement.line, movement.gross.minor());
            self.payouts.push(PayoutRow { day, line, gross, net });
        } else {
            self.owed = plus(self.owed, net)?;
        }
        if movement.kind == MovementKind::CarryOver {
            self.carry_overs.push(movement.gross.minor());
        }
        if movement.kind == MovementKind::Reserve && !movement.gross.is_negative() {
            self.reserve_released = plus(self.reserve_released, movement.gross.minor())?;
        }
        Ok(())
    }

    /// What is to be paid, in minor units. A payout is never below zero: a negative sum is charged or carried over.
    pub fn payable(&self) -> i64 {
        self.owed.max(0)
    }
}
