//! The movements of the trade, each as Amazon Pay would post it.

use std::borrow::Cow;

use jiff::Timestamp;

use super::fees::share;
use super::{Account, Order, Payment, Transaction};
use crate::report::TransactionType;

/// Whether a refund gives the percentage fee back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FeeReturn {
    /// Amazon Pay keeps it, as the European schedule says.
    Kept,
    /// The part that belongs to the refunded amount comes back; the fixed fee never does.
    Returned,
}

/// What an authorisation that was never captured costs, and where the report shows it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AuthorizationFee {
    /// It expired: the fee stands in the column of the fixed fee.
    Expired,
    /// It was cancelled: the fee stands in the column of the amount.
    Cancelled,
    /// It cost nothing: a row of zeros.
    Waived,
}

impl Account {
    /// A new charge permission: of one order, or of a recurring agreement.
    pub fn new_order(
        &mut self,
        seller_order_id: impl Into<String>,
        store_name: impl Into<String>,
        recurring: bool,
    ) -> Order {
        Order {
            order_reference_id: self.numbers.order_reference(recurring),
            seller_order_id: seller_order_id.into(),
            store_name: store_name.into(),
        }
    }

    /// Captures a payment, less the fees. An empty reference is filled in, as Amazon does it.
    pub fn capture(
        &mut self,
        at: Timestamp,
        order: Order,
        seller_reference_id: impl Into<String>,
        amount: i64,
    ) -> Payment {
        let charge_id = self.numbers.transaction(&order.order_reference_id, 'C');
        let mut seller_reference_id = seller_reference_id.into();
        if seller_reference_id.is_empty() {
            seller_reference_id = self.numbers.seller_reference();
        }
        let fees = self.settings.fees;
        let percentage_fee = -fees.percentage_of(amount);
        let payment = Payment { order, charge_id, seller_reference_id, posted: at, amount, percentage_fee };
        let mut row = self.row_of(at, TransactionType::Capture.name(), &payment, amount);
        row.percentage_fee = percentage_fee;
        row.fixed_fee = -fees.fixed;
        self.post(row);
        payment
    }

    /// Refunds an amount of a payment, which may be more than was paid; gives the id of the refund.
    pub fn refund(&mut self, at: Timestamp, payment: &Payment, amount: i64, fee: FeeReturn) -> String {
        let refund_id = self.numbers.transaction(&payment.order.order_reference_id, 'R');
        let mut row = self.row_of(at, TransactionType::Refund.name(), payment, -amount);
        row.transaction_id.clone_from(&refund_id);
        row.seller_reference_id = format!("REFUND_{}", refund_id.rsplit('R').next().unwrap_or_default());
        if fee == FeeReturn::Returned {
            row.percentage_fee = -share(payment.percentage_fee, amount.min(payment.amount), payment.amount);
        }
        self.post(row);
        refund_id
    }

    /// The buyer's bank takes a payment back; Amazon Pay charges for it.
    pub fn chargeback(&mut self, at: Timestamp, payment: &Payment) {
        let mut row = self.row_of(at, TransactionType::Chargeback.name(), payment, -payment.amount);
        row.fixed_fee = -self.settings.fees.chargeback;
        self.post(row);
    }

    /// A claim under the guarantee is debited. The name on the row is one of the two that are known.
    pub fn guarantee_claim(&mut self, at: Timestamp, payment: &Payment, amount: i64, name: &'static str) {
        let row = self.row_of(at, name, payment, -amount);
        self.post(row);
    }

    /// A dispute is opened (`amount` below zero) or won (above).
    pub fn dispute(&mut self, at: Timestamp, payment: &Payment, amount: i64) {
        let row = self.row_of(at, TransactionType::Dispute.name(), payment, amount);
        self.post(row);
    }

    /// A correction in either direction.
    pub fn adjust(&mut self, at: Timestamp, amount: i64, description: impl Into<Cow<'static, str>>) {
        let kind = TransactionType::Adjustment.name();
        let mut row = Transaction::new(at, kind, self.settings.currency, amount);
        row.description = description.into();
        self.post(row);
    }

    /// An authorisation ends without a capture.
    pub fn authorization(&mut self, at: Timestamp, order: Order, fee: AuthorizationFee) {
        let charged = -self.settings.fees.authorization;
        let (amount, fixed_fee, description) = match fee {
            AuthorizationFee::Expired => (0, charged, "AuthExpired"),
            AuthorizationFee::Cancelled => (charged, 0, "AuthCancelled"),
            AuthorizationFee::Waived => (0, 0, ""),
        };
        let kind = TransactionType::Authorization.name();
        let mut row = Transaction::new(at, kind, self.settings.currency, amount);
        row.transaction_id = self.numbers.transaction(&order.order_reference_id, 'A');
        row.seller_reference_id = self.numbers.seller_reference();
        row.order = order;
        row.fixed_fee = fixed_fee;
        row.description = description.into();
        self.post(row);
    }

    fn row_of(&self, at: Timestamp, kind: &'static str, payment: &Payment, amount: i64) -> Transaction {
        let mut row = Transaction::new(at, kind, self.settings.currency, amount);
        row.transaction_id.clone_from(&payment.charge_id);
        row.seller_reference_id.clone_from(&payment.seller_reference_id);
        row.order.clone_from(&payment.order);
        row
    }
}

#[cfg(test)]
mod tests {
    use jiff::Timestamp;

    use super::{AuthorizationFee, FeeReturn};
    use crate::generate::{Account, AccountSettings};

    #[test]
    fn fees_stand_where_the_report_shows_them() {
        let at = Timestamp::UNIX_EPOCH;
        let mut account = Account::open(AccountSettings::default(), at);
        let order = account.new_order("B-3", "", false);
        let payment = account.capture(at, order.clone(), "ref", 10_000);
        account.refund(at, &payment, 11_500, FeeReturn::Returned);
        account.refund(at, &payment, 5_000, FeeReturn::Returned);
        account.refund(at, &payment, 5_000, FeeReturn::Kept);
        account.chargeback(at, &payment);
        account.dispute(at, &payment, -10_000);
        account.dispute(at, &payment, 10_000);
        account.guarantee_claim(at, &payment, 2_000, "A-to-z Guarantee Claim");
        account.authorization(at, order.clone(), AuthorizationFee::Expired);
        account.authorization(at, order.clone(), AuthorizationFee::Cancelled);
        account.authorization(at, order, AuthorizationFee::Waived);
        let figures: Vec<_> = account
            .transactions()
            .map(|row| (row.amount, row.percentage_fee, row.fixed_fee, row.net()))
            .collect();
        assert_eq!(
            figures,
            [
                (10_000, -190, -35, 9_775),
                (-11_500, 190, 0, -11_310),
                (-5_000, 95, 0, -4_905),
                (-5_000, 0, 0, -5_000),
                (-10_000, 0, -1_400, -11_400),
                (-10_000, 0, 0, -10_000),
                (10_000, 0, 0, 10_000),
                (-2_000, 0, 0, -2_000),
                (0, 0, -35, -35),
                (-35, 0, 0, -35),
                (0, 0, 0, 0),
            ]
        );
    }
}
