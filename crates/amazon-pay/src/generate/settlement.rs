use jiff::Timestamp;

use super::Transaction;
use crate::report::Currency;

/// What a settlement report says before its rows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SettlementHead {
    /// The merchant.
    pub seller_id: String,
    /// The settlement.
    pub settlement_id: String,
    /// When it begins.
    pub start: Timestamp,
    /// When it ends; the next one begins at the same instant.
    pub end: Timestamp,
}

/// A closed settlement.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Settlement {
    /// Whose, which and when.
    pub head: SettlementHead,
    /// Its movements in the order of the report, without those that were handed out before it closed.
    pub transactions: Vec<Transaction>,
    /// What was sent to the bank: the payout of this settlement, where there is one, and payouts of earlier
    /// settlements that were sent again while it ran.
    pub disbursements: Vec<Disbursement>,
}

impl Settlement {
    /// The payout of this very settlement.
    pub fn payout(&self) -> Option<&Disbursement> {
        self.disbursements.iter().find(|sent| sent.settlement_id == self.head.settlement_id)
    }
}

/// Money sent to the merchant's bank.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Disbursement {
    /// The settlement that it pays.
    pub settlement_id: String,
    /// The text by which the bank statement names it.
    pub reference: String,
    /// What is sent, positive, in minor units.
    pub amount: i64,
    /// The currency of the amount.
    pub currency: Currency,
    /// When it is sent: the instant of its Transfer row.
    pub time: Timestamp,
}
