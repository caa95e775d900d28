//! The steps, one after the other.

use std::collections::{BTreeMap, BTreeSet};

use ledger::money::{Currency, Money};

use super::references::{names, wanted, words};
use super::{Decision, Matched, OnItsWay, Open, Payout, Reason, Receipt, Reconciliation, Returned, Settings};

/// Finds the booking of each payout. Keys have to be different from one another on each side; of two payouts or bookings
/// with one key only the first is looked at.
pub fn reconcile<P: Ord + Clone, B: Ord + Clone>(
    payouts: &[Payout<P>],
    receipts: &[Receipt<B>],
    decisions: &[Decision<P, B>],
    settings: &Settings,
) -> Reconciliation<P, B> {
    let mut desk = Desk::new(payouts, receipts, settings);
    desk.follow(decisions);
    desk.by_reference();
    desk.by_amount(true);
    desk.by_amount(false);
    desk.returns();
    desk.finish()
}

/// What lies on the desk: open payouts and bookings by key, and where they went.
struct Desk<'a, P, B> {
    settings: &'a Settings,
    payouts: BTreeMap<P, &'a Payout<P>>,
    receipts: BTreeMap<B, &'a Receipt<B>>,
    /// For each word of the bookings those that have it.
    words: BTreeMap<String, BTreeSet<B>>,
    /// Which open payouts each booking names, and the other way round.
    named_in: BTreeMap<P, BTreeSet<B>>,
    names: BTreeMap<B, BTreeSet<P>>,
    done: Reconciliation<P, B>,
}

impl<'a, P: Ord + Clone, B: Ord + Clone> Desk<'a, P, B> {
    fn new(payouts: &'a [Payout<P>], receipts: &'a [Receipt<B>], settings: &'a Settings) -> Self {
        let mut open_payouts = BTreeMap::new();
        for payout in payouts {
            open_payouts.entry(payout.key.clone()).or_insert(payout);
        }
        let mut open_receipts = BTreeMap::new();
        for receipt in receipts {
            open_receipts.entry(receipt.key.clone()).or_insert(receipt);
        }
        let mut found: BTreeMap<String, BTreeSet<B>> = BTreeMap::new();
        for (key, receipt) in &open_receipts {
            for word in words(&receipt.text) {
                found.entry(word).or_default().insert(key.clone());
            }
        }
        let done = Reconciliation {
            matched: Vec::new(),
            returned: Vec::new(),
            on_their_way: Vec::new(),
            unmatched: Vec::new(),
            set_aside: Vec::new(),
            not_followed: Vec::new(),
        };
        let (named_in, names) = (BTreeMap::new(), BTreeMap::new());
        Self { settings, payouts: open_payouts, receipts: open_receipts, words: found, named_in, names, done }
    }

    /// What people decided, in the order of the keys. A second decision about the same thing is not followed.
    fn follow(&mut self, decisions: &[Decision<P, B>]) {
        let mut decisions = decisions.to_vec();
        decisions.sort();
        decisions.dedup();
        for decision in decisions {
            let followed = match &decision {
                Decision::Pair { payout, receipt } => {
                    let currencies = (self.payouts.get(payout), self.receipts.get(receipt));
                    let one_currency = matches!(
                        currencies,
                        (Some(payout), Some(receipt)) if payout.amount.currency() == receipt.amount.currency()
                    );
                    one_currency && self.pair(payout, receipt, Reason::Decided)
                }
                Decision::NoPayout { receipt } => {
                    let known = self.receipts.remove(receipt).is_some();
                    self.done.set_aside.extend(known.then(|| receipt.clone()));
                    known
                }
            };
            if !followed {
                self.done.not_followed.push(decision);
            }
        }
    }

    /// Takes both off the desk.
    fn pair(&mut self, payout: &P, receipt: &B, reason: Reason) -> bool {
        let (Some(sent), Some(arrived)) = (self.payouts.get(payout), self.receipts.get(receipt)) else {
            return false;
        };
        let Some(difference) = arrived.amount.minor().checked_sub(sent.amount.minor()) else { return false };
        let days = (arrived.date - sent.date).get_days();
        self.done.matched.push(Matched {
            payout: payout.clone(),
            receipt: receipt.clone(),
            reason,
            days,
            difference,
        });
        self.payouts.remove(payout);
        self.receipts.remove(receipt);
        true
    }

    /// Reference and amount, where neither side has another choice.
    fn by_reference(&mut self) {
        let mut choices = Vec::new();
        for (key, payout) in &self.payouts {
            let wanted: Vec<String> =
                [&payout.reference, &payout.settlement].into_iter().filter_map(|text| wanted(text)).collect();
            let by_word = wanted.iter().filter_map(|wanted| self.words.get(wanted)).flatten();
            let open = |receipt: &&B| self.receipts.contains_key(*receipt);
            let mut named: BTreeSet<B> = by_word.filter(open).cloned().collect();
            for (receipt, arrived) in &self.receipts {
                let says_so = || wanted.iter().any(|wanted| names(&arrived.text, wanted));
                if arrived.amount == payout.amount && says_so() {
                    named.insert(receipt.clone());
                }
            }
            for receipt in &named {
                self.names.entry(receipt.clone()).or_default().insert(key.clone());
                let arrived = self.receipts.get(receipt);
                if arrived.is_some_and(|arrived| arrived.amount == payout.amount) {
                    choices.push((key.clone(), receipt.clone()));
                }
            }
            self.named_in.insert(key.clone(), named);
        }
        for (payout, receipt) in only(&choices) {
            let reference = self.payouts.get(&payout).zip(self.receipts.get(&receipt));
            let reference = reference.map(|(payout, receipt)| found(payout, receipt)).unwrap_or_default();
            self.pair(&payout, &receipt, Reason::Reference { reference });
        }
    }

    /// The amount alone, within the window, where neither side has another choice.
    fn by_amount(&mut self, payer_named: bool) {
        let reason = if payer_named { Reason::AmountAndPayer } else { Reason::Amount };
        for (payout, receipt) in only(&self.choices(payer_named)) {
            self.pair(&payout, &receipt, reason.clone());
        }
    }

    /// Open payouts and bookings of one amount within the window. A booking that names payouts is for them alone, and a payout
    /// that is named for the bookings that name it.
    fn choices(&self, payer_named: bool) -> Vec<(P, B)> {
        let mut by_amount: BTreeMap<(Currency, i64), Vec<&Receipt<B>>> = BTreeMap::new();
        for receipt in self.receipts.values().filter(|receipt| !payer_named || self.is_of_payer(receipt)) {
            by_amount.entry(amount(receipt.amount)).or_default().push(receipt);
        }
        let mut choices = Vec::new();
        for payout in self.payouts.values() {
            for receipt in by_amount.get(&amount(payout.amount)).into_iter().flatten() {
                if self.in_window(payout, receipt) && self.names_agree(payout, receipt) {
                    choices.push((payout.key.clone(), receipt.key.clone()));
                }
            }
        }
        choices
    }

    fn is_of_payer(&self, receipt: &Receipt<B>) -> bool {
        let text = format!("{}\n{}", receipt.name, receipt.text).to_lowercase();
        self.settings.payer.iter().any(|payer| text.contains(&payer.to_lowercase()))
    }

    fn in_window(&self, payout: &Payout<P>, receipt: &Receipt<B>) -> bool {
        let days = (receipt.date - payout.date).get_days();
        (-i32::from(self.settings.days_before)..=i32::from(self.settings.days_after)).contains(&days)
    }

    fn names_agree(&self, payout: &Payout<P>, receipt: &Receipt<B>) -> bool {
        let names_it = self.names.get(&receipt.key).is_none_or(|payouts| payouts.contains(&payout.key));
        let still_open = |receipts: &BTreeSet<B>| receipts.iter().any(|key| self.receipts.contains_key(key));
        let named_here = self
            .named_in
            .get(&payout.key)
            .is_none_or(|receipts| !still_open(receipts) || receipts.contains(&receipt.key));
        names_it && named_here
    }

    /// A payout and its return, of which the bank shows neither: those of one settlement or reference first, then those
    /// whose amounts leave no other choice.
    fn returns(&mut self) {
        for one_reference in [true, false] {
            let mut choices = Vec::new();
            for payout in self.payouts.values().filter(|payout| !payout.amount.is_negative()) {
                let back = self.payouts.values().filter(|back| is_return(payout, back));
                let back = back.filter(|back| !one_reference || share_reference(payout, back));
                choices.extend(back.map(|back| (payout.key.clone(), back.key.clone())));
            }
            for (payout, back) in only(&choices) {
                self.payouts.remove(&payout);
                self.payouts.remove(&back);
                self.done.returned.push(Returned { payout, back });
            }
        }
    }

    fn finish(mut self) -> Reconciliation<P, B> {
        let choices = self.choices(false);
        let on_their_way: Vec<OnItsWay<P, B>> = self
            .payouts
            .values()
            .map(|payout| OnItsWay { payout: payout.key.clone(), open: self.why(payout, &choices) })
            .collect();
        self.done.on_their_way = on_their_way;
        self.done.unmatched = self.receipts.into_keys().collect();
        self.done.matched.sort();
        self.done.returned.sort();
        self.done.set_aside.sort();
        self.done
    }

    fn why(&self, payout: &Payout<P>, choices: &[(P, B)]) -> Open<B> {
        let named = self.named_in.get(&payout.key).into_iter().flatten();
        let named: Vec<&B> = named.filter(|receipt| self.receipts.contains_key(*receipt)).collect();
        let same_amount =
            |receipt: &&B| self.receipts.get(*receipt).is_some_and(|arrived| arrived.amount == payout.amount);
        let mut receipts: BTreeSet<B> = named.iter().copied().filter(same_amount).cloned().collect();
        receipts
            .extend(choices.iter().filter(|(key, _)| *key == payout.key).map(|(_, receipt)| receipt.clone()));
        match named.first() {
            _ if !receipts.is_empty() => Open::Several { receipts: receipts.into_iter().collect() },
            Some(receipt) => Open::OtherAmount { receipt: (*receipt).clone() },
            None => Open::NothingFits,
        }
    }
}

fn amount(money: Money) -> (Currency, i64) {
    (money.currency(), money.minor())
}

/// The pairs of which neither side stands in another pair.
fn only<A: Ord + Clone, B: Ord + Clone>(choices: &[(A, B)]) -> Vec<(A, B)> {
    let (mut ones, mut others): (BTreeMap<&A, usize>, BTreeMap<&B, usize>) =
        (BTreeMap::new(), BTreeMap::new());
    for (one, other) in choices {
        *ones.entry(one).or_default() += 1;
        *others.entry(other).or_default() += 1;
    }
    let alone = |(one, other): &&(A, B)| ones.get(one) == Some(&1) && others.get(other) == Some(&1);
    choices.iter().filter(alone).cloned().collect()
}

/// The payout's reference that the booking names, the provider's own before the settlement.
fn found<P, B>(payout: &Payout<P>, receipt: &Receipt<B>) -> String {
    let named = |text: &&String| wanted(text).is_some_and(|wanted| names(&receipt.text, &wanted));
    [&payout.reference, &payout.settlement].into_iter().find(named).cloned().unwrap_or_default()
}

fn is_return<P>(payout: &Payout<P>, back: &Payout<P>) -> bool {
    let opposite = payout.amount.checked_neg().is_ok_and(|opposite| opposite == back.amount);
    back.amount.is_negative() && opposite && back.date >= payout.date
}

fn share_reference<P>(payout: &Payout<P>, back: &Payout<P>) -> bool {
    let same = |one: &str, other: &str| !one.is_empty() && one == other;
    same(&payout.reference, &back.reference) || same(&payout.settlement, &back.settlement)
}
