//! From a bank statement to what payouts are matched with.

use bank_statement::{Details, Statement};
use ledger::money::{Currency, Money};

use super::Receipt;

/// Where a booking stands in its statement.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ReceiptPlace {
    /// The booking, counted from 0.
    pub entry: usize,
    /// The transaction of a batch, counted from 0; none for the booking as a whole.
    pub transaction: Option<usize>,
}

/// What was booked, batches by their transactions where these make the booked amount.
pub fn receipts(statement: &Statement) -> Vec<Receipt<ReceiptPlace>> {
    // Three capitals, as the reader has made sure.
    let Some(currency) = Currency::parse(statement.currency.code()) else { return Vec::new() };
    let mut receipts = Vec::new();
    for (number, entry) in statement.entries.iter().enumerate() {
        for part in entry.parts() {
            receipts.push(Receipt {
                key: ReceiptPlace { entry: number, transaction: part.transaction },
                amount: Money::new(part.amount.minor(), currency),
                date: entry.booking_date,
                name: part.details.counterparty.name.clone(),
                text: text(part.details),
            });
        }
    }
    receipts
}

fn text(details: &Details) -> String {
    let texts = [&details.end_to_end_id, &details.reference, &details.bank_reference, &details.text];
    texts.into_iter().filter(|text| !text.is_empty()).cloned().collect::<Vec<_>>().join("\n")
}
