//! What every bank statement says, in whatever format it came.

use jiff::civil::Date;

use crate::account::Account;
use crate::money::{Amount, Currency};
use crate::recognise::Format;

/// The statement of one account: opening balance and entries make the closing balance, or it would have been refused.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Statement {
    /// In which format it came.
    pub format: Format,
    /// The archive's member in which it stood; none where the file was no archive.
    pub member: Option<String>,
    /// The line of the file on which it begins, counted from 1.
    pub line: u64,
    /// The bank's name for the statement (camt: Id; MT940: field 20).
    pub id: String,
    /// Its number in the sequence of the account (camt: electronic number; MT940: field 28C); empty if there is none.
    pub number: String,
    /// Whose statement it is.
    pub account: Account,
    /// The currency of the account.
    pub currency: Currency,
    /// The booked balance before the first entry.
    pub opening: Balance,
    /// The booked balance after the last entry.
    pub closing: Balance,
    /// What was booked, in the order of the file.
    pub entries: Vec<Entry>,
    /// What the statement only mentions (camt status PDNG or INFO): no part of the balance.
    pub not_booked: Vec<Entry>,
}

/// A booked balance at the end of a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Balance {
    /// The line of the file on which it stands.
    pub line: u64,
    /// The day.
    pub date: Date,
    /// The balance; negative where the account is overdrawn.
    pub amount: Amount,
    /// Is it the balance between two pages of one statement, not that of a day's end?
    pub intermediate: bool,
}

/// One booking on the account.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// The line of the file on which it begins.
    pub line: u64,
    /// The day of booking (Buchungstag).
    pub booking_date: Date,
    /// The day from which interest counts (Valuta).
    pub value_date: Date,
    /// Positive is money onto the account.
    pub amount: Amount,
    /// Does it take back an earlier booking (Storno)? The sign of the amount says already which way the money went.
    pub reversal: bool,
    /// The bank's words for the booking, such as `GUTSCHRIFT`; empty where it says none.
    pub booking_text: String,
    /// What stands behind it; for a batch only what all transactions share.
    pub details: Details,
    /// The transactions of a batch (Sammelbuchung); empty for a single booking.
    pub transactions: Vec<Transaction>,
}

/// One transaction of a batch.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Transaction {
    /// The line of the file on which it begins.
    pub line: u64,
    /// Its own amount, where the bank says it; positive is money onto the account.
    pub amount: Option<Amount>,
    /// What stands behind it.
    pub details: Details,
}

/// Who paid, why, and by which references. What the bank does not say is empty.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Details {
    /// The other side.
    pub counterparty: Party,
    /// The reference that the payer gave and that travels to the receiver (EndToEndId, EREF); `NOTPROVIDED` is empty.
    pub end_to_end_id: String,
    /// The bank's own reference (AcctSvcrRef; behind `//` in MT940).
    pub bank_reference: String,
    /// The account holder's reference or a structured creditor reference (KREF, `RF…`).
    pub reference: String,
    /// The direct debit's mandate (MREF).
    pub mandate: String,
    /// The direct debit's creditor id (CRED).
    pub creditor_id: String,
    /// The transaction code as the bank wrote it: `NTRF+166+9310` or `PMNT-RCDT-ESCT`; in MT940 `NTRF+166`.
    pub code: String,
    /// Why money came back (an R-transaction), by code and words.
    pub return_reason: String,
    /// Verwendungszweck.
    pub text: String,
}

/// The other side of a booking.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Party {
    /// The name.
    pub name: String,
    /// IBAN or another number of the account, as the bank wrote it.
    pub account: String,
    /// BIC or Bankleitzahl.
    pub bank: String,
}

/// What something can be matched with: a single booking, or one transaction of a batch.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Part<'a> {
    /// The place among the transactions of the batch; none for the booking as a whole.
    pub transaction: Option<usize>,
    /// The amount with its sign.
    pub amount: Amount,
    /// What stands behind it.
    pub details: &'a Details,
}

impl Entry {
    /// The parts of which the booking consists: the transactions of a batch where each has an amount and together they
    /// are the booked one; else the booking itself. The sum of the parts is always the amount.
    pub fn parts(&self) -> Vec<Part<'_>> {
        let parts: Option<Vec<Part<'_>>> = self
            .transactions
            .iter()
            .enumerate()
            .map(|(place, transaction)| {
                let (amount, details) = (transaction.amount?, &transaction.details);
                Some(Part { transaction: Some(place), amount, details })
            })
            .collect();
        let whole = vec![Part { transaction: None, amount: self.amount, details: &self.details }];
        parts.filter(|parts| !parts.is_empty() && sum(parts) == Some(self.amount)).unwrap_or(whole)
    }
}

fn sum(parts: &[Part<'_>]) -> Option<Amount> {
    let (first, rest) = parts.split_first()?;
    rest.iter().try_fold(first.amount, |sum, part| sum.checked_add(part.amount))
}
