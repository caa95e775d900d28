//! Whatever payouts and bookings there are: nothing is taken twice, nothing is lost, and the order says nothing.

use app::reconciliation::{Decision, Payout, Receipt, Settings, reconcile};
use proptest::prelude::*;

use super::{Outcome, payout, receipt};

const REFERENCES: [&str; 4] = ["", "3AZQ4V7K9P2M1XTB", "9KLM4V7K9P2M1XTC", "11111111111"];

/// Few amounts, days and references, so that they often meet.
fn payouts() -> impl Strategy<Value = Vec<Payout<u32>>> {
    let one = (
        1_i8..28,
        prop_oneof![Just(100_i64), Just(200), Just(300), Just(-100), Just(-200)],
        0_usize..4,
        0_usize..4,
    );
    proptest::collection::vec(one, 0..12).prop_map(|rows| {
        (1..)
            .zip(rows)
            .map(|(key, (day, minor, settlement, reference))| {
                payout(key, day, minor, REFERENCES[settlement], REFERENCES[reference])
            })
            .collect()
    })
}

fn bookings() -> impl Strategy<Value = Vec<Receipt<u32>>> {
    let one =
        (1_i8..28, prop_oneof![Just(100_i64), Just(200), Just(300), Just(-100)], 0_usize..4, any::<bool>());
    proptest::collection::vec(one, 0..12).prop_map(|rows| {
        (1..)
            .zip(rows)
            .map(|(key, (day, minor, reference, amazon))| {
                let payer = if amazon { "Amazon Payments" } else { "Kunde" };
                receipt(key, day, minor, &format!("{payer} {}", REFERENCES[reference]))
            })
            .collect()
    })
}

fn decisions() -> impl Strategy<Value = Vec<Decision<u32, u32>>> {
    let pair = (1_u32..14, 1_u32..14).prop_map(|(payout, receipt)| Decision::Pair { payout, receipt });
    let none = (1_u32..14).prop_map(|receipt| Decision::NoPayout { receipt });
    proptest::collection::vec(prop_oneof![pair, none], 0..4)
}

fn sorted(keys: impl Iterator<Item = u32>) -> Vec<u32> {
    let mut keys: Vec<u32> = keys.collect();
    keys.sort_unstable();
    keys
}

/// Every payout of the outcome, as often as it stands in it.
fn all_payouts(outcome: &Outcome) -> Vec<u32> {
    let matched = outcome.matched.iter().map(|matched| matched.payout);
    let returned = outcome.returned.iter().flat_map(|returned| [returned.payout, returned.back]);
    sorted(matched.chain(returned).chain(outcome.on_their_way.iter().map(|open| open.payout)))
}

fn all_bookings(outcome: &Outcome) -> Vec<u32> {
    let matched = outcome.matched.iter().map(|matched| matched.receipt);
    sorted(matched.chain(outcome.unmatched.iter().copied()).chain(outcome.set_aside.iter().copied()))
}

proptest! {
    #[test]
    fn each_payout_and_each_booking_stands_in_exactly_one_list(
        payouts in payouts(), bookings in bookings(), decisions in decisions(),
    ) {
        let outcome = reconcile(&payouts, &bookings, &decisions, &Settings::default());
        prop_assert_eq!(all_payouts(&outcome), sorted(payouts.iter().map(|payout| payout.key)));
        prop_assert_eq!(all_bookings(&outcome), sorted(bookings.iter().map(|booking| booking.key)));
    }

    #[test]
    fn what_was_sent_is_what_arrived_less_the_differences_and_what_is_open(
        payouts in payouts(), bookings in bookings(), decisions in decisions(),
    ) {
        let outcome = reconcile(&payouts, &bookings, &decisions, &Settings::default());
        let sent = |key: u32| payouts.iter().find(|payout| payout.key == key).unwrap().amount.minor();
        let arrived = |key: u32| bookings.iter().find(|booking| booking.key == key).unwrap().amount.minor();
        let all: i64 = payouts.iter().map(|payout| payout.amount.minor()).sum();
        let matched: i64 =
            outcome.matched.iter().map(|matched| arrived(matched.receipt) - matched.difference).sum();
        let open: i64 = outcome.on_their_way.iter().map(|open| sent(open.payout)).sum();
        prop_assert_eq!(all, matched + open, "a payout and its return are nothing together");
        for returned in &outcome.returned {
            prop_assert_eq!(sent(returned.payout), -sent(returned.back));
        }
        for matched in &outcome.matched {
            let decided = decisions.contains(&Decision::Pair { payout: matched.payout, receipt: matched.receipt });
            prop_assert!(decided || matched.difference == 0, "only a person may accept a difference");
        }
    }

    #[test]
    fn the_order_of_payouts_bookings_and_decisions_says_nothing(
        payouts in payouts().prop_flat_map(|payouts| (Just(payouts.clone()), Just(payouts).prop_shuffle())),
        bookings in bookings().prop_flat_map(|bookings| (Just(bookings.clone()), Just(bookings).prop_shuffle())),
        decisions in decisions().prop_flat_map(|all| (Just(all.clone()), Just(all).prop_shuffle())),
    ) {
        let settings = Settings::default();
        let one = reconcile(&payouts.0, &bookings.0, &decisions.0, &settings);
        prop_assert_eq!(one, reconcile(&payouts.1, &bookings.1, &decisions.1, &settings));
    }

    #[test]
    fn what_was_found_by_itself_is_found_again_when_it_is_a_decision(payouts in payouts(), bookings in bookings()) {
        let settings = Settings::default();
        let found = reconcile(&payouts, &bookings, &[], &settings);
        let decisions: Vec<_> = found
            .matched
            .iter()
            .map(|matched| Decision::Pair { payout: matched.payout, receipt: matched.receipt })
            .collect();
        let again = reconcile(&payouts, &bookings, &decisions, &settings);
        prop_assert!(again.not_followed.is_empty());
        for pair in &found.matched {
            prop_assert!(again.matched.iter().any(|now| (now.payout, now.receipt) == (pair.payout, pair.receipt)));
        }
    }
}
