//! Generated reports: read back as they were made, chained as Amazon Pay is believed to chain them, with every
//! kind of row, and the same on every machine.

use std::collections::BTreeSet;

use TransactionType as T;
use amazon_pay::generate::{
    ReportWriter, Settings, SettingsError, Settlement, Style, Transaction, World, write_csv,
};
use amazon_pay::report::{Currency, SettlementReport, SettlementRow, TransactionType, peek};
use jiff::civil::date;
use jiff::tz::Offset;
use proptest::prelude::*;

fn world(settings: Settings) -> World {
    World::new(settings).expect("a possible world")
}

fn kind(transaction: &Transaction) -> TransactionType {
    TransactionType::from_text(&transaction.transaction_type)
}

/// The sum of the net amounts of all rows but (or only) Transfer.
fn sum(settlement: &Settlement, transfers: bool) -> i64 {
    let counted =
        settlement.transactions.iter().filter(|row| (kind(row) == TransactionType::Transfer) == transfers);
    counted.map(Transaction::net).sum()
}

fn assert_equal(row: &SettlementRow, made: &Transaction, settlement_id: &str) {
    assert_eq!(row.posted(), made.posted);
    assert_eq!(row.settlement_id(), settlement_id);
    assert_eq!(row.transaction_id(), made.transaction_id);
    assert_eq!(row.seller_reference_id(), made.seller_reference_id);
    assert_eq!(row.transaction_type_text(), made.transaction_type);
    assert_eq!(row.order_reference_id(), made.order.order_reference_id);
    assert_eq!(row.seller_order_id(), made.order.seller_order_id);
    assert_eq!(row.store_name(), made.order.store_name);
    assert_eq!(row.currency(), made.currency);
    assert_eq!(row.description(), made.description);
    assert_eq!((row.amount(), row.percentage_fee()), (made.amount, made.percentage_fee));
    assert_eq!((row.fixed_fee(), row.total_fee(), row.net()), (made.fixed_fee, made.total_fee(), made.net()));
}

fn assert_read_back(settlement: &Settlement, style: Style) {
    let file = write_csv(settlement, Vec::new(), style).expect("written");
    let mut report = SettlementReport::open(file.as_slice()).expect("opens");
    assert_eq!(report.preamble().seller_id, settlement.head.seller_id);
    assert_eq!(report.preamble().start, settlement.head.start);
    assert_eq!(report.preamble().end, settlement.head.end);
    let mut row = SettlementRow::default();
    for made in &settlement.transactions {
        assert!(report.read(&mut row).expect("reads"));
        assert_equal(&row, made, &settlement.head.settlement_id);
    }
    assert!(!report.read(&mut row).expect("the end"));
}

fn styles() -> impl Strategy<Value = Style> {
    (any::<bool>(), any::<bool>(), any::<bool>(), -48_i32..=56).prop_map(
        |(mark, carriage, space, quarters)| Style {
            byte_order_mark: mark,
            carriage_return: carriage,
            space_before_offset: space,
            offset: Offset::from_seconds(quarters * 900).expect("within a day"),
        },
    )
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn every_generated_report_is_read_back_equal(
        seed: u64,
        rows in 0_u64..600,
        months in 1_u32..4,
        currency in prop::sample::select(vec!["EUR", "GBP", "JPY", "KWD"]),
        style in styles(),
    ) {
        let currency: Currency = currency.parse().expect("a currency");
        for settlement in world(Settings { seed, rows, months, currency, ..Settings::default() }) {
            assert_read_back(&settlement, style);
        }
    }

    #[test]
    fn settlements_chain_and_rows_are_as_many_as_wanted(
        seed: u64,
        rows in 0_u64..2_000,
        months in 1_u32..5,
        settlements in prop::option::of(1_u64..16),
    ) {
        let settings = Settings { seed, rows, months, settlements, ..Settings::default() };
        let made: Vec<Settlement> = world(settings).collect();
        let count: usize = made.iter().map(|settlement| settlement.transactions.len()).sum();
        if rows >= 8 * settlements.unwrap_or(1) {
            prop_assert_eq!(u64::try_from(count).expect("small"), rows);
        }
        for settlement in &made {
            let paid = settlement.payout().map_or(0, |payout| payout.amount);
            prop_assert_eq!(sum(settlement, false).max(0), paid);
            prop_assert!(settlement.transactions.is_sorted_by_key(|row| row.posted));
        }
        for pair in made.windows(2) {
            let paid = pair[0].payout().map_or(0, |payout| payout.amount);
            prop_assert_eq!(-sum(&pair[1], true), paid);
            prop_assert_eq!(pair[0].head.end, pair[1].head.start);
            let [first, second] = [&pair[0], &pair[1]].map(|one| one.head.settlement_id.parse::<u64>().expect("digits"));
            prop_assert_eq!(first + 1, second);
        }
    }

    #[test]
    fn what_lies_at_amazon_pay_is_what_came_in_less_what_was_sent(seed: u64, rows in 100_u64..1_000) {
        let mut world = world(Settings { seed, rows, months: 2, ..Settings::default() });
        let made: Vec<Settlement> = world.by_ref().collect();
        let traded: i64 = made
            .iter()
            .flat_map(|settlement| &settlement.transactions)
            .filter(|row| !matches!(kind(row), TransactionType::Reserve | TransactionType::Carryover))
            .map(Transaction::net)
            .sum();
        let account = world.into_account();
        let last_payout = made.last().and_then(Settlement::payout).map_or(0, |payout| payout.amount);
        prop_assert_eq!(traded - last_payout, account.balance());
    }
}

#[test]
fn three_months_hold_every_kind_of_row() {
    let made: Vec<Settlement> = world(Settings::default()).collect();
    let rows: Vec<&Transaction> = made.iter().flat_map(|settlement| &settlement.transactions).collect();
    let has = |wanted: &dyn Fn(&Transaction) -> bool| rows.iter().any(|row| wanted(row));
    for (name, found) in [
        ("a full refund", has(&|row| kind(row) == T::Refund && row.percentage_fee == 0)),
        ("a returned fee", has(&|row| kind(row) == T::Refund && row.percentage_fee > 0)),
        ("a fee on a chargeback", has(&|row| kind(row) == T::Chargeback && row.fixed_fee < 0)),
        ("a claim by one name", has(&|row| row.transaction_type == "A-to-z Guarantee Claim")),
        ("a dispute lost", has(&|row| kind(row) == T::Dispute && row.amount < 0)),
        ("a dispute won", has(&|row| kind(row) == T::Dispute && row.amount > 0)),
        ("an expired authorisation", has(&|row| row.description == "AuthExpired" && row.fixed_fee < 0)),
        ("a cancelled authorisation", has(&|row| row.description == "AuthCancelled" && row.amount < 0)),
        ("a row of zeros", has(&|row| row.amount == 0 && row.net() == 0)),
        ("an adjustment", has(&|row| kind(row) == T::Adjustment)),
        ("a debt", has(&|row| kind(row) == T::Debt && row.amount > 0)),
        ("a balance carried out", has(&|row| kind(row) == T::Carryover && row.amount < 0)),
        ("a balance carried in", has(&|row| kind(row) == T::Carryover && row.amount > 0)),
        ("money held back", has(&|row| kind(row) == T::Reserve && row.amount < 0)),
        ("money let go of", has(&|row| row.description == "Previous Reserve Balance" && row.amount > 0)),
        ("a payout", has(&|row| kind(row) == T::Transfer && row.amount < 0)),
        ("a returned payout", has(&|row| kind(row) == T::Transfer && row.amount > 0)),
        ("an unknown kind", has(&|row| row.transaction_type == "ChargebackReversalFee")),
        ("an agreement", has(&|row| row.order.order_reference_id.starts_with("B02-"))),
        (
            "an order without a number",
            has(&|row| kind(row) == T::Capture && row.order.seller_order_id.is_empty()),
        ),
        ("a number with a hash", has(&|row| row.order.seller_order_id.starts_with('#'))),
        ("a number with quotes", has(&|row| row.order.seller_order_id.contains('"'))),
        ("a number with an umlaut", has(&|row| row.order.seller_order_id.contains('ö'))),
        ("a number with a picture", has(&|row| row.order.seller_order_id.contains('🎁'))),
        ("a number longer than 36", has(&|row| row.order.seller_order_id.len() > 40)),
    ] {
        assert!(found, "{name} is missing");
    }
    let orders_of = |store: &str| -> BTreeSet<&str> {
        let of_store = rows.iter().filter(|row| row.order.store_name == store);
        of_store.map(|row| row.order.seller_order_id.as_str()).collect()
    };
    assert!(
        !orders_of("Nordlicht Shop").is_disjoint(&orders_of("Südwind & Söhne")),
        "numbers of two stores collide"
    );
    let refunded_above = rows.iter().filter(|row| kind(row) == T::Refund).any(|refund| {
        let paid = |row: &&&Transaction| kind(row) == T::Capture && row.order == refund.order;
        rows.iter().find(paid).is_some_and(|payment| -refund.amount > payment.amount)
    });
    assert!(refunded_above, "a refund above the payment is missing");
}

#[test]
fn the_turning_points_of_the_calendar_are_met() {
    let settings = Settings { first_day: date(2026, 10, 1), months: 1, rows: 2_000, ..Settings::default() };
    let made: Vec<Settlement> = world(settings).collect();
    let posted: BTreeSet<String> = made
        .iter()
        .flat_map(|settlement| &settlement.transactions)
        .map(|row| row.posted.to_string())
        .collect();
    for point in
        ["2026-10-25T00:30:00Z", "2026-10-25T01:30:00Z", "2026-10-31T22:59:59Z", "2026-10-31T23:30:00Z"]
    {
        assert!(posted.contains(point), "{point}");
    }
}

#[test]
fn the_same_seed_gives_the_same_bytes_on_every_machine() {
    let checksum = |seed: u64| {
        let mut checksum = flate2::Crc::new();
        for settlement in world(Settings { seed, ..Settings::default() }) {
            checksum.update(&write_csv(&settlement, Vec::new(), Style::default()).expect("written"));
        }
        (checksum.sum(), checksum.amount())
    };
    assert_eq!(checksum(1), checksum(1));
    assert_ne!(checksum(1), checksum(2));
    // A change here means that everyone's generated reports change: say so in the change log.
    assert_eq!(checksum(1), (2_895_439_512, 603_692));
}

#[test]
fn a_settlement_can_be_written_while_it_is_made() {
    let settings = Settings { rows: 1_000, ..Settings::default() };
    let whole: Vec<Settlement> = world(settings.clone()).collect();
    let mut world = world(settings);
    let mut places = whole.iter();
    while let Some(mut settlement) = world.next_settlement() {
        let expected = places.next().expect("as many");
        let head = settlement.head().clone();
        assert_eq!(head, expected.head);
        let mut report = ReportWriter::new(Vec::new(), &head, Style::default()).expect("begins");
        for row in settlement.by_ref() {
            report.write(&row).expect("written");
        }
        let file = report.finish().expect("ends");
        assert_eq!(file, write_csv(expected, Vec::new(), Style::default()).expect("written"));
        assert_eq!(settlement.finish(), expected.disbursements);
        let peek = peek(file.as_slice()).expect("peeks");
        assert_eq!(peek.settlement_id, Some(expected.head.settlement_id.clone()));
    }
    assert_eq!(places.next(), None);
}

#[test]
fn a_settlement_that_is_not_read_to_its_end_still_counts() {
    let mut world = world(Settings { rows: 500, ..Settings::default() });
    let first = world.next_settlement().expect("a first").finish();
    let paid = first.first().expect("a payout").amount;
    let second = world.next().expect("a second");
    assert_eq!(-sum(&second, true), paid);
}

#[test]
fn all_rows_can_lie_in_one_settlement() {
    let made: Vec<Settlement> =
        world(Settings { rows: 5_000, settlements: Some(1), ..Settings::default() }).collect();
    assert_eq!(made.iter().map(|settlement| settlement.transactions.len()).collect::<Vec<_>>(), [5_000]);
}

#[test]
fn impossible_worlds_are_refused() {
    let refused = |settings: Settings| World::new(settings).expect_err("impossible");
    assert_eq!(refused(Settings { months: 0, ..Settings::default() }), SettingsError::Months { max: 600 });
    assert_eq!(
        refused(Settings { rows: u64::MAX, ..Settings::default() }),
        SettingsError::Rows { max: 1_000_000_000 }
    );
    let max = 91 - 14 + 1;
    for settlements in [0, max + 1] {
        let settings = Settings { settlements: Some(settlements), ..Settings::default() };
        assert_eq!(refused(settings), SettingsError::Settlements { max });
    }
    let settings = Settings { first_day: date(9999, 11, 1), ..Settings::default() };
    assert_eq!(refused(settings), SettingsError::Calendar);
}
