//! The provider account month by month: why its balance is what it is.

use std::collections::BTreeMap;

use ledger::assign::Assigner;
use ledger::calendar::{DateRange, Month};
use ledger::chart::Chart;
use ledger::entry::Entry;
use ledger::kind::{FeeKind, MovementKind};
use ledger::money::{Currency, Money};
use ledger::proof::{MonthProof, Opening, PayoutsOf, SettledAmount, SettlementTally, Tally, months};
use ledger::rules::{AccountRule, Rules};

use crate::accountant::{a01, a08, with_reserve_account};
use crate::books::{Row, day, euro, parts, rule};

/// A settlement and its period.
pub(crate) type Period = (&'static str, &'static str, &'static str);

const A01: [Period; 2] = [
    ("11111111111", "2026-09-15T21:55:00Z", "2026-09-30T21:55:00Z"),
    ("11111111112", "2026-09-30T21:55:00Z", "2026-10-15T21:55:00Z"),
];

const A08: [Period; 3] = [
    ("341", "2026-10-17T12:30:00Z", "2026-10-31T12:30:00Z"),
    ("342", "2026-10-31T12:30:00Z", "2026-11-02T00:30:00Z"),
    ("343", "2026-11-02T00:30:00Z", "2026-11-16T00:30:00Z"),
];

/// Counts the rows in their settlements and the payouts with what they pay.
pub(crate) fn count(
    rules: &Rules,
    period: DateRange,
    settlements: &[Period],
    rows: &[Row],
) -> (Vec<SettlementTally>, BTreeMap<Currency, PayoutsOf>) {
    let instant = |text: &str| text.parse().unwrap();
    let tally =
        |(id, start, end): &Period| SettlementTally::new((*id).to_owned(), instant(start), instant(end));
    let mut tallies: Vec<_> = settlements.iter().map(tally).collect();
    let mut payouts: BTreeMap<Currency, PayoutsOf> = BTreeMap::new();
    let mut assigner = Assigner::new(rules, period);
    for row in rows {
        let movement = row.movement();
        let outcome = assigner.assign(&movement, &row.context(), &mut |_: &Entry<'_>| Ok(())).unwrap();
        let tally = tallies.iter_mut().find(|tally| tally.id == row.settlement).unwrap();
        tally.count(&movement, &outcome).unwrap();
        if row.kind == MovementKind::Payout {
            let zero = Money::zero(row.currency);
            let payouts = payouts.entry(row.currency).or_default();
            let sum = payouts.entry((row.paid_settlement.clone(), Month::of(outcome.date))).or_insert(zero);
            *sum = sum.checked_add(movement.net().unwrap()).unwrap();
        }
    }
    (tallies, payouts)
}

fn prove(
    rules: &Rules,
    period: DateRange,
    settlements: &[Period],
    rows: &[Row],
    opening: Opening,
) -> Vec<MonthProof> {
    let (tallies, payouts) = count(rules, period, settlements, rows);
    let payouts = payouts.get(&Currency::EUR).cloned().unwrap_or_default();
    let proofs = months(&tallies, Currency::EUR, opening, &payouts, rules.client().zone.zone()).unwrap();
    for proof in &proofs {
        let equation = proof.equation().unwrap();
        assert!(equation.holds(), "{}: {equation:?}", proof.month);
    }
    proofs
}

fn nothing() -> Opening {
    Opening::nothing(Currency::EUR)
}

fn every_day() -> DateRange {
    DateRange::default()
}

fn unpaid(settlement: &str, minor: i64) -> SettledAmount {
    SettledAmount { settlement: Some(settlement.to_owned()), amount: euro(minor), paid: false }
}

#[test]
fn a01_the_balance_at_both_month_ends_is_explained() {
    let rules = Rules::new(parts(Chart::Skr03)).unwrap();
    let proofs = prove(&rules, every_day(), &A01, &a01(), nothing());
    let [september, october] = &proofs[..] else { panic!("{proofs:?}") };
    assert_eq!((september.opening, september.closing), (euro(0), euro(17_441)));
    assert_eq!((september.reserve, september.not_settled), (euro(2_000), euro(0)));
    assert_eq!(september.settled, [unpaid("11111111111", 15_441)]);
    assert_eq!((october.opening, october.closing), (euro(17_441), euro(19_363)));
    assert_eq!((october.reserve, october.carried_over), (euro(0), euro(0)));
    assert_eq!(october.settled, [unpaid("11111111112", 19_363)]);
    assert_eq!((october.tally.rows, october.tally.entries, october.tally.booked_rows), (4, 4, 3));
}

#[test]
fn a01_rows_and_sums_are_counted() {
    let rules = Rules::new(parts(Chart::Skr03)).unwrap();
    let (tallies, _) = count(&rules, every_day(), &A01, &a01());
    let mut total = Tally::new(Currency::EUR);
    for tally in &tallies {
        total.merge(&tally.total(Currency::EUR).unwrap()).unwrap();
    }
    assert_eq!((total.rows, total.booked_rows, total.entries), (7, 5, 8));
    assert_eq!((total.net, total.on_provider), (euro(19_363), euro(19_363)));
    assert!(total.equation().unwrap().holds());
    assert_eq!(
        total.fees().collect::<Vec<_>>(),
        [(FeeKind::Processing, euro(-791)), (FeeKind::Fixed, euro(-105))]
    );
    let payments = total.kind(MovementKind::Payment);
    assert_eq!((payments.rows, payments.gross, payments.fees), (3, euro(41_650), euro(-896)));
    assert_eq!(total.kind(MovementKind::Dispute).rows, 0);
}

#[test]
fn a08_a_carry_over_is_named_and_counted_once() {
    let rules = Rules::new(parts(Chart::Skr04)).unwrap();
    let proofs = prove(&rules, every_day(), &A08, &a08(), nothing());
    let [october, november] = &proofs[..] else { panic!("{proofs:?}") };
    assert_eq!((october.closing, october.carried_over), (euro(8_794), euro(8_794)));
    assert!(october.settled.is_empty(), "{october:?}");
    assert_eq!((november.closing, november.carried_over), (euro(0), euro(0)));
    assert!(november.settled.is_empty(), "{november:?}");
}

#[test]
fn a09_a_reserve_on_its_own_account_is_no_part_of_the_balance() {
    let mut parts = parts(Chart::Skr03);
    with_reserve_account(Chart::Skr03, &mut parts);
    let proofs = prove(&Rules::new(parts).unwrap(), every_day(), &A01, &a01(), nothing());
    let [september, october] = &proofs[..] else { panic!("{proofs:?}") };
    assert_eq!((september.closing, september.reserve), (euro(15_441), euro(0)));
    assert_eq!(september.settled, [unpaid("11111111111", 15_441)]);
    assert_eq!((october.closing, october.reserve), (euro(19_363), euro(0)));
}

#[test]
fn a_period_that_leaves_rows_out_changes_no_balance() {
    let october = DateRange { from: Some(day("2026-10-01")), until: Some(day("2026-10-31")) };
    let mut with_account = parts(Chart::Skr03);
    with_reserve_account(Chart::Skr03, &mut with_account);
    for parts in [parts(Chart::Skr03), with_account] {
        let rules = Rules::new(parts).unwrap();
        let closing = |period| {
            let proofs = prove(&rules, period, &A01, &a01(), nothing());
            proofs.iter().map(|proof| (proof.closing, proof.reserve)).collect::<Vec<_>>()
        };
        assert_eq!(closing(october), closing(every_day()));
    }
}

#[test]
fn a_reserve_account_that_begins_later_takes_only_what_comes_later() {
    let mut parts = parts(Chart::Skr03);
    let from = Some(day("2026-10-01"));
    parts.accounts.push(AccountRule { valid_from: from, ..rule("reserve", "1501") });
    let mut rows = a01();
    rows.push(Row::new(8, "11111111112", "2026-10-14T10:00:00Z", MovementKind::Reserve, -700));
    let proofs = prove(&Rules::new(parts).unwrap(), every_day(), &A01, &rows, nothing());
    let [september, october] = &proofs[..] else { panic!("{proofs:?}") };
    assert_eq!((september.closing, september.reserve), (euro(17_441), euro(2_000)));
    // What September held back on P comes free from the new account, where someone must book it over.
    assert_eq!(october.reserve, euro(2_000));
}

#[test]
fn what_lay_there_before_the_first_report_is_the_opening() {
    let opening = Opening { unpaid: euro(5_000), reserve: euro(1_000), carried_over: euro(500) };
    let rows = [
        Row::new(1, "1", "2026-10-02T08:00:00Z", MovementKind::Reserve, 1_000),
        Row::new(2, "1", "2026-10-02T08:00:00Z", MovementKind::CarryOver, 500),
        Row::new(3, "1", "2026-11-02T08:00:00Z", MovementKind::Payout, -4_990),
    ];
    let settlements = [("1", "2026-10-01T00:00:00Z", "2026-12-10T00:00:00Z")];
    let rules = Rules::new(parts(Chart::Skr03)).unwrap();
    let proofs = prove(&rules, every_day(), &settlements, &rows, opening);
    let [october, november] = &proofs[..] else { panic!("{proofs:?}") };
    assert_eq!((october.opening, october.closing), (euro(6_500), euro(6_500)));
    assert_eq!((october.reserve, october.carried_over, october.not_settled), (euro(0), euro(0), euro(1_500)));
    let before = |minor, paid| SettledAmount { settlement: None, amount: euro(minor), paid };
    assert_eq!(october.settled, [before(5_000, false)]);
    assert_eq!(november.settled, [before(10, true)], "a payout that differs leaves a difference");
}

#[test]
fn a_month_in_which_nothing_moved_is_proved_as_well() {
    let rows = [
        Row::new(1, "1", "2026-10-02T08:00:00Z", MovementKind::Payment, 1_000),
        Row::new(2, "1", "2027-01-02T08:00:00Z", MovementKind::Payment, 1_000),
    ];
    let settlements = [("1", "2026-10-01T00:00:00Z", "2027-01-10T00:00:00Z")];
    let rules = Rules::new(parts(Chart::Skr03)).unwrap();
    let proofs = prove(&rules, every_day(), &settlements, &rows, nothing());
    let closings: Vec<_> =
        proofs.iter().map(|proof| (proof.month.to_string(), proof.closing.minor())).collect();
    let expected = [("2026-10", 1_000), ("2026-11", 1_000), ("2026-12", 1_000), ("2027-01", 2_000)];
    assert_eq!(closings, expected.map(|(month, minor)| (month.to_owned(), minor)));
    // In January the settlement ends, and what it owes is settled.
    assert!(proofs[..3].iter().all(|proof| proof.not_settled == proof.closing));
    assert_eq!(proofs[3].not_settled, euro(0));
}

#[test]
fn a_settlement_that_ends_with_the_month_is_settled() {
    let rows = [Row::new(1, "1", "2026-10-02T08:00:00Z", MovementKind::Payment, 1_000)];
    let rules = Rules::new(parts(Chart::Skr03)).unwrap();
    let settled = |end| {
        let proofs = prove(&rules, every_day(), &[("1", "2026-10-01T00:00:00Z", end)], &rows, nothing());
        proofs[0].settled.len()
    };
    // October ends in Berlin at 23:00 UTC.
    assert_eq!(settled("2026-10-31T23:00:00Z"), 1);
    assert_eq!(settled("2026-10-31T23:00:01Z"), 0);
}
