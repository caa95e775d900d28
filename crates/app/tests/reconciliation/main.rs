//! Payouts against bookings, as an accountant would tick them off.

mod properties;

use app::language::Language;
use app::reconciliation::{
    Decision, Matched, OnItsWay, Open, Payout, Reason, Receipt, Reconciliation, Returned, Settings, receipts,
    reconcile,
};
use ledger::money::{Currency, Money};

type Outcome = Reconciliation<u32, u32>;

fn euro(minor: i64) -> Money {
    Money::new(minor, Currency::EUR)
}

/// A payout in euro: day of November 2026, cents, settlement, reference.
fn payout(key: u32, day: i8, minor: i64, settlement: &str, reference: &str) -> Payout<u32> {
    Payout {
        key,
        amount: euro(minor),
        date: jiff::civil::date(2026, 11, day),
        settlement: settlement.to_owned(),
        reference: reference.to_owned(),
    }
}

fn receipt(key: u32, day: i8, minor: i64, text: &str) -> Receipt<u32> {
    let date = jiff::civil::date(2026, 11, day);
    Receipt { key, amount: euro(minor), date, name: String::new(), text: text.to_owned() }
}

fn run(payouts: &[Payout<u32>], receipts: &[Receipt<u32>]) -> Outcome {
    reconcile(payouts, receipts, &[], &Settings::default())
}

/// `payout=receipt reason` for each match.
fn matched(outcome: &Outcome) -> Vec<String> {
    let one =
        |matched: &Matched<u32, u32>| format!("{}={} {:?}", matched.payout, matched.receipt, matched.reason);
    outcome.matched.iter().map(one).collect()
}

#[test]
fn reference_and_amount_go_before_everything_else() {
    let payouts =
        [payout(1, 2, 15_441, "11111111111", "3AZQ4V7K9P2M1XTB"), payout(2, 2, 15_441, "11111111112", "")];
    let receipts = [
        receipt(1, 20, 15_441, "SVWZ 11111111112 Amazon Pay"),
        receipt(2, 3, 15_441, "3AZQ4V7K 9P2M1XTB Amazon Pay"),
        receipt(3, 3, 15_441, "Rechnung 4711"),
    ];
    let outcome = run(&payouts, &receipts);
    assert_eq!(
        matched(&outcome),
        ["1=2 Reference { reference: \"3AZQ4V7K9P2M1XTB\" }", "2=1 Reference { reference: \"11111111112\" }"]
    );
    assert_eq!(outcome.unmatched, [3]);
    assert_eq!(outcome.matched[1].days, 18, "the reference holds beyond the window");
}

#[test]
fn the_amount_alone_decides_within_the_window_where_there_is_no_choice() {
    let payouts = [payout(1, 10, 100, "", ""), payout(2, 10, 200, "", ""), payout(3, 10, 300, "", "")];
    let receipts = [
        receipt(1, 9, 100, ""),
        receipt(2, 17, 200, ""),
        receipt(3, 18, 300, ""),
        receipt(4, 8, 300, ""),
        receipt(5, 11, -100, ""),
    ];
    let outcome = run(&payouts, &receipts);
    assert_eq!(matched(&outcome), ["1=1 Amount", "2=2 Amount"]);
    assert_eq!(outcome.on_their_way, [OnItsWay { payout: 3, open: Open::NothingFits }]);
    assert_eq!(outcome.unmatched, [3, 4, 5]);
}

#[test]
fn between_two_nothing_is_guessed() {
    let two_bookings =
        run(&[payout(1, 10, 100, "", "")], &[receipt(1, 10, 100, ""), receipt(2, 11, 100, "")]);
    assert_eq!(
        two_bookings.on_their_way,
        [OnItsWay { payout: 1, open: Open::Several { receipts: vec![1, 2] } }]
    );
    let two_payouts =
        run(&[payout(1, 10, 100, "", ""), payout(2, 10, 100, "", "")], &[receipt(1, 10, 100, "")]);
    let open = |payout| OnItsWay { payout, open: Open::Several { receipts: vec![1] } };
    assert_eq!(two_payouts.on_their_way, [open(1), open(2)]);
    let twice_the_reference = run(
        &[payout(1, 10, 100, "", "3AZQ4V7K9P2M1XTB")],
        &[receipt(1, 10, 100, "3AZQ4V7K9P2M1XTB"), receipt(2, 12, 100, "3AZQ4V7K9P2M1XTB")],
    );
    assert_eq!(
        twice_the_reference.on_their_way,
        [OnItsWay { payout: 1, open: Open::Several { receipts: vec![1, 2] } }]
    );
}

#[test]
fn the_booking_that_names_the_provider_goes_before_a_customers_of_the_same_amount() {
    let mut of_amazon = receipt(2, 11, 100, "Auszahlung");
    of_amazon.name = "AMAZON PAYMENTS EUROPE S.C.A.".to_owned();
    let outcome = run(&[payout(1, 10, 100, "", "")], &[receipt(1, 10, 100, "Rechnung 7"), of_amazon]);
    assert_eq!(matched(&outcome), ["1=2 AmountAndPayer"]);
    assert_eq!(outcome.unmatched, [1]);
}

#[test]
fn a_booking_that_names_another_payout_is_not_taken_for_its_amount() {
    let payouts = [payout(1, 10, 100, "11111111111", ""), payout(2, 10, 250, "11111111112", "")];
    let outcome = run(&payouts, &[receipt(1, 11, 100, "Amazon 11111111112")]);
    assert!(outcome.matched.is_empty());
    assert_eq!(
        outcome.on_their_way,
        [
            OnItsWay { payout: 1, open: Open::NothingFits },
            OnItsWay { payout: 2, open: Open::OtherAmount { receipt: 1 } }
        ]
    );
}

#[test]
fn another_currency_is_another_amount() {
    let mut dollars = receipt(1, 10, 100, "3AZQ4V7K9P2M1XTB");
    dollars.amount = Money::new(100, Currency::parse("USD").unwrap());
    let payouts = [payout(1, 10, 100, "", "3AZQ4V7K9P2M1XTB")];
    let outcome = run(&payouts, std::slice::from_ref(&dollars));
    assert_eq!(outcome.on_their_way, [OnItsWay { payout: 1, open: Open::OtherAmount { receipt: 1 } }]);
    let decision = Decision::Pair { payout: 1, receipt: 1 };
    let decided = reconcile(&payouts, &[dollars], std::slice::from_ref(&decision), &Settings::default());
    assert_eq!(decided.not_followed, [decision]);
}

#[test]
fn a_returned_payout_is_found_at_the_bank_or_leaves_with_its_payout() {
    // The bank shows both.
    let payouts = [payout(1, 2, 500, "11111111111", ""), payout(2, 6, -500, "11111111111", "")];
    let both = run(&payouts, &[receipt(1, 3, 500, "Amazon"), receipt(2, 6, -500, "Rückgabe Amazon")]);
    assert_eq!(matched(&both), ["1=1 AmountAndPayer", "2=2 AmountAndPayer"]);
    // The bank shows neither, and another payout of the same amount is on its way.
    let third = payout(3, 1, 500, "11111111110", "");
    let neither = run(&[payouts[0].clone(), payouts[1].clone(), third], &[]);
    assert_eq!(neither.returned, [Returned { payout: 1, back: 2 }]);
    assert_eq!(neither.on_their_way, [OnItsWay { payout: 3, open: Open::NothingFits }]);
    // A return before the payout is not its return.
    let before = run(&[payout(1, 6, 500, "", ""), payout(2, 2, -500, "", "")], &[]);
    assert_eq!((before.returned.len(), before.on_their_way.len()), (0, 2));
}

#[test]
fn what_a_person_decided_holds_and_what_cannot_be_followed_is_told() {
    let payouts = [payout(1, 2, 15_441, "", "3AZQ4V7K9P2M1XTB"), payout(2, 2, 700, "", "")];
    let receipts = [
        receipt(1, 3, 15_441, "3AZQ4V7K9P2M1XTB"),
        receipt(2, 20, 14_941, "abzüglich Gebühr"),
        receipt(3, 3, 700, ""),
    ];
    let decisions = [
        Decision::Pair { payout: 1, receipt: 2 },
        Decision::Pair { payout: 1, receipt: 1 },
        Decision::Pair { payout: 9, receipt: 3 },
        Decision::NoPayout { receipt: 3 },
    ];
    let settings = Settings::default();
    let outcome = reconcile(&payouts, &receipts, &decisions, &settings);
    // In the order of the keys the pair with booking 1 comes first; the contradicting one is told.
    assert_eq!(matched(&outcome), ["1=1 Decided"]);
    assert_eq!(outcome.set_aside, [3]);
    assert_eq!(outcome.not_followed.len(), 2);
    assert_eq!(outcome.on_their_way, [OnItsWay { payout: 2, open: Open::NothingFits }]);
    let alone = reconcile(&payouts, &receipts, &decisions[..1], &settings);
    assert_eq!((alone.matched[0].difference, alone.matched[0].days), (-500, 18));
}

#[test]
fn reasons_stand_in_both_languages() {
    let settings = Settings::default();
    let reasons = [
        Reason::Decided,
        Reason::Reference { reference: "3AZQ".into() },
        Reason::AmountAndPayer,
        Reason::Amount,
    ];
    let said = |language| reasons.each_ref().map(|reason| reason.text(&settings, language));
    assert_eq!(said(Language::De)[1], "Referenz 3AZQ und Betrag");
    assert_eq!(
        said(Language::En)[3],
        "the only booking of this amount from 1 day before to 7 days after the payout"
    );
    let open: [Open<u32>; 3] =
        [Open::NothingFits, Open::OtherAmount { receipt: 1 }, Open::Several { receipts: vec![1] }];
    for reason in open {
        assert_ne!(reason.text(&settings, Language::De), reason.text(&settings, Language::En));
    }
    let one = Open::Several { receipts: vec![1_u32] }.text(&settings, Language::De);
    assert_eq!(one, "1 Buchung passt, aber nicht eindeutig; bitte von Hand zuordnen");
}

#[test]
fn a_payout_within_a_batch_is_found_by_its_own_reference() {
    let file = include_bytes!("../../../bank-statement/tests/golden/vr-bank-camt-08.xml");
    let statements = bank_statement::read(file, &bank_statement::Limits::default()).unwrap();
    let bookings = receipts(&statements[0]);
    assert_eq!(bookings.len(), 2, "the batch stands by its two transactions");
    let sent = payout(1, 2, 23_800, "11111111112", "3AZQ4V7K9P2M1XTB");
    let outcome = reconcile(&[sent], &bookings, &[], &Settings::default());
    assert_eq!(outcome.matched[0].receipt.transaction, Some(0));
    assert_eq!(outcome.unmatched, [bookings[1].key]);
}
