//! An accountant's cases, each in both charts: the entries as she wrote them down.

use ledger::assign::{NotBooked, Remark};
use ledger::chart::Chart;
use ledger::kind::{FeeKind, MovementKind};
use ledger::rules::{AccountRule, BookingMode, Parts, RuleProblem, Rules, Taxation};

use crate::books::{Row, book, day, euro, parts, rule, with_key, written};
use MovementKind::{CarryOver, Chargeback, Fee, Payment, Payout, Refund, Reserve};

const CHARTS: [Chart; 2] = [Chart::Skr03, Chart::Skr04];

/// Books the rows in both charts and compares the entries with the table.
fn assert_entries(change: impl Fn(Chart, &mut Parts), rows: &[Row], table: &str) {
    for chart in CHARTS {
        let mut parts = parts(chart);
        change(chart, &mut parts);
        let rules = Rules::new(parts).unwrap();
        assert_eq!(book(&rules, rows).lines, written(chart, table), "{chart:?}");
    }
}

fn nothing(_: Chart, _: &mut Parts) {}

/// The account of the chart.
fn of(chart: Chart, skr03: &'static str, skr04: &'static str) -> &'static str {
    if chart == Chart::Skr03 { skr03 } else { skr04 }
}

/// The whole cycle over a month end.
pub(crate) fn a01() -> Vec<Row> {
    let (first, second) = ("11111111111", "11111111112");
    let reference = |number| format!("S02-0000001-000000{number}");
    vec![
        Row::new(1, first, "2026-09-30T08:15:00Z", Payment, 11_900)
            .fees(-226, -35)
            .order("A-1001", &reference(1)),
        Row::new(2, first, "2026-09-30T19:40:00Z", Payment, 5_950)
            .fees(-113, -35)
            .order("A-1002", &reference(2)),
        Row::new(3, first, "2026-09-30T21:50:00Z", Reserve, -2_000),
        Row::new(4, second, "2026-10-01T00:20:00Z", Payout, -15_441).pays(first),
        Row::new(5, second, "2026-10-01T00:20:00Z", Reserve, 2_000),
        Row::new(6, second, "2026-10-01T09:00:00Z", Refund, -5_950).order("A-1002", &reference(2)),
        Row::new(7, second, "2026-10-01T10:30:00Z", Payment, 23_800)
            .fees(-452, -35)
            .order("A-1003", &reference(3)),
    ]
}

const A01: &str = "
    30.09.2026 | S | 1210 / 1810 | 10000 / 10000 | 119,00 | – | A-1001 | S02-0000001-0000001 | 11111111111
    30.09.2026 | H | 1210 / 1810 | 4970 / 6855 | 2,61 | – | A-1001 | – | 11111111111
    30.09.2026 | S | 1210 / 1810 | 10000 / 10000 | 59,50 | – | A-1002 | S02-0000001-0000002 | 11111111111
    30.09.2026 | H | 1210 / 1810 | 4970 / 6855 | 1,48 | – | A-1002 | – | 11111111111
    01.10.2026 | H | 1210 / 1810 | 1361 / 1461 | 154,41 | – | 11111111111 | – | 11111111111
    01.10.2026 | H | 1210 / 1810 | 10000 / 10000 | 59,50 | – | A-1002 | S02-0000001-0000002 | 11111111112
    01.10.2026 | S | 1210 / 1810 | 10000 / 10000 | 238,00 | – | A-1003 | S02-0000001-0000003 | 11111111112
    01.10.2026 | H | 1210 / 1810 | 4970 / 6855 | 4,87 | – | A-1003 | – | 11111111112
";

#[test]
fn a01_the_whole_cycle_over_a_month_end() {
    assert_entries(nothing, &a01(), A01);
    let rules = Rules::new(parts(Chart::Skr03)).unwrap();
    let not_booked: Vec<_> =
        book(&rules, &a01()).outcomes.into_iter().filter_map(|outcome| outcome.not_booked).collect();
    assert_eq!(not_booked, [(NotBooked::Reserve, euro(-2_000)), (NotBooked::Reserve, euro(2_000))]);
}

#[test]
fn a04_a_refund_above_the_payment_with_a_part_of_the_fee() {
    let reference = "S02-0000002-0000003";
    let rows = [
        Row::new(1, "334", "2026-10-02T08:00:00Z", Payment, 10_000).fees(-190, -35).order("B-3", reference),
        Row::new(2, "334", "2026-10-20T08:00:00Z", Refund, -11_500).fees(190, 0).order("B-3", reference),
    ];
    let table = "
        02.10.2026 | S | 1210 / 1810 | 10000 / 10000 | 100,00 | – | B-3 | S02-0000002-0000003 | 334
        02.10.2026 | H | 1210 / 1810 | 4970 / 6855 | 2,25 | – | B-3 | – | 334
        20.10.2026 | H | 1210 / 1810 | 10000 / 10000 | 115,00 | – | B-3 | S02-0000002-0000003 | 334
        20.10.2026 | S | 1210 / 1810 | 4970 / 6855 | 1,90 | – | B-3 | – | 334
    ";
    assert_entries(nothing, &rows, table);
}

fn a05() -> [Row; 4] {
    let row = |line, instant, kind, gross| Row::new(line, "335", instant, kind, gross);
    [
        row(1, "2026-10-03T08:00:00Z", Fee, 0).fees(0, -35).order("B-4", "S02-0000002-0000004"),
        row(2, "2026-10-03T09:00:00Z", Fee, -35).order("B-5", "S02-0000002-0000005"),
        row(3, "2026-10-04T09:00:00Z", Fee, 0).order("B-6", "S02-0000002-0000006"),
        row(4, "2026-10-06T09:00:00Z", Chargeback, -5_950)
            .fees(0, -1_400)
            .order("B-7", "S02-0000002-0000007"),
    ]
}

#[test]
fn a05_fees_without_a_sale_and_on_a_chargeback() {
    let table = |chargeback_fee| {
        format!(
            "03.10.2026 | H | 1210 / 1810 | 4970 / 6855 | 0,35 | – | B-4 | – | 335
             03.10.2026 | H | 1210 / 1810 | 4970 / 6855 | 0,35 | – | B-5 | – | 335
             06.10.2026 | H | 1210 / 1810 | 10000 / 10000 | 59,50 | – | B-7 | S02-0000002-0000007 | 335
             06.10.2026 | H | 1210 / 1810 | {chargeback_fee} | 14,00 | – | B-7 | – | 335"
        )
    };
    assert_entries(nothing, &a05(), &table("4970 / 6855"));
    let own_account = |_, parts: &mut Parts| parts.accounts.push(rule("fee-chargeback", "4971"));
    assert_entries(own_account, &a05(), &table("4971 / 4971"));
    let rules = Rules::new(parts(Chart::Skr04)).unwrap();
    assert_eq!(book(&rules, &a05()).outcomes[2].not_booked, Some((NotBooked::Zero, euro(0))));
}

#[test]
fn a05_percentage_and_fixed_part_on_two_accounts() {
    let two = |_, parts: &mut Parts| parts.accounts.push(rule("fee-fixed", "4971"));
    let table = "
        30.09.2026 | S | 1210 / 1810 | 10000 / 10000 | 119,00 | – | A-1001 | S02-0000001-0000001 | 11111111111
        30.09.2026 | H | 1210 / 1810 | 4970 / 6855 | 2,26 | – | A-1001 | – | 11111111111
        30.09.2026 | H | 1210 / 1810 | 4971 / 4971 | 0,35 | – | A-1001 | – | 11111111111
    ";
    assert_entries(two, &a01()[..1], table);
}

/// A carry-over across two settlements and a month end.
pub(crate) fn a08() -> Vec<Row> {
    vec![
        Row::new(1, "341", "2026-10-31T11:00:00Z", Payment, 9_000)
            .fees(-171, -35)
            .order("B-13", "S02-0000002-0000013"),
        Row::new(2, "341", "2026-10-31T12:00:00Z", CarryOver, -8_794),
        Row::new(3, "342", "2026-11-01T12:00:00Z", CarryOver, 8_794),
        Row::new(4, "342", "2026-11-01T13:00:00Z", Payment, 5_000)
            .fees(-95, -35)
            .order("B-14", "S02-0000002-0000014"),
        Row::new(5, "343", "2026-11-02T01:00:00Z", Payout, -13_664).pays("342"),
    ]
}

#[test]
fn a08_a_carry_over_makes_no_entry() {
    let table = "
        31.10.2026 | S | 1210 / 1810 | 10000 / 10000 | 90,00 | – | B-13 | S02-0000002-0000013 | 341
        31.10.2026 | H | 1210 / 1810 | 4970 / 6855 | 2,06 | – | B-13 | – | 341
        01.11.2026 | S | 1210 / 1810 | 10000 / 10000 | 50,00 | – | B-14 | S02-0000002-0000014 | 342
        01.11.2026 | H | 1210 / 1810 | 4970 / 6855 | 1,30 | – | B-14 | – | 342
        02.11.2026 | H | 1210 / 1810 | 1361 / 1461 | 136,64 | – | 342 | – | 342
    ";
    assert_entries(nothing, &a08(), table);
}

/// The reserve gets an account of its own.
pub(crate) fn with_reserve_account(chart: Chart, parts: &mut Parts) {
    parts.accounts.push(rule("reserve", of(chart, "1501", "1301")));
}

#[test]
fn a09_a_reserve_on_its_own_account_is_booked() {
    let table = "
        30.09.2026 | H | 1210 / 1810 | 1501 / 1301 | 20,00 | – | 11111111111 | – | 11111111111
        01.10.2026 | S | 1210 / 1810 | 1501 / 1301 | 20,00 | – | 11111111112 | – | 11111111112
    ";
    assert_entries(with_reserve_account, &[a01()[2].clone(), a01()[4].clone()], table);
}

fn a12() -> [Row; 3] {
    let reference = "S02-0000002-0000015";
    [
        Row::new(1, "345", "2026-09-20T08:00:00Z", Payment, 10_000).fees(-190, -35).order("B-15", reference),
        Row::new(2, "346", "2026-10-02T08:00:00Z", Refund, -10_000)
            .fees(190, 0)
            .order("B-15", reference)
            .charged_on("2026-09-20"),
        Row::new(3, "346", "2026-10-02T09:00:00Z", Payment, 11_900)
            .fees(-226, -35)
            .order("B-16", "S02-0000002-0000016"),
    ]
}

fn fees_from_october(account: (&'static str, &'static str), key: Option<u16>) -> impl Fn(Chart, &mut Parts) {
    move |chart, parts| {
        let fees = rule("fee", of(chart, account.0, account.1));
        let fees = AccountRule { valid_from: Some(day("2026-10-01")), ..fees };
        parts.accounts.push(match key {
            Some(key) => with_key(fees, key),
            None => fees,
        });
    }
}

#[test]
fn a12_a_returned_fee_goes_by_the_rule_of_the_day_it_was_charged() {
    let table = |account, key| {
        format!(
            "20.09.2026 | S | 1210 / 1810 | 10000 / 10000 | 100,00 | – | B-15 | S02-0000002-0000015 | 345
             20.09.2026 | H | 1210 / 1810 | 4970 / 6855 | 2,25 | – | B-15 | – | 345
             02.10.2026 | H | 1210 / 1810 | 10000 / 10000 | 100,00 | – | B-15 | S02-0000002-0000015 | 346
             02.10.2026 | S | 1210 / 1810 | 4970 / 6855 | 1,90 | – | B-15 | – | 346
             02.10.2026 | S | 1210 / 1810 | 10000 / 10000 | 119,00 | – | B-16 | S02-0000002-0000016 | 346
             02.10.2026 | H | 1210 / 1810 | {account} | 2,61 | {key} | B-16 | – | 346"
        )
    };
    assert_entries(fees_from_october(("3123", "5923"), None), &a12(), &table("3123 / 5923", "–"));
    let same_account = fees_from_october(("4970", "6855"), Some(506));
    assert_entries(same_account, &a12(), &table("4970 / 6855", "506"));
}

#[test]
fn a12_a_returned_fee_of_an_unknown_payment_is_a_remark() {
    let mut parts = parts(Chart::Skr03);
    fees_from_october(("3123", "5923"), None)(Chart::Skr03, &mut parts);
    let rules = Rules::new(parts).unwrap();
    let refund = Row { fee_charged_on: None, ..a12()[1].clone() };
    let booked = book(&rules, &[refund]);
    assert_eq!(booked.outcomes[0].remarks, [Remark::ReturnedFeeOfUnknownDay]);
    assert!(booked.lines[1].starts_with("02.10.2026 | S | 1210 | 3123 | 1,90"), "{:?}", booked.lines);
}

fn a14() -> [Row; 2] {
    let reference = "S02-0000003-0000003";
    [
        Row::new(1, "351", "2026-10-05T08:00:00Z", Payment, 11_900).fees(-226, -35).order("L-3", reference),
        Row::new(2, "351", "2026-10-12T09:00:00Z", Refund, -5_950).order("L-3", reference),
    ]
}

#[test]
fn a14_revenue_directly_small_business_and_receivables() {
    let table = |contra| {
        format!(
            "05.10.2026 | S | 1210 / 1810 | {contra} | 119,00 | – | L-3 | – | 351
             05.10.2026 | H | 1210 / 1810 | 4970 / 6855 | 2,61 | – | L-3 | – | 351
             12.10.2026 | H | 1210 / 1810 | {contra} | 59,50 | – | L-3 | – | 351"
        )
    };
    let mode = |mode, taxation| {
        move |_, parts: &mut Parts| {
            (parts.client.booking_mode, parts.client.taxation) = (mode, taxation);
        }
    };
    let revenue = mode(BookingMode::Revenue, Taxation::Accrual);
    assert_entries(revenue, &a14(), &table("8400 / 4400"));
    let small_business = mode(BookingMode::Revenue, Taxation::SmallBusiness);
    assert_entries(small_business, &a14(), &table("8192 / 4184"));
    let receivables = mode(BookingMode::Receivables, Taxation::Accrual);
    assert_entries(receivables, &a14(), &table("1410 / 1210"));
}

#[test]
fn a23_longer_accounts_are_lengthened_and_january_is_another_month() {
    let longer = |_, parts: &mut Parts| {
        parts.client.account_length = ledger::account::AccountLength::new(6).unwrap();
    };
    let rows = [
        Row::new(1, "370", "2026-12-15T10:00:00Z", Payment, 11_900)
            .fees(-226, -35)
            .order("F-1", "S02-0000005-0000001"),
        Row::new(2, "371", "2027-01-15T10:00:00Z", Payment, 5_950)
            .fees(-113, -35)
            .order("F-2", "S02-0000005-0000002"),
    ];
    let table = "
        15.12.2026 | S | 121000 / 181000 | 1000000 / 1000000 | 119,00 | – | F-1 | S02-0000005-0000001 | 370
        15.12.2026 | H | 121000 / 181000 | 497000 / 685500 | 2,61 | – | F-1 | – | 370
        15.01.2027 | S | 121000 / 181000 | 1000000 / 1000000 | 59,50 | – | F-2 | S02-0000005-0000002 | 371
        15.01.2027 | H | 121000 / 181000 | 497000 / 685500 | 1,48 | – | F-2 | – | 371
    ";
    assert_entries(longer, &rows, table);
}

#[test]
fn with_cash_accounting_the_debtor_carries_the_key_of_the_sale() {
    let mut parts = parts(Chart::Skr04);
    parts.client.taxation = Taxation::Cash;
    let without = Rules::new(parts.clone()).unwrap_err();
    assert!(matches!(without[..], [RuleProblem::KeyMissing { rule: None, .. }]), "{without:?}");
    parts.accounts.push(with_key(rule("debtor", "10000"), 3));
    let shop = with_key(rule("debtor", "10001"), 2);
    parts.accounts.push(AccountRule { store: Some("Bücher".into()), ..shop });
    let rules = Rules::new(parts).unwrap();
    let rows = [a14()[0].clone(), a14()[0].clone().store("Bücher")];
    let table = "
        05.10.2026 | S | 1810 | 10000 | 119,00 | 3 | L-3 | S02-0000003-0000003 | 351
        05.10.2026 | H | 1810 | 6855 | 2,61 | – | L-3 | – | 351
        05.10.2026 | S | 1810 | 10001 | 119,00 | 2 | L-3 | S02-0000003-0000003 | 351
        05.10.2026 | H | 1810 | 6855 | 2,61 | – | L-3 | – | 351
    ";
    assert_eq!(book(&rules, &rows).lines, written(Chart::Skr04, table));
}

#[test]
fn a_refund_meets_its_payment_under_one_document_number() {
    let rules = Rules::new(parts(Chart::Skr03)).unwrap();
    let order = |row: Row| row.order("Größe 42 / # 7", "P01-1");
    let rows = [
        order(Row::new(1, "1", "2026-10-05T08:00:00Z", Payment, 1_000)).fees(-35, 0),
        order(Row::new(9, "2", "2026-12-05T08:00:00Z", Refund, -1_000)),
        order(Row::new(3, "3", "2027-12-05T08:00:00Z", Chargeback, -1_000)),
    ];
    let mut numbers: Vec<_> =
        book(&rules, &rows).outcomes.into_iter().map(|outcome| outcome.document.unwrap().0).collect();
    assert_eq!(numbers.len(), 3);
    numbers.dedup();
    assert_eq!(numbers.len(), 1);
}

#[test]
fn the_fee_kind_of_a_row_is_the_one_of_its_parts() {
    let mut parts = parts(Chart::Skr03);
    for (kind, account) in [("fee-authorisation", "4972"), ("fee-other", "4973")] {
        parts.accounts.push(rule(kind, account));
    }
    let rules = Rules::new(parts).unwrap();
    let mut adjustment = Row::new(1, "1", "2026-10-05T08:00:00Z", MovementKind::Adjustment, 500).fees(-10, 0);
    let lines = book(&rules, &[a05()[1].clone(), adjustment.clone()]).lines;
    assert!(lines[0].contains("| 4972 | 0,35"), "{lines:?}");
    assert!(lines[2].contains("| 4973 | 0,10"), "{lines:?}");
    adjustment.fee_kinds.0 = FeeKind::Processing;
    assert!(book(&rules, &[adjustment]).lines[1].contains("| 4970 | 0,10"));
}
