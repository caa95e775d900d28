//! One row of a settlement report becomes one movement.

use amazon_pay::report::{SettlementRow, TransactionType};
use ledger::kind::{FeeKind, MovementKind};
use ledger::money::{Currency, Money};
use ledger::movement::{Fees, Identifiers, Movement};

/// Says a row in the words of the ledger. The texts are borrowed from the row.
pub fn movement(row: &SettlementRow) -> Movement<'_> {
    let currency = currency(row);
    let kind = kind(row.transaction_type());
    let (variable, fixed) = fee_kinds(kind);
    Movement {
        line: row.line(),
        settlement: row.settlement_id(),
        kind,
        kind_text: row.transaction_type_text(),
        instant: row.posted(),
        gross: Money::new(row.amount(), currency),
        fees: Fees {
            variable: (variable, Money::new(row.percentage_fee(), currency)),
            fixed: (fixed, Money::new(row.fixed_fee(), currency)),
        },
        identifiers: Identifiers {
            order: order(row),
            order_reference: row.order_reference_id(),
            transaction: row.transaction_id(),
            seller_reference: row.seller_reference_id(),
        },
        store: row.store_name(),
    }
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

/// The key of the order: SellerOrderId, else AmazonOrderReferenceId.
///
/// A recurring agreement shares both over all its renewals, so there the reference of the single payment comes first,
/// then its charge id (Amazon Pay help, reconciling with the settlement report).
fn order(row: &SettlementRow) -> &str {
    let candidates = if is_recurring(row.order_reference_id()) {
        [row.seller_reference_id(), row.transaction_id(), row.order_reference_id()]
    } else {
        [row.seller_order_id(), row.order_reference_id(), ""]
    };
    candidates.into_iter().find(|candidate| !candidate.is_empty()).unwrap_or("")
}

/// Is it an agreement under which several orders are paid? Its id begins with `B`.
pub(super) fn is_recurring(order_reference: &str) -> bool {
    order_reference.starts_with('B')
}
