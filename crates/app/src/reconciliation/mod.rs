//! Payouts against the bank's own statement: which payout arrived as which booking.
//!
//! A pure function. Each step takes only what is certain, and what is left to it is left to the next:
//!
//! 1. what a person decided earlier;
//! 2. the payout's reference stands in the booking, and the amount is the same;
//! 3. the amount alone, within some days around the payout, where neither side has another choice, first among the bookings
//!    that name the provider, then among all;
//! 4. a payout that came back to the provider and that the bank never saw.
//!
//! Nothing is guessed: where two would do, both stay open and the result says so. The order in which payouts and bookings are
//! given makes no difference.

mod reason;
mod receipt;
mod references;
mod rules;

pub use receipt::{ReceiptPlace, receipts};
pub use rules::reconcile;

use jiff::civil::Date;
use ledger::money::Money;

/// A payout of the provider, or one that came back to it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Payout<P> {
    /// By which the caller knows it again.
    pub key: P,
    /// Positive is money sent to the bank, negative a payout that came back.
    pub amount: Money,
    /// The day on which the provider sent it.
    pub date: Date,
    /// The settlement that it pays; empty where that is not known.
    pub settlement: String,
    /// The provider's reference for the bank's statement; empty where that is not known.
    pub reference: String,
}

/// A booking on the bank account, or one transaction of a batch.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Receipt<B> {
    /// By which the caller knows it again.
    pub key: B,
    /// Positive is money onto the account.
    pub amount: Money,
    /// The day of booking.
    pub date: Date,
    /// The name of the other side.
    pub name: String,
    /// All references and the text, one behind the other.
    pub text: String,
}

/// How far from the payout a booking of the same amount may stand, and who pays.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Settings {
    /// Days before the payout.
    pub days_before: u16,
    /// Days after it.
    pub days_after: u16,
    /// Words by which the provider is known in a booking's name or text, such as `amazon`; large and small letters are alike.
    pub payer: Vec<String>,
}

impl Default for Settings {
    /// One day before, seven after, Amazon.
    fn default() -> Self {
        Self { days_before: 1, days_after: 7, payer: vec!["amazon".to_owned()] }
    }
}

/// What a person decided.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Decision<P, B> {
    /// This payout is that booking, even where the amounts differ.
    Pair {
        /// The payout.
        payout: P,
        /// The booking.
        receipt: B,
    },
    /// This booking is no payout of the provider.
    NoPayout {
        /// The booking.
        receipt: B,
    },
}

/// A payout and the booking as which it arrived.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Matched<P, B> {
    /// The payout.
    pub payout: P,
    /// The booking.
    pub receipt: B,
    /// Why they belong together.
    pub reason: Reason,
    /// Days from the payout to the booking.
    pub days: i32,
    /// What arrived less what was sent, in minor units; not zero only where a person said so.
    pub difference: i64,
}

/// Why a payout and a booking belong together.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Reason {
    /// A person said so.
    Decided,
    /// Reference and amount.
    Reference {
        /// The reference that was found.
        reference: String,
    },
    /// The only booking of that amount that names the provider.
    AmountAndPayer,
    /// The only booking of that amount.
    Amount,
}

/// A payout of which the bank knows nothing yet.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct OnItsWay<P, B> {
    /// The payout.
    pub payout: P,
    /// Why it is open.
    pub open: Open<B>,
}

/// Why a payout is open.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Open<B> {
    /// No booking fits.
    NothingFits,
    /// A booking names it, with another amount.
    OtherAmount {
        /// The booking.
        receipt: B,
    },
    /// More than one choice; a person has to decide.
    Several {
        /// The bookings that would do. It can be one, if it would do for another payout as well.
        receipts: Vec<B>,
    },
}

/// A payout that came back before the bank booked it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Returned<P> {
    /// The payout.
    pub payout: P,
    /// Its return.
    pub back: P,
}

/// What came of it. Each payout and each booking stands in exactly one of the lists, in the order of their keys.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reconciliation<P, B> {
    /// What arrived.
    pub matched: Vec<Matched<P, B>>,
    /// What came back without a trace at the bank.
    pub returned: Vec<Returned<P>>,
    /// Payouts on their way, and returns that the bank does not show.
    pub on_their_way: Vec<OnItsWay<P, B>>,
    /// Bookings that belong to no payout.
    pub unmatched: Vec<B>,
    /// Bookings of which a person said that they are no payout.
    pub set_aside: Vec<B>,
    /// Decisions that can no longer be followed: what they name is gone or taken, or the currencies differ.
    pub not_followed: Vec<Decision<P, B>>,
}
