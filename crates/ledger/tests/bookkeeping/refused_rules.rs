//! What no rule may say: each problem once, at the place of the rule that has it.

use ledger::account::{AccountLength, AccountNumber};
use ledger::chart::Chart;
use ledger::rules::{AccountRule, BookingMode, ClassWanted, Parts, RuleProblem, Rules, Taxation};
use ledger::tax_key::TaxKey;

use crate::books::{currency, parts, rule, with_key};

fn problems(change: impl FnOnce(&mut Parts)) -> Vec<RuleProblem> {
    let mut parts = parts(Chart::Skr03);
    change(&mut parts);
    Rules::new(parts).map(|_| ()).unwrap_err()
}

/// A rule that is in order, so that the next one has place 1.
fn harmless() -> AccountRule {
    rule("reserve", "1501")
}

fn of_rule(wrong: AccountRule) -> Vec<RuleProblem> {
    problems(|parts| parts.accounts.extend([harmless(), wrong]))
}

fn account(text: &str) -> AccountNumber {
    AccountNumber::parse(text, AccountLength::FOUR).unwrap()
}

fn key(value: u16) -> TaxKey {
    TaxKey::new(value).unwrap()
}

#[test]
fn a_chart_of_ones_own_proposes_nothing_so_every_purpose_but_the_reserve_needs_an_account() {
    let found = problems(|parts| parts.client.chart = Chart::Own);
    let missing = |problem: &RuleProblem| match problem {
        RuleProblem::Missing { purpose } => *purpose,
        other => panic!("{other:?}"),
    };
    let purposes: Vec<_> = found.iter().map(missing).collect();
    assert_eq!(purposes.len(), 15);
    assert!(purposes.contains(&"provider") && !purposes.contains(&"reserve"), "{purposes:?}");
    let complete = problems(|parts| {
        parts.client.chart = Chart::Own;
        let families = [("provider", "1001"), ("debtor", "10000"), ("fee", "4001"), ("transit", "1002")];
        parts.accounts.extend(families.map(|(scope, number)| rule(scope, number)));
    });
    let left = ["adjustment", "unknown"].map(|purpose| RuleProblem::Missing { purpose });
    assert_eq!(complete, left, "clarification alone is left");
}

#[test]
fn only_the_reserve_may_stay_on_the_provider_account() {
    let none = |scope| AccountRule { assignment: None, ..rule(scope, "1361") };
    assert_eq!(of_rule(none("payout")), [RuleProblem::NotBooked { rule: 1, purpose: "payout" }]);
    let mut parts = parts(Chart::Skr03);
    parts.accounts.push(none("reserve"));
    assert!(Rules::new(parts).is_ok());
}

#[test]
fn a_key_stands_on_expenses_and_sales_only() {
    for (scope, number, purpose) in [
        ("provider", "1210", "provider"),
        ("transit", "1360", "payout"),
        ("clarification", "1792", "adjustment"),
        ("reserve", "1501", "reserve"),
        ("fee", "70001", "fee-processing"),
    ] {
        let expected = RuleProblem::KeyNotAllowed { rule: 1, purpose, account: account(number), key: key(9) };
        let found = of_rule(AccountRule { store: Some("Laden".into()), ..with_key(rule(scope, number), 9) });
        assert!(found.contains(&expected), "{scope}: {found:?}");
    }
}

#[test]
fn a_debtor_carries_the_key_of_the_sale_with_cash_taxation_only() {
    let expected = [RuleProblem::KeyOnDebtor { rule: 1, account: account("10001"), key: key(3) }];
    assert_eq!(of_rule(with_key(rule("debtor", "10001"), 3)), expected);
}

#[test]
fn with_cash_taxation_a_debtor_needs_the_key_of_the_sale() {
    let cash = |rules: Vec<AccountRule>| {
        problems(|parts| {
            parts.client.taxation = Taxation::Cash;
            parts.accounts = rules;
        })
    };
    let debtor = account("10000");
    assert!(cash(Vec::new()).contains(&RuleProblem::KeyMissing { rule: None, account: debtor }));
    let own = account("10001");
    let found = cash(vec![
        with_key(rule("debtor", "10000"), 3),
        AccountRule { store: Some("Laden".into()), ..rule("debtor", "10001") },
    ]);
    assert_eq!(found, [RuleProblem::KeyMissing { rule: Some(1), account: own }]);
}

#[test]
fn an_account_of_the_wrong_family_is_refused_with_the_one_that_is_wanted() {
    for (scope, number, purpose, wanted) in [
        ("debtor", "8400", "payment", ClassWanted::Debtor),
        ("transit", "10000", "payout", ClassWanted::GeneralLedger),
        ("provider", "70001", "provider", ClassWanted::GeneralLedger),
        ("fee", "10000", "fee-processing", ClassWanted::ExpenseOrCreditor),
        ("chargeback", "70001", "chargeback", ClassWanted::NoCreditor),
    ] {
        let expected = RuleProblem::WrongClass { rule: 1, purpose, account: account(number), wanted };
        let found = of_rule(rule(scope, number));
        assert_eq!(found, [expected], "{scope}");
    }
    let direct = problems(|parts| {
        parts.client.booking_mode = BookingMode::Revenue;
        parts.accounts.push(rule("payment", "10000"));
    });
    let wanted = ClassWanted::GeneralLedger;
    let expected = RuleProblem::WrongClass { rule: 0, purpose: "payment", account: account("10000"), wanted };
    assert_eq!(direct, [expected]);
}

#[test]
fn one_provider_account_for_two_currencies_is_refused_at_the_later_rule() {
    let of = |code| AccountRule { currency: Some(currency(code)), ..rule("provider", "1211") };
    let found = problems(|parts| parts.accounts.extend([harmless(), of("USD"), of("CHF")]));
    let (first, second) = (currency("USD"), currency("CHF"));
    assert_eq!(found, [RuleProblem::SharedProvider { rule: 2, account: account("1211"), first, second }]);
}

#[test]
fn the_provider_account_is_nobodys_contra_account() {
    let expected = RuleProblem::ProviderAsContra { rule: 1, purpose: "payout", account: account("1210") };
    assert_eq!(of_rule(rule("transit", "1210")), [expected]);
}

#[test]
fn two_rules_for_the_same_are_refused_at_the_later_one() {
    assert_eq!(of_rule(harmless()), [RuleProblem::Twice { rule: 1 }]);
}

#[test]
fn every_problem_says_what_is_wrong_and_what_is_allowed() {
    let sentences = [
        (
            of_rule(rule("transit", "10000")),
            "account 10000 cannot take «payout»: it is an account of the general ledger",
        ),
        (
            of_rule(harmless()),
            "this rule and an earlier one say different things for the same shop, currency and day",
        ),
    ];
    for (found, sentence) in sentences {
        assert_eq!(found[0].to_string(), sentence);
    }
}
