use std::collections::VecDeque;

use jiff::{SignedDuration, Timestamp};

use super::numbers::Numbers;
use super::{Disbursement, Fees, Settlement, SettlementHead, Transaction};
use crate::report::{Currency, TransactionType};

/// The description on the row of a payout, as real reports write it.
const TRANSFER_DESCRIPTION: &str = "SellerPayments_DateRangeReport_transfer_accounting_ending_with_trace_id";

/// How an [`Account`] begins.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AccountSettings {
    /// The merchant.
    pub seller_id: String,
    /// The currency of every movement.
    pub currency: Currency,
    /// What Amazon Pay charges.
    pub fees: Fees,
    /// The number of the first settlement; the following ones count up from it.
    pub first_settlement: u64,
    /// Tells the identifiers of two accounts apart.
    pub identifiers: u64,
    /// Whether identifiers are those of the live environment (`P…`) or of the sandbox (`S…`).
    pub live: bool,
    /// How long after the end of a settlement its payout is sent and the next one's first rows are posted.
    pub payout_delay: SignedDuration,
}

impl Default for AccountSettings {
    /// A sandbox merchant in euros with European fees, paid at the instant a settlement closes.
    fn default() -> Self {
        Self {
            seller_id: "A2KONTOREXAMPLE".to_owned(),
            currency: Currency::EUR,
            fees: Fees::EUROPE,
            first_settlement: 11_111_111_111,
            identifiers: 0,
            live: false,
            payout_delay: SignedDuration::ZERO,
        }
    }
}

/// A merchant's balance at Amazon Pay: movements go in, settlements come out, chained so that
///
/// - the payout of a settlement is the sum of the net amounts of its rows without Transfer, never below zero,
/// - its Transfer row stands at the beginning of the settlement after it,
/// - what is reserved or carried over leaves one settlement and enters the next.
///
/// This is the most likely reading of real files and of the help pages ("Settlement reports", "Report terms");
/// Amazon documents no rule. Sums stop at the ends of `i64`.
#[derive(Debug, Clone)]
pub struct Account {
    pub(super) settings: AccountSettings,
    pub(super) numbers: Numbers,
    settlement: u64,
    start: Timestamp,
    rows: u64,
    transactions: VecDeque<Transaction>,
    owed: i64,
    reserve_wanted: i64,
    on_hold: bool,
    debts_charged: bool,
    paid: Option<Disbursement>,
    returned: Option<Disbursement>,
    sent_again: Vec<Disbursement>,
}

/// What passes from a closed settlement into the next.
#[derive(Debug, Clone, Copy, Default)]
struct Closing {
    reserved: i64,
    carried: i64,
    payout: i64,
}

impl Account {
    /// An empty account whose first settlement begins at that instant.
    pub fn open(settings: AccountSettings, at: Timestamp) -> Self {
        Self {
            numbers: Numbers::new(settings.identifiers, settings.live),
            settlement: settings.first_settlement,
            settings,
            start: at,
            rows: 0,
            transactions: VecDeque::new(),
            owed: 0,
            reserve_wanted: 0,
            on_hold: false,
            debts_charged: false,
            paid: None,
            returned: None,
            sent_again: Vec::new(),
        }
    }

    /// The merchant.
    pub fn seller_id(&self) -> &str {
        &self.settings.seller_id
    }

    /// The settlement that is open.
    pub fn settlement_id(&self) -> String {
        self.settlement.to_string()
    }

    /// When the open settlement began.
    pub fn start(&self) -> Timestamp {
        self.start
    }

    /// How many rows the open settlement has so far.
    pub fn rows(&self) -> u64 {
        self.rows
    }

    /// What the open settlement would pay out now: the sum of its net amounts without Transfer.
    pub fn owed(&self) -> i64 {
        self.owed
    }

    /// All money of the merchant that lies at Amazon Pay.
    pub fn balance(&self) -> i64 {
        self.owed.saturating_add(self.returned.as_ref().map_or(0, |sent| sent.amount))
    }

    /// The movements of the open settlement that were not yet taken.
    pub fn transactions(&self) -> impl Iterator<Item = &Transaction> {
        self.transactions.iter()
    }

    /// Takes the oldest movement of the open settlement that was not yet taken, so that a long settlement need not
    /// be held in memory.
    pub fn take_transaction(&mut self) -> Option<Transaction> {
        self.transactions.pop_front()
    }

    /// From the next close on, this much is held back while a settlement allows it; 0 ends it.
    pub fn hold_reserve(&mut self, amount: i64) {
        self.reserve_wanted = amount.max(0);
    }

    /// While payouts are on hold, balances are carried over instead of paid.
    pub fn hold_payouts(&mut self, on_hold: bool) {
        self.on_hold = on_hold;
    }

    /// Whether a negative balance is charged to the merchant (Debt) instead of carried over.
    pub fn charge_debts(&mut self, charged: bool) {
        self.debts_charged = charged;
    }

    /// Posts any movement. The other operations are made of this one.
    pub fn post(&mut self, transaction: Transaction) {
        if TransactionType::from_text(&transaction.transaction_type) != TransactionType::Transfer {
            self.owed = self.owed.saturating_add(transaction.net());
        }
        self.rows += 1;
        self.transactions.push_back(transaction);
    }

    /// Closes the open settlement at that instant and opens the next with its first rows.
    pub fn close_settlement(&mut self, at: Timestamp) -> Settlement {
        let closing = self.settle(at);
        let head = SettlementHead {
            seller_id: self.settings.seller_id.clone(),
            settlement_id: self.settlement_id(),
            start: self.start,
            end: at,
        };
        let mut disbursements = std::mem::take(&mut self.sent_again);
        let transactions = std::mem::take(&mut self.transactions).into();
        self.settlement += 1;
        self.start = at;
        self.rows = 0;
        self.owed = 0;
        disbursements.extend(self.begin(at, &head.settlement_id, closing));
        Settlement { head, transactions, disbursements }
    }

    /// The last rows of a settlement: what is held back, charged or carried over.
    fn settle(&mut self, at: Timestamp) -> Closing {
        let mut closing = Closing::default();
        if self.owed > 0 && self.reserve_wanted > 0 {
            closing.reserved = self.reserve_wanted.min(self.owed);
            self.post_plain(at, TransactionType::Reserve, "Current Reserve Amount", -closing.reserved);
        }
        if self.owed < 0 && self.debts_charged {
            self.post_plain(at, TransactionType::Debt, "", self.owed.saturating_neg());
        } else if self.owed < 0 || (self.owed > 0 && self.on_hold) {
            closing.carried = self.owed;
            self.post_plain(at, TransactionType::Carryover, "", self.owed.saturating_neg());
        }
        closing.payout = self.owed;
        closing
    }

    /// The first rows of a settlement: the payout of the one before, and what comes from there.
    fn begin(&mut self, closed: Timestamp, settlement_id: &str, closing: Closing) -> Option<Disbursement> {
        let at = closed.saturating_add(self.settings.payout_delay).unwrap_or(closed);
        let payout = (closing.payout > 0).then(|| self.send(at, settlement_id.to_owned(), closing.payout));
        if payout.is_some() {
            self.paid.clone_from(&payout);
        }
        self.send_returned_payout(at);
        if closing.reserved > 0 {
            self.post_plain(at, TransactionType::Reserve, "Previous Reserve Balance", closing.reserved);
        }
        if closing.carried != 0 {
            self.post_plain(at, TransactionType::Carryover, "", closing.carried);
        }
        payout
    }

    /// The bank sends the latest payout back; it is sent again by [`send_returned_payout`](Self::send_returned_payout)
    /// or, at the latest, when the settlement closes. Gives what came back, `None` where nothing was paid.
    pub fn return_payout(&mut self, at: Timestamp) -> Option<Disbursement> {
        let paid = self.paid.take()?;
        self.post_plain(at, TransactionType::Transfer, TRANSFER_DESCRIPTION, paid.amount);
        self.returned = Some(paid.clone());
        Some(paid)
    }

    /// Whether a payout came back and was not yet sent again.
    pub fn has_returned_payout(&self) -> bool {
        self.returned.is_some()
    }

    /// Sends again what came back, under a new bank reference.
    pub fn send_returned_payout(&mut self, at: Timestamp) {
        if let Some(returned) = self.returned.take() {
            let sent = self.send(at, returned.settlement_id, returned.amount);
            self.sent_again.push(sent);
        }
    }

    fn send(&mut self, at: Timestamp, settlement_id: String, amount: i64) -> Disbursement {
        self.post_plain(at, TransactionType::Transfer, TRANSFER_DESCRIPTION, -amount);
        let currency = self.settings.currency;
        Disbursement { settlement_id, reference: self.numbers.bank_reference(), amount, currency, time: at }
    }

    pub(super) fn post_plain(
        &mut self,
        at: Timestamp,
        kind: TransactionType,
        description: &'static str,
        amount: i64,
    ) {
        let mut transaction = Transaction::new(at, kind.name(), self.settings.currency, amount);
        transaction.description = description.into();
        self.post(transaction);
    }
}

#[cfg(test)]
mod tests {
    use jiff::Timestamp;

    use super::{Account, AccountSettings};
    use crate::generate::{FeeReturn, Order, Settlement, Transaction};

    fn at(text: &str) -> Timestamp {
        text.parse().expect(text)
    }

    fn order(number: &str) -> Order {
        Order { seller_order_id: number.to_owned(), ..Order::default() }
    }

    fn figures(settlement: &Settlement) -> Vec<(&str, i64)> {
        settlement.transactions.iter().map(|row| (row.transaction_type.as_ref(), row.net())).collect()
    }

    /// The pair of settlements with which the hypothesis is explained: 154.41 is paid, 20.00 reserved and freed.
    #[test]
    fn two_settlements_chain_by_payout_and_reserve() {
        let mut account = Account::open(AccountSettings::default(), at("2026-09-30T00:00:00Z"));
        account.capture(at("2026-09-30T08:15:00Z"), order("A-1001"), "", 11_900);
        let second = account.capture(at("2026-09-30T19:40:00Z"), order("A-1002"), "", 5_950);
        account.hold_reserve(2_000);
        let first = account.close_settlement(at("2026-10-01T00:00:00Z"));
        assert_eq!(figures(&first), [("Capture", 11_639), ("Capture", 5_802), ("Reserve", -2_000)]);
        assert_eq!(first.head.settlement_id, "11111111111");
        let payout = first.payout().expect("a payout");
        assert_eq!((payout.amount, payout.settlement_id.as_str()), (15_441, "11111111111"));

        account.hold_reserve(0);
        account.refund(at("2026-10-01T09:00:00Z"), &second, 5_950, FeeReturn::Kept);
        account.capture(at("2026-10-01T10:30:00Z"), order("A-1003"), "", 23_800);
        assert_eq!((account.owed(), account.balance(), account.rows()), (19_363, 19_363, 4));
        let next = account.close_settlement(at("2026-10-02T00:00:00Z"));
        assert_eq!(
            figures(&next),
            [("Transfer", -15_441), ("Reserve", 2_000), ("Refund", -5_950), ("Capture", 23_313)]
        );
        assert_eq!(next.payout().map(|payout| payout.amount), Some(19_363));
        assert_eq!(next.head.start, first.head.end);
    }

    #[test]
    fn a_negative_settlement_is_carried_over_or_charged_and_pays_nothing() {
        let mut account = Account::open(AccountSettings::default(), at("2026-10-01T00:00:00Z"));
        account.adjust(at("2026-10-01T08:00:00Z"), -500, "Fee correction");
        let carried = account.close_settlement(at("2026-10-02T00:00:00Z"));
        assert_eq!(figures(&carried), [("Adjustment", -500), ("Carryover", 500)]);
        assert_eq!(carried.disbursements, []);
        assert_eq!(account.owed(), -500);
        account.charge_debts(true);
        let charged = account.close_settlement(at("2026-10-03T00:00:00Z"));
        assert_eq!(figures(&charged), [("Carryover", -500), ("Debt", 500)]);
        assert_eq!((charged.disbursements.len(), account.balance()), (0, 0));
    }

    #[test]
    fn a_settlement_on_hold_is_carried_over_and_paid_with_the_next() {
        let mut account = Account::open(AccountSettings::default(), at("2026-10-01T00:00:00Z"));
        account.capture(at("2026-10-01T08:00:00Z"), order("B-13"), "", 9_000);
        account.hold_payouts(true);
        let held = account.close_settlement(at("2026-10-02T00:00:00Z"));
        assert_eq!((figures(&held), held.payout()), (vec![("Capture", 8_794), ("Carryover", -8_794)], None));
        account.hold_payouts(false);
        account.capture(at("2026-10-02T08:00:00Z"), order("B-14"), "", 5_000);
        let paid = account.close_settlement(at("2026-10-03T00:00:00Z"));
        assert_eq!(paid.payout().map(|payout| payout.amount), Some(13_664));
    }

    #[test]
    fn a_payout_that_comes_back_is_sent_again_at_the_latest_with_the_next() {
        let mut account = Account::open(AccountSettings::default(), at("2026-10-01T00:00:00Z"));
        assert_eq!(account.return_payout(at("2026-10-01T01:00:00Z")), None);
        account.capture(at("2026-10-01T08:00:00Z"), order("1"), "", 10_000);
        let first = account.close_settlement(at("2026-10-02T00:00:00Z"));
        let returned = account.return_payout(at("2026-10-02T08:00:00Z")).expect("it was paid");
        assert_eq!((Some(&returned), account.balance(), account.owed()), (first.payout(), 9_775, 0));
        let second = account.close_settlement(at("2026-10-03T00:00:00Z"));
        assert_eq!(figures(&second), [("Transfer", -9_775), ("Transfer", 9_775)]);
        assert_eq!((account.balance(), account.has_returned_payout()), (0, false));
        let third = account.close_settlement(at("2026-10-04T00:00:00Z"));
        let [again] = third.disbursements.as_slice() else { panic!("{:?}", third.disbursements) };
        assert_eq!((again.settlement_id.as_str(), again.amount), ("11111111111", 9_775));
        assert_ne!(again.reference, returned.reference);
    }

    #[test]
    fn rows_taken_early_still_count() {
        let mut account = Account::open(AccountSettings::default(), at("2026-10-01T00:00:00Z"));
        account.capture(at("2026-10-01T08:00:00Z"), order("1"), "", 10_000);
        assert_eq!(account.take_transaction().as_ref().map(Transaction::net), Some(9_775));
        let settlement = account.close_settlement(at("2026-10-02T00:00:00Z"));
        assert_eq!(settlement.transactions, []);
        assert_eq!(settlement.payout().map(|payout| payout.amount), Some(9_775));
    }
}
