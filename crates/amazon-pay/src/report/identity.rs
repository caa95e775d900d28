use std::fmt;

use super::{AmountText, Currency};

/// An equation that a row must satisfy, with the figures of both sides: a row's own proof.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Identity {
    /// Which equation.
    pub name: IdentityName,
    /// The line on which the row begins, counted from 1.
    pub line: u64,
    /// The figure that the row states, in minor units.
    pub stated: i64,
    /// The figure that follows from the row's other columns, in minor units.
    pub computed: i64,
    /// The currency of both.
    pub currency: Currency,
}

/// The equations of a settlement row.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum IdentityName {
    /// TotalTransactionFee = TransactionPercentageFee + TransactionFixedFee.
    TotalFee,
    /// NetTransactionAmount = TransactionAmount + TotalTransactionFee.
    Net,
}

impl Identity {
    /// Whether both sides are equal.
    pub fn holds(&self) -> bool {
        self.stated == self.computed
    }
}

impl IdentityName {
    /// The column whose figure the equation proves, and the two it is the sum of.
    pub fn columns(self) -> (&'static str, [&'static str; 2]) {
        match self {
            Self::TotalFee => ("TotalTransactionFee", ["TransactionPercentageFee", "TransactionFixedFee"]),
            Self::Net => ("NetTransactionAmount", ["TransactionAmount", "TotalTransactionFee"]),
        }
    }
}

impl fmt::Display for Identity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (column, [first, second]) = self.name.columns();
        let stated = AmountText(self.stated, self.currency);
        let computed = AmountText(self.computed, self.currency);
        write!(f, "{column} is {stated}, but {first} + {second} is {computed}")
    }
}
