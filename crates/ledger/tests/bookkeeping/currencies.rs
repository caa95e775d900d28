//! Foreign currencies: an account of their own, a rate of the day, and no guess without one.

use ledger::account::{AccountLength, AccountNumber};
use ledger::assign::{AssignError, Assigner};
use ledger::calendar::{DateRange, Month};
use ledger::chart::Chart;
use ledger::entry::Entry;
use ledger::kind::MovementKind;
use ledger::money::Money;
use ledger::rate::{Rate, SourcedRate};
use ledger::rules::{AccountRule, Parts, RuleProblem, Rules};

use crate::books::{Row, book, currency, day, euro, parts, rule, try_book};

fn rate(text: &str) -> SourcedRate {
    SourcedRate { rate: Rate::parse(text).unwrap(), source: "EZB".into() }
}

/// A client with a provider account in dollars and the rates of two days in October.
fn with_dollars() -> Parts {
    let mut parts = parts(Chart::Skr03);
    parts.accounts.push(AccountRule { currency: Some(currency("USD")), ..rule("provider", "1211") });
    parts.rates.set_day(currency("USD"), day("2026-10-05"), rate("1.085"));
    parts.rates.set_day(currency("USD"), day("2026-10-06"), rate("1.1"));
    parts
}

fn payment(instant: &str, gross: i64) -> Row {
    Row::new(4, "5", instant, MovementKind::Payment, gross).currency("USD").order("A-1", "")
}

#[test]
fn a_foreign_amount_keeps_its_currency_and_gets_the_amount_in_the_books() {
    let rules = Rules::new(with_dollars()).unwrap();
    let mut found = Vec::new();
    let mut sink = |entry: &Entry<'_>| {
        let base = entry.base().unwrap();
        found.push((entry.account(), entry.amount(), base.amount, base.rate.clone()));
        Ok(())
    };
    let mut assigner = Assigner::new(&rules, DateRange::default());
    let rows =
        [payment("2026-10-05T08:00:00Z", 11_900).fees(-226, -35), payment("2026-10-05T22:00:00Z", -100)];
    for row in &rows {
        assigner.assign(&row.movement(), &row.context(), &mut sink).unwrap();
    }
    let account = AccountNumber::parse("1211", AccountLength::FOUR).unwrap();
    let dollar = |minor| Money::new(minor, currency("USD"));
    assert_eq!(
        found,
        [
            (account, dollar(11_900), euro(10_968), rate("1.085")),
            (account, dollar(261), euro(241), rate("1.085")),
            // Half past midnight in Berlin: the rate of the next day.
            (account, dollar(100), euro(91), rate("1.1")),
        ]
    );
}

#[test]
fn a_missing_rate_is_named_with_its_day_and_never_guessed() {
    let rules = Rules::new(with_dollars()).unwrap();
    let error = try_book(&rules, DateRange::default(), &[payment("2026-10-07T08:00:00Z", 100)]).unwrap_err();
    assert!(matches!(error, AssignError::NoRate { line: 4, day: found, .. } if found == day("2026-10-07")));
    assert_eq!(
        error.to_string(),
        "line 4: there is no rate for USD on 2026-10-07; the month cannot be exported without it"
    );
}

#[test]
fn an_amount_that_is_nothing_in_the_books_is_refused() {
    let mut parts = with_dollars();
    parts.rates.set_month(currency("USD"), Month::of(day("2026-11-01")), rate("99999"));
    let rules = Rules::new(parts).unwrap();
    let error = try_book(&rules, DateRange::default(), &[payment("2026-11-01T08:00:00Z", 100)]).unwrap_err();
    assert_eq!(error.to_string(), "line 4: 1,00 USD cannot be expressed in EUR");
}

#[test]
fn a_currency_without_a_provider_account_is_refused_by_name() {
    let rules = Rules::new(parts(Chart::Skr03)).unwrap();
    let error = try_book(&rules, DateRange::default(), &[payment("2026-10-05T08:00:00Z", 100)]).unwrap_err();
    assert_eq!(
        error.to_string(),
        "line 4: no account is set for «provider» in USD; set one for this currency"
    );
    let zero = book(&rules, &[payment("2026-10-05T08:00:00Z", 0)]);
    assert_eq!(zero.outcomes.len(), 1, "a row of zeros needs no account");
}

#[test]
fn an_account_that_begins_later_is_missed_for_its_day_and_not_for_its_currency() {
    let mut parts = parts(Chart::Skr03);
    let later = Some(day("2026-10-06"));
    let dollars =
        AccountRule { currency: Some(currency("USD")), valid_from: later, ..rule("provider", "1211") };
    parts.accounts.push(dollars);
    parts.rates.set_month(currency("USD"), Month::of(day("2026-10-01")), rate("1.1"));
    let rules = Rules::new(parts).unwrap();
    let error = try_book(&rules, DateRange::default(), &[payment("2026-10-05T08:00:00Z", 100)]).unwrap_err();
    assert_eq!(
        error.to_string(),
        "line 4: the account for «provider» in USD is set from 2026-10-06 on only, the row is of 2026-10-05; set one for that \
         day too"
    );
    assert_eq!(book(&rules, &[payment("2026-10-06T08:00:00Z", 100)]).lines.len(), 1);
}

#[test]
fn books_in_another_currency_convert_nothing_of_it() {
    let mut parts = parts(Chart::Skr04);
    parts.client.base_currency = currency("USD");
    let rules = Rules::new(parts).unwrap();
    let lines = book(&rules, &[payment("2026-10-05T08:00:00Z", 100)]).lines;
    assert_eq!(lines, ["05.10.2026 | S | 1810 | 10000 | 1,00 | – | A-1 | – | 5"]);
}

#[test]
fn each_currency_needs_an_account_of_its_own() {
    let mut parts = with_dollars();
    let franc = AccountRule { currency: Some(currency("CHF")), ..rule("provider", "1211") };
    parts.accounts.push(franc);
    let problems = Rules::new(parts).unwrap_err();
    assert!(matches!(problems[..], [RuleProblem::SharedProvider { rule: 1, .. }]), "{problems:?}");
}

#[test]
fn a_rule_can_hold_for_one_currency_alone() {
    let mut parts = with_dollars();
    let abroad = AccountRule { currency: Some(currency("USD")), ..rule("debtor", "10840") };
    parts.accounts.push(abroad);
    let rules = Rules::new(parts).unwrap();
    let euro = Row::new(4, "5", "2026-10-05T08:00:00Z", MovementKind::Payment, 100);
    let lines = book(&rules, &[payment("2026-10-05T08:00:00Z", 100), euro]).lines;
    assert!(lines[0].contains("| 1211 | 10840 |"), "{lines:?}");
    assert!(lines[1].contains("| 1210 | 10000 |"), "{lines:?}");
}
