//! The chain of settlements: a Transfer pays the settlement before, carry-overs and reserves pass from one to the next.
//!
//! That a payout is the sum of all rows but the Transfer, and that the Transfer stands in the next report, is a reading
//! of real files and help pages (Amazon Pay help, «settlement report» and «report terms»), not a documented rule. So a
//! difference is a warning that shows both figures, never a refusal.

use std::collections::BTreeMap;

use jiff::civil::Date;
use jiff::{SignedDuration, Timestamp};
use ledger::calendar::Month;
use ledger::kind::MovementKind;
use ledger::money::{Currency, Money, MoneyError};
use ledger::movement::Movement;
use ledger::proof::{Opening, PayoutsOf};
use serde::{Deserialize, Serialize};

use super::carry_over::CarryOvers;
use super::sums::{ChainSums, SettlementSums};

/// Settlements follow each other within minutes; a longer pause may be a report that is missing.
const PAUSE_MAX: SignedDuration = SignedDuration::from_hours(1);

/// The period of a settlement, as its report states it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Period {
    /// The settlement.
    pub settlement: String,
    /// Its first instant.
    pub start: Timestamp,
    /// Its last instant.
    pub end: Timestamp,
}

/// Something in the chain that a person should look at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ChainWarning {
    /// Between two settlements lies time that no report covers: nothing happened, or a report is missing.
    Gap {
        /// The settlement before.
        before: Period,
        /// The settlement after.
        after: Period,
    },
    /// Two settlements cover the same time.
    Overlap {
        /// The settlement before.
        before: Period,
        /// The settlement after.
        after: Period,
    },
    /// What was paid for a settlement is not what it owed.
    PayoutDiffers {
        /// The settlement.
        settlement: String,
        /// What its rows owe.
        owed: Money,
        /// What was paid in the report after it.
        paid: Money,
        /// The report after it.
        paid_in: String,
    },
    /// A carry-over stands on one side only.
    CarryOverOneSided {
        /// The settlement in which it stands.
        settlement: String,
        /// The amount, without sign.
        amount: Money,
    },
}

/// Where a payout comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Origin {
    /// The settlement before in the chain.
    Previous,
    /// Not among the reports here.
    Unknown,
}

/// What the chain proves at its end.
#[derive(Debug, Default)]
pub struct ChainProof {
    /// What a person should look at, in the order of the chain.
    pub warnings: Vec<ChainWarning>,
    /// What lay on the provider account before the first settlement, by currency.
    pub openings: BTreeMap<Currency, Opening>,
    /// What was paid for which settlement.
    pub payouts: BTreeMap<Currency, PayoutsOf>,
}

/// The settlements in their order, one after the other.
#[derive(Debug, Default)]
pub struct Chain {
    previous: Option<Link>,
    current: Option<Link>,
    carry_overs: BTreeMap<Currency, CarryOvers>,
    /// Payouts that the bank sent back and that were not sent again yet.
    returned: BTreeMap<Currency, Money>,
    proof: ChainProof,
    first: bool,
}

#[derive(Debug)]
struct Link {
    period: Period,
    follows: bool,
    sums: BTreeMap<Currency, ChainSums>,
}

impl Link {
    /// What the settlement owes in a currency; none without rows.
    fn payable(&self, currency: Currency) -> Option<Money> {
        self.sums.get(&currency).map(|sums| Money::new(sums.payable(), currency))
    }
}

impl Chain {
    /// No settlement yet.
    pub fn new() -> Self {
        Self { first: true, ..Self::default() }
    }

    /// Goes on to the next settlement of the chain; they come in the order of their periods.
    pub fn begin(&mut self, period: Period) -> Result<(), MoneyError> {
        self.close()?;
        let mut follows = false;
        if let Some(before) = &self.previous {
            let pause = period.start.duration_since(before.period.end);
            follows = pause <= PAUSE_MAX;
            let (before, after) = (before.period.clone(), period.clone());
            if pause.is_negative() {
                self.proof.warnings.push(ChainWarning::Overlap { before, after });
            } else if !follows {
                self.proof.warnings.push(ChainWarning::Gap { before, after });
            }
        }
        self.current = Some(Link { period, follows, sums: BTreeMap::new() });
        Ok(())
    }

    /// Where a payout of the current settlement comes from: the settlement before, if nothing lies between them or the
    /// amount is exactly what that one owes.
    pub fn origin(&self, movement: &Movement<'_>) -> Origin {
        self.origin_of(movement.gross)
    }

    fn origin_of(&self, gross: Money) -> Origin {
        let (Some(before), Some(current)) = (&self.previous, &self.current) else { return Origin::Unknown };
        let owed = before.payable(gross.currency());
        let exact = owed.is_some() && owed == gross.checked_abs().ok();
        if current.follows || exact { Origin::Previous } else { Origin::Unknown }
    }

    /// The settlement that a movement pays, if it is a payout whose origin is known.
    pub fn paid_settlement(&self, movement: &Movement<'_>) -> Option<&str> {
        if movement.kind == MovementKind::Payout { self.paid_by(movement.gross) } else { None }
    }

    fn paid_by(&self, gross: Money) -> Option<&str> {
        let known = self.origin_of(gross) == Origin::Previous;
        self.previous.as_ref().filter(|_| known).map(|link| link.period.settlement.as_str())
    }

    /// Counts a row of the current settlement, booked on `day`.
    pub fn count(&mut self, movement: &Movement<'_>, day: Date) -> Result<(), MoneyError> {
        let currency = movement.currency();
        if movement.kind == MovementKind::Payout {
            self.note_payout(movement.gross, movement.net()?, Month::of(day))?;
        }
        let Some(current) = &mut self.current else { return Ok(()) };
        current.sums.entry(currency).or_default().count(movement, day)
    }

    fn note_payout(&mut self, gross: Money, net: Money, month: Month) -> Result<(), MoneyError> {
        let currency = gross.currency();
        let paid = self.paid_by(gross).map(str::to_owned);
        let payouts = self.proof.payouts.entry(currency).or_default();
        let sum = payouts.entry((paid, month)).or_insert(Money::zero(currency));
        *sum = sum.checked_add(net)?;
        Ok(())
    }

    /// Goes through a whole settlement by its stored sums, as [`Self::begin`] and [`Self::count`] would by its rows.
    /// `booked` says on which day a payout of a day is booked; another one only where the books of its own are closed.
    pub fn pass(
        &mut self,
        settlement: &SettlementSums,
        booked: impl Fn(Date) -> Date,
    ) -> Result<(), MoneyError> {
        self.begin(settlement.period.clone())?;
        for (currency, sums) in &settlement.currencies {
            for payout in &sums.payouts {
                let money = |minor| Money::new(minor, *currency);
                self.note_payout(money(payout.gross), money(payout.net), Month::of(booked(payout.day)))?;
            }
        }
        if let Some(current) = &mut self.current {
            current.sums.clone_from(&settlement.currencies);
        }
        Ok(())
    }

    /// Ends the chain.
    pub fn finish(mut self) -> Result<ChainProof, MoneyError> {
        self.close()?;
        let Some(last) = &self.previous else { return Ok(self.proof) };
        for (currency, carry_overs) in &mut self.carry_overs {
            let owed = last.sums.get(currency).map_or(0, |sums| sums.owed);
            for minor in carry_overs.entered(owed) {
                let settlement = last.period.settlement.clone();
                let amount = Money::new(minor, *currency).checked_abs()?;
                self.proof.warnings.push(ChainWarning::CarryOverOneSided { settlement, amount });
            }
        }
        Ok(self.proof)
    }

    /// Closes the current settlement: compares it with the one before.
    fn close(&mut self) -> Result<(), MoneyError> {
        let Some(current) = self.current.take() else { return Ok(()) };
        let mut currencies: Vec<Currency> = current.sums.keys().copied().collect();
        currencies.extend(self.previous.iter().flat_map(|before| before.sums.keys()));
        currencies.sort_unstable();
        currencies.dedup();
        for currency in currencies {
            if self.first {
                self.open(&current, currency)?;
            } else {
                self.compare(&current, currency)?;
            }
        }
        self.first = false;
        self.previous = Some(current);
        Ok(())
    }

    /// The opening balance is what the first settlement finds: what it pays, releases and takes over.
    fn open(&mut self, current: &Link, currency: Currency) -> Result<(), MoneyError> {
        let Some(sums) = current.sums.get(&currency) else { return Ok(()) };
        let carry_overs = self.carry_overs.entry(currency).or_default();
        carry_overs.follow(&sums.carry_overs);
        let entered = carry_overs.entered(sums.owed);
        let carried_over = entered
            .into_iter()
            .try_fold(Money::zero(currency), |sum, minor| sum.checked_add(Money::new(minor, currency)))?;
        let money = |minor| Money::new(minor, currency);
        let opening =
            Opening { unpaid: money(sums.paid), reserve: money(sums.reserve_released), carried_over };
        self.proof.openings.insert(currency, opening);
        Ok(())
    }

    fn compare(&mut self, current: &Link, currency: Currency) -> Result<(), MoneyError> {
        let Some(before) = &self.previous else { return Ok(()) };
        let nothing = ChainSums::default();
        let money = |minor| Money::new(minor, currency);
        let owing = before.sums.get(&currency).unwrap_or(&nothing);
        let paying = current.sums.get(&currency).unwrap_or(&nothing);
        let carry_overs = self.carry_overs.entry(currency).or_default();
        let mut one_sided = carry_overs.follow(&paying.carry_overs);
        let (owed, paid) = (money(owing.payable()), money(paying.paid));
        let missing = owed.checked_sub(paid)?;
        // A carry-over that only enters explains a payout that never came: it is one finding, not two.
        let entered = carry_overs.open_row(missing.minor());
        let sent_again = sent_again(&mut self.returned, money(paying.returned), missing)?;
        let explained = missing.is_zero() || entered.is_some() || sent_again;
        let mut settlement = &before.period.settlement;
        if let Some(row) = entered {
            settlement = &current.period.settlement;
            one_sided.push(row);
        }
        for minor in one_sided {
            let amount = Money::new(minor, currency).checked_abs()?;
            let settlement = settlement.clone();
            self.proof.warnings.push(ChainWarning::CarryOverOneSided { settlement, amount });
        }
        if !explained && current.follows {
            let (settlement, paid_in) = (before.period.settlement.clone(), current.period.settlement.clone());
            self.proof.warnings.push(ChainWarning::PayoutDiffers { settlement, owed, paid, paid_in });
        }
        Ok(())
    }
}

/// Which settlement each payout pays, by the settlement and line in which it stands; of the settlements of one merchant in
/// their order. A payout whose origin is not known is left out.
pub fn payers<'s>(
    settlements: impl IntoIterator<Item = &'s SettlementSums>,
) -> Result<BTreeMap<(String, u64), String>, MoneyError> {
    let mut chain = Chain::new();
    let mut payers = BTreeMap::new();
    for settlement in settlements {
        chain.pass(settlement, |day| day)?;
        for (currency, sums) in &settlement.currencies {
            for payout in &sums.payouts {
                if let Some(paid) = chain.paid_by(Money::new(payout.gross, *currency)) {
                    payers.insert((settlement.period.settlement.clone(), payout.line), paid.to_owned());
                }
            }
        }
    }
    Ok(payers)
}

/// A payout that came back is sent again with a later one: what was paid too much is explained by it.
fn sent_again(
    open: &mut BTreeMap<Currency, Money>,
    returned: Money,
    missing: Money,
) -> Result<bool, MoneyError> {
    let open = open.entry(returned.currency()).or_insert(Money::zero(returned.currency()));
    *open = open.checked_add(returned)?;
    let left = open.checked_add(missing)?;
    let explained = missing.is_negative() && !left.is_negative();
    if explained {
        *open = left;
    }
    Ok(explained)
}
