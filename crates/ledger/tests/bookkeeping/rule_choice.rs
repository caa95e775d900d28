//! Which rule holds: the most particular one that is valid on the day, the client's own before the chart's.

use ledger::assign::Remark;
use ledger::chart::Chart;
use ledger::document_number::NumberRule;
use ledger::kind::{MovementKind, Purpose};
use ledger::rules::{AccountRule, Parts, Rules, StoreRule};

use crate::books::{Row, book, currency, day, parts, rule};

fn contra(rules: &Rules, kind: MovementKind, store: &str, code: &str, on: &str) -> u32 {
    let rule = rules.rule(Purpose::Contra(kind), store, currency(code), day(on)).unwrap();
    rule.assignment.as_ref().unwrap().account.value()
}

fn with(rules: impl IntoIterator<Item = AccountRule>) -> Rules {
    let mut parts = parts(Chart::Skr03);
    parts.accounts.extend(rules);
    Rules::new(parts).unwrap()
}

fn of_store(store: &str, rule: AccountRule) -> AccountRule {
    AccountRule { store: Some(store.to_owned()), ..rule }
}

fn from(date: &str, rule: AccountRule) -> AccountRule {
    AccountRule { valid_from: Some(day(date)), ..rule }
}

#[test]
fn shop_goes_before_currency_before_single_kind_before_family() {
    let euro = |rule| AccountRule { currency: Some(currency("EUR")), ..rule };
    let rules = with([
        rule("debtor", "10001"),
        rule("refund", "10002"),
        euro(rule("debtor", "10003")),
        of_store("Laden", rule("debtor", "10004")),
        of_store("Laden", euro(rule("refund", "10005"))),
    ]);
    let refund = |store, code| contra(&rules, MovementKind::Refund, store, code, "2026-10-05");
    let payment = |store, code| contra(&rules, MovementKind::Payment, store, code, "2026-10-05");
    assert_eq!((payment("", "USD"), payment("", "EUR"), payment("Laden", "EUR")), (10_001, 10_003, 10_004));
    assert_eq!((refund("", "USD"), refund("", "EUR")), (10_002, 10_003));
    assert_eq!((refund("Laden", "EUR"), refund("Laden", "USD")), (10_005, 10_004));
}

#[test]
fn the_latest_valid_rule_holds_whatever_the_order_of_the_rules() {
    let rules = with([
        from("2026-12-01", rule("debtor", "10003")),
        rule("debtor", "10001"),
        from("2026-11-01", rule("debtor", "10002")),
    ]);
    let on = |date| contra(&rules, MovementKind::Payment, "", "EUR", date);
    assert_eq!(on("2026-10-31"), 10_001);
    assert_eq!((on("2026-11-01"), on("2026-11-30")), (10_002, 10_002));
    assert_eq!((on("2026-12-01"), on("2030-01-01")), (10_003, 10_003));
}

#[test]
fn a_particular_rule_goes_before_a_later_general_one() {
    let rules =
        with([of_store("Laden", rule("debtor", "10001")), from("2026-11-01", rule("debtor", "10002"))]);
    assert_eq!(contra(&rules, MovementKind::Payment, "Laden", "EUR", "2026-12-01"), 10_001);
    assert_eq!(contra(&rules, MovementKind::Payment, "anderer", "EUR", "2026-12-01"), 10_002);
}

#[test]
fn before_the_first_own_rule_the_proposal_of_the_chart_holds() {
    let rules = with([from("2026-11-01", rule("transit", "1360"))]);
    assert_eq!(contra(&rules, MovementKind::Payout, "", "EUR", "2026-10-31"), 1361);
    assert_eq!(contra(&rules, MovementKind::Payout, "", "EUR", "2026-11-01"), 1360);
    assert_eq!(contra(&rules, MovementKind::Debt, "", "EUR", "2026-11-01"), 1360);
}

#[test]
fn a_rule_for_rows_without_a_shop_holds_for_them_alone() {
    let rules = with([of_store("", rule("debtor", "10001"))]);
    let row = |store| Row::new(1, "5", "2026-10-05T08:00:00Z", MovementKind::Payment, 100).store(store);
    let lines = book(&rules, &[row("anderer"), row(""), row("anderer")]).lines;
    let accounts: Vec<_> = lines.iter().map(|line| line.split(" | ").nth(3).unwrap()).collect();
    assert_eq!(accounts, ["10000", "10001", "10000"]);
}

#[test]
fn a_shop_without_a_rule_is_remarked_where_others_have_one() {
    let rules = with([of_store("Laden", rule("debtor", "10001"))]);
    let row = |kind, store| Row::new(1, "5", "2026-10-05T08:00:00Z", kind, -100).store(store);
    let rows = [
        row(MovementKind::Refund, "Laden"),
        row(MovementKind::Refund, "neuer Laden"),
        row(MovementKind::Refund, ""),
        row(MovementKind::Payout, "neuer Laden"),
    ];
    let remarks: Vec<_> = book(&rules, &rows).outcomes.into_iter().map(|outcome| outcome.remarks).collect();
    assert_eq!(remarks, [vec![], vec![Remark::StoreWithoutRule], vec![], vec![]]);
}

#[test]
fn two_shops_with_one_order_number_stay_apart_by_a_prefix() {
    let mut parts: Parts = parts(Chart::Skr03);
    for (store, prefix) in [("Laden", "L/"), ("Markt", "M/")] {
        let numbers = NumberRule { prefix: prefix.into(), ..NumberRule::default() };
        parts.stores.insert(store.into(), StoreRule { numbers, ..StoreRule::default() });
    }
    let rules = Rules::new(parts).unwrap();
    let row = |store| {
        Row::new(1, "5", "2026-10-05T08:00:00Z", MovementKind::Payment, 100).order("1001", "").store(store)
    };
    let booked = book(&rules, &[row("Laden"), row("Markt"), row(""), row("Laden")]);
    let numbers: Vec<_> =
        booked.outcomes.iter().map(|outcome| outcome.document.unwrap().0.to_string()).collect();
    assert_eq!(numbers, ["L/1001", "M/1001", "1001", "L/1001"]);
}
