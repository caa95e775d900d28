//! Proof: what went in, what came out, and why the balance of the provider account is what it is.

mod balance;
mod tally;

pub use balance::{MonthProof, Opening, PayoutsOf, SettledAmount, months};
pub use tally::{KindSum, SettlementTally, Tally};

use crate::money::Money;

/// Two figures that must be equal, each computed on its own way. Checking it needs no knowledge of what it says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Equation {
    /// What is compared, as a stable word for programs.
    pub name: &'static str,
    /// One side.
    pub left: Money,
    /// The other side.
    pub right: Money,
}

impl Equation {
    /// Are both sides equal, to the minor unit?
    pub fn holds(&self) -> bool {
        self.left == self.right
    }
}
