use std::borrow::Cow;

use jiff::Timestamp;

use crate::report::Currency;

/// A movement on the merchant's balance, as one row of a settlement report shows it.
///
/// Amounts are signed minor units of the currency; fees are negative where they are charged. The total fee and
/// the net amount follow from the others, so a row cannot contradict itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Transaction {
    /// When the balance was credited or debited.
    pub posted: Timestamp,
    /// The charge, refund or authorisation; empty for movements without one.
    pub transaction_id: String,
    /// The merchant's reference of the charge or refund.
    pub seller_reference_id: String,
    /// TransactionType as the report writes it.
    pub transaction_type: Cow<'static, str>,
    /// The charge permission, with the merchant's order number and the store.
    pub order: Order,
    /// The currency of all amounts.
    pub currency: Currency,
    /// Free text or a code.
    pub description: Cow<'static, str>,
    /// The gross amount.
    pub amount: i64,
    /// The part of the fee that grows with the amount.
    pub percentage_fee: i64,
    /// The part of the fee that does not.
    pub fixed_fee: i64,
}

impl Transaction {
    /// A movement of that gross amount that belongs to no order and costs nothing.
    pub fn new(
        posted: Timestamp,
        transaction_type: impl Into<Cow<'static, str>>,
        currency: Currency,
        amount: i64,
    ) -> Self {
        Self {
            posted,
            transaction_id: String::new(),
            seller_reference_id: String::new(),
            transaction_type: transaction_type.into(),
            order: Order::default(),
            currency,
            description: Cow::Borrowed(""),
            amount,
            percentage_fee: 0,
            fixed_fee: 0,
        }
    }

    /// Both parts of the fee.
    pub fn total_fee(&self) -> i64 {
        self.percentage_fee.saturating_add(self.fixed_fee)
    }

    /// What the balance moves by.
    pub fn net(&self) -> i64 {
        self.amount.saturating_add(self.total_fee())
    }
}

/// What a buyer agreed to pay: one order, or an agreement that is charged again and again.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Order {
    /// The charge permission (AmazonOrderReferenceId); it begins with `B` for a recurring agreement.
    pub order_reference_id: String,
    /// The merchant's order number, as shops fill it in; may be empty.
    pub seller_order_id: String,
    /// The store, where the merchant names one.
    pub store_name: String,
}

/// A captured payment, to be refunded or disputed later.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Payment {
    /// The order it pays.
    pub order: Order,
    /// The charge (`…-C…`).
    pub charge_id: String,
    /// The merchant's reference of the charge.
    pub seller_reference_id: String,
    /// When it was captured.
    pub posted: Timestamp,
    /// The gross amount in minor units.
    pub amount: i64,
    /// The part of the fee that grew with the amount, negative.
    pub percentage_fee: i64,
}
