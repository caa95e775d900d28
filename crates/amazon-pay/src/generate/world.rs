use std::collections::VecDeque;

use jiff::{SignedDuration, Timestamp};

use super::calendar::Days;
use super::chance::Chance;
use super::event::Event;
use super::trade::Trade;
use super::{
    Account, AccountSettings, Disbursement, Settings, SettingsError, Settlement, SettlementHead, Transaction,
};

/// Payouts and the rows that come with them follow so long after the end of a settlement.
const PAYOUT_DELAY: SignedDuration = SignedDuration::from_mins(20);
/// A settlement has so many rows at least, if the number is not given: up to five keep the books.
const ROWS_PER_SETTLEMENT: u64 = 8;

/// How a settlement is to end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Ending {
    Paid,
    Reserved,
    OnHold,
    NegativeCarriedOver,
    NegativeCharged,
}

impl Ending {
    /// How many rows it takes at the end of the report.
    fn rows(self) -> u64 {
        match self {
            Self::Paid => 0,
            Self::Reserved | Self::OnHold => 1,
            Self::NegativeCarriedOver | Self::NegativeCharged => 2,
        }
    }
}

/// A merchant's months with Amazon Pay: a chain of settlements with every kind of row.
#[derive(Debug, Clone)]
pub struct World {
    account: Account,
    trade: Trade,
    chance: Chance,
    ends: VecDeque<(Timestamp, Ending)>,
    turning_points: VecDeque<Timestamp>,
    settlements: u64,
    opened: u64,
    rows: u64,
    made: u64,
    traded: u64,
    events: VecDeque<(u64, Event)>,
}

impl World {
    /// Makes a world; its reports are made one by one.
    pub fn new(settings: Settings) -> Result<Self, SettingsError> {
        settings.check()?;
        let days = Days::new(settings.first_day, settings.months)?;
        let max = days.settlements_max();
        let settlements = match settings.settlements {
            Some(wanted) if (1..=max).contains(&wanted) => wanted,
            Some(_) => return Err(SettingsError::Settlements { max }),
            None => (settings.rows / ROWS_PER_SETTLEMENT).clamp(1, max),
        };
        let mut chance = Chance::new(settings.seed);
        let account = AccountSettings {
            seller_id: settings.seller_id,
            currency: settings.currency,
            fees: settings.fees,
            first_settlement: 10_000_000_000 + chance.below(80_000_000_000),
            identifiers: chance.below(1 << 62),
            live: settings.live,
            payout_delay: PAYOUT_DELAY,
        };
        let ends = days.settlement_ends(settlements);
        let endings = endings(ends.len(), &mut chance);
        Ok(Self {
            account: Account::open(account, days.start()),
            trade: Trade::new(settings.currency),
            chance,
            ends: ends.into_iter().zip(endings).collect(),
            turning_points: days.turning_points().into(),
            settlements,
            opened: 0,
            rows: settings.rows,
            made: 0,
            traded: 0,
            events: planned_events(settings.rows),
        })
    }

    /// How many settlements there are in all.
    pub fn settlements(&self) -> u64 {
        self.settlements
    }

    /// How many rows are wanted in all. Where there are fewer than eight to a settlement, it can be some more.
    pub fn rows(&self) -> u64 {
        self.rows
    }

    /// The account as it stands, to go on with it by hand once all settlements are made.
    pub fn into_account(self) -> Account {
        self.account
    }

    /// Begins the next settlement, whose rows then come one by one; `None` after the last.
    pub fn next_settlement(&mut self) -> Option<RunningSettlement<'_>> {
        let (end, ending) = self.ends.pop_front()?;
        self.opened += 1;
        let last = self.ends.is_empty();
        let due = if last { self.rows } else { share_of(self.rows, self.opened, self.settlements) };
        let booked = self.made + self.account.rows() + ending.rows();
        let head = SettlementHead {
            settlement_id: self.account.settlement_id(),
            start: self.account.start(),
            end,
            seller_id: self.account.seller_id().to_owned(),
        };
        let trades = due.saturating_sub(booked);
        Some(RunningSettlement { world: self, head, ending, last, trades, traded: 0, closed: None })
    }

    /// The instant of the given trade of so many in a settlement: evenly spread with some scatter, except that
    /// turning points of the calendar are met exactly.
    fn instant(&mut self, head: &SettlementHead, trade: u64, trades: u64) -> Timestamp {
        let begin = head.start.as_second() + PAYOUT_DELAY.as_secs();
        let span = i128::from(head.end.as_second() - begin);
        let place = i128::from(trade) * 1_024 + i128::from(self.chance.below(1_024));
        let passed = (span * place).checked_div(i128::from(trades) * 1_024).unwrap_or(0);
        let second = begin + i64::try_from(passed).unwrap_or(0);
        let usual = Timestamp::from_second(second).unwrap_or(head.end);
        while self.turning_points.pop_front_if(|point| point.as_second() < begin).is_some() {}
        match self.turning_points.front() {
            Some(point) if *point <= usual => self.turning_points.pop_front().unwrap_or(usual),
            _ => usual,
        }
    }

    fn trade(&mut self, at: Timestamp, more_follow: bool) {
        self.traded += 1;
        let planned = self.events.pop_front_if(|(row, event)| {
            *row <= self.traded && (more_follow || *event != Event::PayoutReturned)
        });
        let wanted = planned.map(|(_, event)| event);
        self.trade.post(at, wanted, &mut self.account, &mut self.chance);
    }
}

impl Iterator for World {
    type Item = Settlement;

    /// The next settlement as a whole; for very long ones see [`World::next_settlement`].
    fn next(&mut self) -> Option<Settlement> {
        self.next_settlement().map(RunningSettlement::collect_all)
    }
}

/// A settlement whose rows come one by one. It closes when its last row was taken, or by [`finish`](Self::finish); if
/// it is dropped before, it stays open and the next one goes on with it.
#[derive(Debug)]
pub struct RunningSettlement<'a> {
    world: &'a mut World,
    head: SettlementHead,
    ending: Ending,
    last: bool,
    trades: u64,
    traded: u64,
    closed: Option<(VecDeque<Transaction>, Vec<Disbursement>)>,
}

impl RunningSettlement<'_> {
    /// Whose, which and when.
    pub fn head(&self) -> &SettlementHead {
        &self.head
    }

    /// Makes the rows that were not taken yet, drops them, and gives what was sent to the bank.
    pub fn finish(mut self) -> Vec<Disbursement> {
        while self.next().is_some() {}
        self.closed.take().map(|(_, disbursements)| disbursements).unwrap_or_default()
    }

    fn collect_all(mut self) -> Settlement {
        let transactions = self.by_ref().collect();
        let head = self.head.clone();
        Settlement { head, transactions, disbursements: self.finish() }
    }

    fn trade(&mut self) {
        let at = self.world.instant(&self.head, self.traded, self.trades);
        self.traded += 1;
        let left = self.trades - self.traded;
        let owed = self.world.account.owed();
        if self.last && left == 0 && owed < 1_000 && !self.world.account.has_returned_payout() {
            // The last report of all ends with a payout, so that no row of a carry-over exceeds the number wanted.
            let World { trade, account, chance, .. } = &mut *self.world;
            trade.sell_for(at, 10_000 - owed.min(0) * 2, account, chance);
            return;
        }
        self.world.trade(at, left > 0);
    }

    fn close(&mut self) -> (VecDeque<Transaction>, Vec<Disbursement>) {
        let World { account, chance, .. } = &mut *self.world;
        let end = self.head.end;
        if matches!(self.ending, Ending::NegativeCarriedOver | Ending::NegativeCharged) {
            let below_zero = account.owed().max(0) + 5_000 + chance.up_to(20_000);
            account.adjust(end, -below_zero, "Correction of an earlier settlement");
        }
        account.hold_payouts(self.ending == Ending::OnHold);
        account.charge_debts(self.ending == Ending::NegativeCharged);
        let reserve = if self.ending == Ending::Reserved { 2_000 + chance.up_to(48_000) } else { 0 };
        account.hold_reserve(reserve);
        let settlement = account.close_settlement(end);
        (settlement.transactions.into(), settlement.disbursements)
    }
}

impl Iterator for RunningSettlement<'_> {
    type Item = Transaction;

    fn next(&mut self) -> Option<Transaction> {
        let mut row = None;
        while row.is_none() && self.closed.is_none() {
            row = self.world.account.take_transaction();
            if row.is_none() && self.traded < self.trades {
                self.trade();
            } else if row.is_none() {
                self.closed = Some(self.close());
            }
        }
        let row = row.or_else(|| self.closed.as_mut().and_then(|(rows, _)| rows.pop_front()));
        self.world.made += u64::from(row.is_some());
        row
    }
}

/// One settlement of each unusual ending at even distances, a reserve in every sixth of the others. The last is
/// plainly paid.
fn endings(settlements: usize, chance: &mut Chance) -> Vec<Ending> {
    let usual = |_| if chance.percent(16) { Ending::Reserved } else { Ending::Paid };
    let mut endings: Vec<Ending> = (0..settlements).map(usual).collect();
    let rare = [Ending::Reserved, Ending::NegativeCarriedOver, Ending::OnHold, Ending::NegativeCharged];
    let distance = settlements / (rare.len() + 1);
    if distance > 0 {
        for (ending, rare) in endings.iter_mut().step_by(distance).skip(1).zip(rare) {
            *ending = rare;
        }
    }
    if let Some(last) = endings.last_mut() {
        *last = Ending::Paid;
    }
    endings
}

/// Every kind of event once, at even distances over all rows, in worlds that have room for them.
fn planned_events(rows: u64) -> VecDeque<(u64, Event)> {
    let kinds = u64::try_from(Event::ALL.len()).unwrap_or(u64::MAX);
    let distance = rows / 2 / kinds;
    if distance == 0 {
        return VecDeque::new();
    }
    (1_u64..).zip(Event::ALL).map(|(place, event)| (place * distance, event)).collect()
}

fn share_of(rows: u64, settlement: u64, settlements: u64) -> u64 {
    let share = u128::from(rows) * u128::from(settlement) / u128::from(settlements.max(1));
    u64::try_from(share).unwrap_or(u64::MAX)
}
