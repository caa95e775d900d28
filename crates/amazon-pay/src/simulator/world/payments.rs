//! What was paid and refunded: charges, refunds and charge permissions by their ids.

use std::collections::HashMap;

use jiff::Timestamp;

use crate::generate::{Order, Payment, Transaction};
use crate::report::{Currency, TransactionType};

/// A charge.
#[derive(Debug, Clone)]
pub(in crate::simulator) struct ChargeRecord {
    pub(in crate::simulator) payment: Payment,
    pub(in crate::simulator) currency: Currency,
    /// What was refunded of it so far.
    pub(in crate::simulator) refunded: i64,
    /// Whether it was captured; if not, its authorisation ended.
    pub(in crate::simulator) captured: bool,
}

/// A refund.
#[derive(Debug, Clone)]
pub(in crate::simulator) struct RefundRecord {
    pub(in crate::simulator) refund_id: String,
    pub(in crate::simulator) reference: String,
    pub(in crate::simulator) charge_id: String,
    pub(in crate::simulator) order: Order,
    /// Positive.
    pub(in crate::simulator) amount: i64,
    pub(in crate::simulator) currency: Currency,
    pub(in crate::simulator) at: Timestamp,
}

/// A charge permission.
#[derive(Debug, Clone)]
pub(in crate::simulator) struct Permission {
    pub(in crate::simulator) order: Order,
    pub(in crate::simulator) created: Timestamp,
    pub(in crate::simulator) charges: Vec<String>,
}

/// All of them, learned from the rows that are posted.
#[derive(Debug, Default)]
pub(in crate::simulator) struct Payments {
    charges: HashMap<String, ChargeRecord>,
    charges_in_order: Vec<String>,
    refunds: HashMap<String, RefundRecord>,
    refunds_in_order: Vec<String>,
    permissions: HashMap<String, Permission>,
}

impl Payments {
    /// Takes note of a row.
    pub(in crate::simulator) fn learn(&mut self, row: &Transaction) {
        match TransactionType::from_text(&row.transaction_type) {
            TransactionType::Capture => self.learn_charge(row, row.transaction_id.clone(), true),
            // The charge has the digits of its authorisation (Amazon Pay Japan, merchant FAQ, QA-28).
            TransactionType::Authorization => {
                let charge_id = row.transaction_id.replacen("-A", "-C", 1);
                self.learn_charge(row, charge_id, false);
            }
            TransactionType::Refund => {
                let charge_id = self.charge_of_refund(row);
                self.learn_refund(row, charge_id);
            }
            _ => {}
        }
    }

    fn learn_charge(&mut self, row: &Transaction, charge_id: String, captured: bool) {
        let permission = self.permissions.entry(row.order.order_reference_id.clone()).or_insert_with(|| {
            Permission { order: row.order.clone(), created: row.posted, charges: Vec::new() }
        });
        permission.charges.push(charge_id.clone());
        let payment = Payment {
            order: row.order.clone(),
            charge_id: charge_id.clone(),
            seller_reference_id: row.seller_reference_id.clone(),
            posted: row.posted,
            amount: row.amount.max(0),
            percentage_fee: row.percentage_fee,
        };
        if captured {
            self.charges_in_order.push(charge_id.clone());
        }
        self.charges
            .insert(charge_id, ChargeRecord { payment, currency: row.currency, refunded: 0, captured });
    }

    /// A row does not say which charge it refunds: the first of its order that has so much left, or simply the first.
    fn charge_of_refund(&self, row: &Transaction) -> String {
        let charges =
            self.permissions.get(&row.order.order_reference_id).map_or(&[][..], |order| &order.charges);
        let has_left = |id: &&String| {
            let charge = self.charges.get(*id);
            charge.is_some_and(|charge| charge.payment.amount - charge.refunded >= -row.amount)
        };
        charges.iter().find(has_left).or(charges.first()).cloned().unwrap_or_default()
    }

    /// Takes note of a refund of this charge.
    pub(in crate::simulator) fn learn_refund(&mut self, row: &Transaction, charge_id: String) {
        let amount = row.amount.saturating_neg();
        if let Some(charge) = self.charges.get_mut(&charge_id) {
            charge.refunded = charge.refunded.saturating_add(amount);
        }
        let refund = RefundRecord {
            refund_id: row.transaction_id.clone(),
            reference: row.seller_reference_id.clone(),
            charge_id,
            order: row.order.clone(),
            amount,
            currency: row.currency,
            at: row.posted,
        };
        self.refunds_in_order.push(refund.refund_id.clone());
        self.refunds.insert(refund.refund_id.clone(), refund);
    }

    pub(in crate::simulator) fn charge(&self, id: &str) -> Option<&ChargeRecord> {
        self.charges.get(id)
    }

    pub(in crate::simulator) fn refund(&self, id: &str) -> Option<&RefundRecord> {
        self.refunds.get(id)
    }

    pub(in crate::simulator) fn permission(&self, id: &str) -> Option<&Permission> {
        self.permissions.get(id)
    }

    /// The captured charges, newest first.
    pub(in crate::simulator) fn latest_charges(&self) -> impl Iterator<Item = &ChargeRecord> {
        self.charges_in_order.iter().rev().filter_map(|id| self.charges.get(id))
    }

    /// The refunds made in that time, oldest first.
    pub(in crate::simulator) fn refunds_between(
        &self,
        start: Timestamp,
        end: Timestamp,
    ) -> impl Iterator<Item = &RefundRecord> {
        let refunds = self.refunds_in_order.iter().filter_map(|id| self.refunds.get(id));
        refunds.filter(move |refund| refund.at >= start && refund.at <= end)
    }

    /// How many charges, refunds and charge permissions there are.
    pub(in crate::simulator) fn counts(&self) -> (usize, usize, usize) {
        (self.charges.len(), self.refunds.len(), self.permissions.len())
    }
}
