//! An entry: one amount on two accounts. It cannot be unbalanced, because there is only one amount.

use jiff::civil::Date;

use crate::account::AccountNumber;
use crate::document_number::DocumentNumber;
use crate::kind::{FeeKind, MovementKind, Purpose};
use crate::money::{Money, MoneyError};
use crate::rate::SourcedRate;
use crate::rules::Assignment;

/// Soll or Haben; it belongs to `account`, the contra account gets the other side.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Side {
    /// Soll: money onto the account.
    Debit,
    /// Haben: money off the account.
    Credit,
}

impl Side {
    /// The side on which a signed amount stands on the provider account: the sign decides, never the kind.
    pub fn of(signed: Money) -> Self {
        if signed.is_negative() { Self::Credit } else { Self::Debit }
    }

    /// `S` or `H`, as DATEV writes it.
    pub fn letter(self) -> char {
        match self {
            Self::Debit => 'S',
            Self::Credit => 'H',
        }
    }
}

/// Which part of a movement an entry books.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum EntryKind {
    /// The gross amount of a movement.
    Gross(MovementKind),
    /// Its fee.
    Fee(FeeKind),
}

impl EntryKind {
    /// The purpose whose account is the contra account.
    pub fn purpose(self) -> Purpose {
        match self {
            Self::Gross(kind) => Purpose::Contra(kind),
            Self::Fee(kind) => Purpose::Fee(kind),
        }
    }

    /// The name in journals and programs' output: `payment`, `fee-processing` …
    pub fn name(self) -> &'static str {
        self.purpose().name()
    }

    /// The German label.
    pub fn german(self) -> &'static str {
        match self {
            Self::Gross(kind) => kind.german(),
            Self::Fee(kind) => kind.german(),
        }
    }
}

/// The amount in the currency of the books, where the entry is in another one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BaseAmount<'a> {
    /// The amount, positive.
    pub amount: Money,
    /// The rate and where it comes from.
    pub rate: &'a SourcedRate,
}

/// One posting: an amount moved between the provider account and a contra account.
///
/// Built by [`Entry::new`] only, which refuses what cannot be posted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry<'a> {
    kind: EntryKind,
    date: Date,
    side: Side,
    account: AccountNumber,
    amount: Money,
    base: Option<BaseAmount<'a>>,
    assignment: &'a Assignment,
    details: Details<'a>,
}

/// What an entry carries besides accounts and amount.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Details<'a> {
    /// Belegfeld 1, the key of the open item.
    pub document_number: DocumentNumber,
    /// Buchungstext, as long as the template made it.
    pub text: &'a str,
    /// Auftragsnummer, on rows of a debtor only.
    pub order_reference: &'a str,
    /// Abrechnungsreferenz: the settlement, on a payout the one that it pays.
    pub settlement: &'a str,
    /// The shop, empty where the document names none.
    pub store: &'a str,
    /// The line of the document; the last one where rows are summed.
    pub line: u64,
}

/// Why something cannot be an entry.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum EntryError {
    /// Nothing moved.
    #[error("an amount of zero makes no entry")]
    Zero,
    /// The same account on both sides.
    #[error("account {0} stands on both sides")]
    SameAccount(AccountNumber),
    /// The amount does not fit.
    #[error(transparent)]
    Money(#[from] MoneyError),
}

impl<'a> Entry<'a> {
    /// Posts a signed amount of the provider account: positive in Soll, negative in Haben.
    pub fn new(
        kind: EntryKind,
        date: Date,
        signed: Money,
        account: AccountNumber,
        assignment: &'a Assignment,
        details: Details<'a>,
    ) -> Result<Self, EntryError> {
        if signed.is_zero() {
            return Err(EntryError::Zero);
        }
        if account == assignment.account {
            return Err(EntryError::SameAccount(account));
        }
        let (side, amount) = (Side::of(signed), signed.checked_abs()?);
        Ok(Self { kind, date, side, account, amount, base: None, assignment, details })
    }

    /// Adds the amount in the currency of the books.
    #[must_use]
    pub fn with_base(self, base: Option<BaseAmount<'a>>) -> Self {
        Self { base, ..self }
    }

    /// Which part of the movement it books.
    pub fn kind(&self) -> EntryKind {
        self.kind
    }

    /// The booking date, in the client's zone.
    pub fn date(&self) -> Date {
        self.date
    }

    /// The side of the provider account.
    pub fn side(&self) -> Side {
        self.side
    }

    /// Konto: the provider account.
    pub fn account(&self) -> AccountNumber {
        self.account
    }

    /// Gegenkonto.
    pub fn contra_account(&self) -> AccountNumber {
        self.assignment.account
    }

    /// The amount, always positive, in the currency of the movement.
    pub fn amount(&self) -> Money {
        self.amount
    }

    /// The amount in the currency of the books, where that is another one.
    pub fn base(&self) -> Option<&BaseAmount<'a>> {
        self.base.as_ref()
    }

    /// The contra account with its key and what belongs to it.
    pub fn assignment(&self) -> &'a Assignment {
        self.assignment
    }

    /// Document number, text and references.
    pub fn details(&self) -> &Details<'a> {
        &self.details
    }

    /// What the entry changes on the provider account, with its sign.
    pub fn movement_on_provider(&self) -> Result<Money, MoneyError> {
        match self.side {
            Side::Debit => Ok(self.amount),
            Side::Credit => self.amount.checked_neg(),
        }
    }
}
