//! A movement: one row of a settlement in words that no provider owns.

use jiff::Timestamp;

use crate::kind::{FeeKind, MovementKind};
use crate::money::{Currency, Money, MoneyError};

/// One row of a settlement: what moved on the provider account, when and why.
///
/// Texts are borrowed from the reader, so that a report of a million rows is walked without copying it.
#[derive(Clone, Copy, Debug)]
pub struct Movement<'a> {
    /// The line of the document, counted from 1.
    pub line: u64,
    /// The settlement that the row belongs to.
    pub settlement: &'a str,
    /// What it is.
    pub kind: MovementKind,
    /// The kind as the document calls it, for rows that nobody knows.
    pub kind_text: &'a str,
    /// When the provider posted it.
    pub instant: Timestamp,
    /// The gross amount: positive onto the provider account, negative off it. Zero for a row that is a mere fee.
    pub gross: Money,
    /// The fees of the row, each with its sign: negative charged, positive returned. All in the currency of `gross`.
    pub fees: Fees,
    /// The numbers by which the order can be found.
    pub identifiers: Identifiers<'a>,
    /// The shop, empty where the document names none.
    pub store: &'a str,
}

/// The two parts of a row's fee.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Fees {
    /// The part that depends on the amount.
    pub variable: (FeeKind, Money),
    /// The part that does not.
    pub fixed: (FeeKind, Money),
}

/// The numbers of a row, empty where the document leaves them out. Which of them is the order's is the reader's word.
#[derive(Clone, Copy, Debug, Default)]
pub struct Identifiers<'a> {
    /// The key under which all rows of an order meet; empty for a row without an order.
    pub order: &'a str,
    /// The provider's own number of the order or agreement (Auftragsnummer).
    pub order_reference: &'a str,
    /// The provider's number of this transaction.
    pub transaction: &'a str,
    /// The merchant's number of this transaction.
    pub seller_reference: &'a str,
}

impl Movement<'_> {
    /// The currency of all amounts of the row.
    pub fn currency(&self) -> Currency {
        self.gross.currency()
    }

    /// Both parts of the fee together.
    pub fn total_fee(&self) -> Result<Money, MoneyError> {
        self.fees.variable.1.checked_add(self.fees.fixed.1)
    }

    /// What the row changes on the provider account: gross and fees.
    pub fn net(&self) -> Result<Money, MoneyError> {
        self.gross.checked_add(self.total_fee()?)
    }
}

/// What a single row does not know and the caller looks up.
#[derive(Clone, Copy, Debug, Default)]
pub struct Context<'a> {
    /// The settlement that a payout pays; none where it is not known.
    pub paid_settlement: Option<&'a str>,
    /// The day on which a returned fee was charged; none where the payment is not known.
    pub fee_charged_on: Option<jiff::civil::Date>,
    /// The order's key where the row alone cannot tell it: a refund of a store whose key is the payment's reference.
    pub order: Option<&'a str>,
    /// The day on which it is booked instead of its own, because the books of its own day are closed (Nachtrag).
    pub carried_to: Option<jiff::civil::Date>,
}
