use std::collections::VecDeque;

use jiff::Timestamp;

use super::chance::Chance;
use super::event::{Event, Sequel};
use super::shop::Shop;
use super::{Account, AuthorizationFee, FeeReturn, Payment, Transaction};
use crate::report::Currency;

/// The payments that may still be refunded are the latest so many.
const REFUNDABLE: usize = 512;

/// The trade of a merchant: it draws events and posts them.
#[derive(Debug, Clone)]
pub(super) struct Trade {
    shop: Shop,
    currency: Currency,
    payments: Vec<Payment>,
    oldest: usize,
    disputed: VecDeque<Payment>,
    claims: usize,
    adjustments: usize,
}

impl Trade {
    pub(super) fn new(currency: Currency) -> Self {
        Self {
            shop: Shop::new(currency),
            currency,
            payments: Vec::new(),
            oldest: 0,
            disputed: VecDeque::new(),
            claims: 0,
            adjustments: 0,
        }
    }

    /// Posts exactly one row: the wanted event, or one by lot. What is impossible now becomes a sale.
    pub(super) fn post(
        &mut self,
        at: Timestamp,
        wanted: Option<Event>,
        account: &mut Account,
        chance: &mut Chance,
    ) {
        if account.has_returned_payout() {
            return account.send_returned_payout(at);
        }
        match wanted.unwrap_or_else(|| Event::draw(chance)) {
            Event::Renewal => self.renew(at, account, chance),
            Event::AuthorizationExpired => self.authorize(at, AuthorizationFee::Expired, account, chance),
            Event::AuthorizationCancelled => self.authorize(at, AuthorizationFee::Cancelled, account, chance),
            Event::AuthorizationWaived => self.authorize(at, AuthorizationFee::Waived, account, chance),
            Event::Adjustment => self.adjust(at, account, chance),
            Event::UnknownKind => {
                account.post(Transaction::new(at, "ChargebackReversalFee", self.currency, -750));
            }
            Event::After(sequel) => match self.take_payment(chance) {
                Some(payment) => self.post_sequel(at, sequel, payment, account, chance),
                None => self.sell(at, account, chance),
            },
            Event::DisputeWon => match self.disputed.pop_front() {
                Some(payment) => account.dispute(at, &payment, payment.amount),
                None => self.sell(at, account, chance),
            },
            Event::PayoutReturned => match account.return_payout(at) {
                Some(_) => {}
                None => self.sell(at, account, chance),
            },
            Event::Sale => self.sell(at, account, chance),
        }
    }

    /// A sale of a given price.
    pub(super) fn sell_for(
        &mut self,
        at: Timestamp,
        amount: i64,
        account: &mut Account,
        chance: &mut Chance,
    ) {
        let order = self.shop.order(account, chance);
        // Seven in ten shops give each charge a reference; for the others Amazon makes one up.
        let reference = if chance.percent(70) && !order.seller_order_id.is_empty() {
            format!("{}-0", order.seller_order_id)
        } else {
            String::new()
        };
        let payment = account.capture(at, order, reference, amount);
        self.remember(payment);
    }

    fn sell(&mut self, at: Timestamp, account: &mut Account, chance: &mut Chance) {
        let price = self.shop.price(chance);
        self.sell_for(at, price, account, chance);
    }

    fn renew(&mut self, at: Timestamp, account: &mut Account, chance: &mut Chance) {
        let (order, reference) = self.shop.renewal(account, chance);
        let price = self.shop.price(chance);
        let payment = account.capture(at, order, reference, price);
        self.remember(payment);
    }

    fn post_sequel(
        &mut self,
        at: Timestamp,
        sequel: Sequel,
        payment: Payment,
        account: &mut Account,
        chance: &mut Chance,
    ) {
        let part = 1 + chance.up_to(payment.amount - 1);
        let mut refund = |amount, fee| drop(account.refund(at, &payment, amount, fee));
        match sequel {
            Sequel::FullRefund => refund(payment.amount, FeeReturn::Kept),
            Sequel::FullRefundWithFee => refund(payment.amount, FeeReturn::Returned),
            Sequel::PartialRefund if chance.percent(30) => refund(part, FeeReturn::Returned),
            Sequel::PartialRefund => refund(part, FeeReturn::Kept),
            Sequel::RefundAbovePayment => refund(payment.amount * 115 / 100, FeeReturn::Returned),
            Sequel::SecondCapture => {
                let second = account.capture(at, payment.order, "", part);
                self.remember(second);
            }
            Sequel::Chargeback => account.chargeback(at, &payment),
            Sequel::GuaranteeClaim => {
                let names = ["A-to-z Guarantee Claim", "A-to-z Guarantee", "A-to-Z Guarantee Claim"];
                account.guarantee_claim(at, &payment, payment.amount, names[self.claims % names.len()]);
                self.claims += 1;
            }
            Sequel::Dispute => {
                account.dispute(at, &payment, -payment.amount);
                self.disputed.push_back(payment);
            }
        }
    }

    fn authorize(
        &mut self,
        at: Timestamp,
        fee: AuthorizationFee,
        account: &mut Account,
        chance: &mut Chance,
    ) {
        let order = self.shop.order(account, chance);
        account.authorization(at, order, fee);
    }

    fn adjust(&mut self, at: Timestamp, account: &mut Account, chance: &mut Chance) {
        let amount = 100 + chance.up_to(4_900);
        match self.adjustments % 3 {
            0 => account.adjust(at, amount, "Chargeback reimbursement"),
            1 => account.adjust(at, -amount, "Failed refund, balanced by hand"),
            _ => account.adjust(at, 0, "Correction of an earlier correction"),
        }
        self.adjustments += 1;
    }

    fn remember(&mut self, payment: Payment) {
        if self.payments.len() < REFUNDABLE {
            self.payments.push(payment);
        } else if let Some(slot) = self.payments.get_mut(self.oldest % REFUNDABLE) {
            *slot = payment;
            self.oldest += 1;
        }
    }

    fn take_payment(&mut self, chance: &mut Chance) -> Option<Payment> {
        if self.payments.is_empty() {
            return None;
        }
        let place = chance.place(self.payments.len());
        Some(self.payments.swap_remove(place))
    }
}
