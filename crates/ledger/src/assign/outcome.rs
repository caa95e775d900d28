//! What became of a row, and why one cannot be booked.

use jiff::civil::Date;

use crate::account::AccountNumber;
use crate::document_number::{Change, DocumentNumber};
use crate::entry::EntryError;
use crate::money::{Currency, Money, MoneyError};

/// Why money of a row made no entry.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum NotBooked {
    /// Kontorücklage without an account of its own.
    Reserve,
    /// Saldovortrag: the same money in the next settlement.
    CarryOver,
    /// Nullzeile: neither amount nor fee.
    Zero,
    /// Before the client's first day.
    BeforeStart,
    /// Outside the period that was asked for.
    OutsidePeriod,
}

impl NotBooked {
    /// The name in proofs and programs' output.
    pub fn name(self) -> &'static str {
        match self {
            Self::Reserve => "reserve",
            Self::CarryOver => "carry-over",
            Self::Zero => "zero",
            Self::BeforeStart => "before-start",
            Self::OutsidePeriod => "outside-period",
        }
    }
}

impl Remark {
    /// The name in findings and programs' output.
    pub fn name(self) -> &'static str {
        match self {
            Self::UnknownKind => "unknown-kind",
            Self::UnusualSign => "unusual-sign",
            Self::ReturnedFeeOfUnknownDay => "returned-fee-of-unknown-day",
            Self::StoreWithoutRule => "store-without-rule",
        }
    }
}

/// Something about a row that a person should look at; it was booked all the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Remark {
    /// The kind of the row is not known; it stands on the clarification account.
    UnknownKind,
    /// The amount has a sign that is unusual for its kind.
    UnusualSign,
    /// A fee came back whose payment is not known, and the rules for fees have changed: the rule of its own day was taken.
    ReturnedFeeOfUnknownDay,
    /// Other shops have accounts of their own, this one has none.
    StoreWithoutRule,
}

/// What became of a row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outcome {
    /// The booking date in the client's zone.
    pub date: Date,
    /// How many entries it made.
    pub entries: u32,
    /// What those entries change on the provider account, with its sign.
    pub on_provider: Money,
    /// What made no entry, and why. With `on_provider` it is the net amount of the row.
    pub not_booked: Option<(NotBooked, Money)>,
    /// What the row changes on the provider account, booked here or elsewhere: the net amount without what only
    /// moves within it, a reserve without an account of its own or a carry-over.
    pub effect: Money,
    /// What a person should look at.
    pub remarks: Vec<Remark>,
    /// Belegfeld 1 of the order and what became of the order's own number; none where nothing was booked.
    pub document: Option<(DocumentNumber, Change)>,
    /// The contra account of the gross amount, where it was booked.
    pub contra_account: Option<AccountNumber>,
    /// Its own day, where it is booked on another one because the books of its own day are closed.
    pub carried_from: Option<Date>,
}

/// Why a row cannot be booked; nothing of the whole run is handed over then.
#[derive(Debug, thiserror::Error)]
pub enum AssignError {
    /// No account for a purpose in the currency of the row, on whatever day.
    #[error("line {line}: no account is set for «{purpose}» in {currency}; set one for this currency")]
    NoAccount {
        /// The line of the document.
        line: u64,
        /// What it is needed for.
        purpose: &'static str,
        /// The currency of the row.
        currency: Currency,
    },
    /// An account for a purpose is set, but only from a later day on.
    #[error(
        "line {line}: the account for «{purpose}» in {currency} is set from {begins} on only, the row is of {day}; set one for that day too"
    )]
    NoAccountYet {
        /// The line of the document.
        line: u64,
        /// What it is needed for.
        purpose: &'static str,
        /// The currency of the row.
        currency: Currency,
        /// The day whose rule is asked for.
        day: Date,
        /// The first day on which a rule holds.
        begins: Date,
    },
    /// No exchange rate for a day.
    #[error("line {line}: there is no rate for {currency} on {day}; the month cannot be exported without it")]
    NoRate {
        /// The line of the document.
        line: u64,
        /// The currency of the row.
        currency: Currency,
        /// The booking date.
        day: Date,
    },
    /// The amount is nothing in the currency of the books, or does not fit.
    #[error("line {line}: {amount} cannot be expressed in {base}")]
    NoBaseAmount {
        /// The line of the document.
        line: u64,
        /// The amount.
        amount: Money,
        /// The currency of the books.
        base: Currency,
    },
    /// The row is no entry.
    #[error("line {line}: {source}")]
    Entry {
        /// The line of the document.
        line: u64,
        /// Why.
        source: EntryError,
    },
    /// Amounts that cannot be summed.
    #[error("line {line}: {source}")]
    Money {
        /// The line of the document.
        line: u64,
        /// Why.
        source: MoneyError,
    },
    /// The receiver of the entries failed.
    #[error(transparent)]
    Sink(Box<dyn std::error::Error + Send + Sync>),
}
