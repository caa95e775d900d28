//! One row of a settlement report becomes one movement.

use amazon_pay::report::{SettlementRow, TransactionType};
use jiff::Timestamp;
use ledger::kind::{FeeKind, MovementKind};
use ledger::money::{Currency, Money};
use ledger::movement::{Fees, Identifiers, Movement};

/// What a row says, wherever it was read: in a report, or in what was stored of one.
#[derive(Clone, Copy, Debug)]
pub struct Parts<'a> {
    /// The line of the document, counted from 1.
    pub line: u64,
    /// The settlement that the row belongs to.
    pub settlement: &'a str,
    /// What it is.
    pub kind: MovementKind,
    /// TransactionType as written.
    pub kind_text: &'a str,
    /// When it was posted.
    pub instant: Timestamp,
    /// The currency of all amounts.
    pub currency: Currency,
    /// The gross amount, in minor units.
    pub gross: i64,
    /// The part of the fee that grows with the amount.
    pub percentage_fee: i64,
    /// The part that does not.
    pub fixed_fee: i64,
    /// SellerOrderId.
    pub seller_order: &'a str,
    /// AmazonOrderReferenceId.
    pub order_reference: &'a str,
    /// AmazonTransactionId.
    pub transaction: &'a str,
    /// SellerReferenceId.
    pub seller_reference: &'a str,
    /// StoreName.
    pub store: &'a str,
}

/// The parts of a row of a report. The texts are borrowed from it.
pub fn parts(row: &SettlementRow) -> Parts<'_> {
    Parts {
        line: row.line(),
        settlement: row.settlement_id(),
        kind: kind(row.transaction_type()),
        kind_text: row.transaction_type_text(),
        instant: row.posted(),
        currency: currency(row),
        gross: row.amount(),
        percentage_fee: row.percentage_fee(),
        fixed_fee: row.fixed_fee(),
        seller_order: row.seller_order_id(),
        order_reference: row.order_reference_id(),
        transaction: row.transaction_id(),
        seller_reference: row.seller_reference_id(),
        store: row.store_name(),
    }
}

/// Says a row in the words of the ledger. The texts are borrowed from the row.
pub fn movement(row: &SettlementRow) -> Movement<'_> {
    parts(row).movement()
}

impl<'a> Parts<'a> {
    /// The same in the words of the ledger.
    pub fn movement(&self) -> Movement<'a> {
        let (variable, fixed) = fee_kinds(self.kind);
        Movement {
            line: self.line,
            settlement: self.settlement,
            kind: self.kind,
            kind_text: word(self.kind).unwrap_or(self.kind_text),
            instant: self.instant,
            gross: Money::new(self.gross, self.currency),
            fees: Fees {
                variable: (variable, Money::new(self.percentage_fee, self.currency)),
                fixed: (fixed, Money::new(self.fixed_fee, self.currency)),
            },
            identifiers: Identifiers {
                order: self.order(),
                order_reference: self.order_reference,
                transaction: self.transaction,
                seller_reference: self.seller_reference,
            },
            store: self.store,
        }
    }

    /// The key of the order: SellerOrderId, else AmazonOrderReferenceId.
    ///
    /// A recurring agreement shares both over all its renewals, so there the reference of the single payment comes first,
    /// then its charge id (Amazon Pay help, reconciling with the settlement report).
    fn order(&self) -> &'a str {
        let candidates = if is_recurring(self.order_reference) {
            [self.seller_reference, self.transaction, self.order_reference]
        } else {
            [self.seller_order, self.order_reference, ""]
        };
        candidates.into_iter().find(|candidate| !candidate.is_empty()).unwrap_or("")
    }
}

/// Amazon's usual word for a kind; none where only the report has one. A guarantee claim has two spellings, which mean the
/// same and become one, so that a text does not depend on them.
fn word(kind: MovementKind) -> Option<&'static str> {
    Some(match kind {
        MovementKind::Payment => "Capture",
        MovementKind::Refund => "Refund",
        MovementKind::Fee => "Authorization",
        MovementKind::Chargeback => "Chargeback",
        MovementKind::GuaranteeClaim => "A-to-z Guarantee",
        MovementKind::Dispute => "Dispute",
        MovementKind::Adjustment => "Adjustment",
        MovementKind::Reserve => "Reserve",
        MovementKind::CarryOver => "Carryover",
        MovementKind::Debt => "Debt",
        MovementKind::Payout => "Transfer",
        MovementKind::Unknown => return None,
    })
}

fn currency(row: &SettlementRow) -> Currency {
    // The reader has proved the three capitals; both crates keep their own type for them.
    Currency::parse(row.currency().as_str()).unwrap_or(Currency::EUR)
}

fn kind(transaction_type: TransactionType) -> MovementKind {
    match transaction_type {
        TransactionType::Capture => MovementKind::Payment,
        TransactionType::Refund => MovementKind::Refund,
        TransactionType::Chargeback => MovementKind::Chargeback,
        TransactionType::GuaranteeClaim => MovementKind::GuaranteeClaim,
        TransactionType::Dispute => MovementKind::Dispute,
        TransactionType::Authorization => MovementKind::Fee,
        TransactionType::Adjustment => MovementKind::Adjustment,
        TransactionType::Debt => MovementKind::Debt,
        TransactionType::Carryover => MovementKind::CarryOver,
        TransactionType::Reserve => MovementKind::Reserve,
        TransactionType::Transfer => MovementKind::Payout,
        TransactionType::Unknown => MovementKind::Unknown,
    }
}

/// What the percentage and the fixed fee of a row are charged for.
fn fee_kinds(kind: MovementKind) -> (FeeKind, FeeKind) {
    match kind {
        MovementKind::Payment | MovementKind::Refund => (FeeKind::Processing, FeeKind::Fixed),
        MovementKind::Fee => (FeeKind::Authorisation, FeeKind::Authorisation),
        MovementKind::Chargeback => (FeeKind::Chargeback, FeeKind::Chargeback),
        _ => (FeeKind::Other, FeeKind::Other),
    }
}

/// Is it an agreement under which several orders are paid? Its id begins with `B`.
pub(super) fn is_recurring(order_reference: &str) -> bool {
    order_reference.starts_with('B')
}
