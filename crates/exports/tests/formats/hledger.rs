//! The journal for hledger, judged by hledger.

use exports::hledger::Journal;
use ledger::kind::MovementKind;
use ledger::movement::{Context, Movement};
use ledger::rules::{AccountRule, RuleScope, Rules};

use crate::books::{self, account, movement, parts, rule};
use crate::judge::judge;

fn journal(rules: &Rules, movements: &[(Movement<'_>, Context<'_>)]) -> Vec<u8> {
    let mut journal = Journal::new(rules, Vec::new()).unwrap();
    books::book(rules, movements, &mut journal);
    journal.finish().unwrap()
}

/// hledger accepts the journal and these are its balances, with foreign amounts as bought.
fn assert_balances(journal: &[u8], expected: &str) {
    let check = judge("hledger", &["-f-", "check", "--strict"], journal);
    assert!(check.status.success(), "{}", String::from_utf8_lossy(&check.stderr));
    let balances = judge(
        "hledger",
        &["-f-", "balance", "--flat", "--no-total", "--format=%(account) %(total)"],
        journal,
    );
    let words: Vec<_> = std::str::from_utf8(&balances.stdout).unwrap().split_whitespace().collect();
    assert_eq!(words, expected.split_whitespace().collect::<Vec<_>>());
}

#[test]
fn a_cycle_over_a_month_end_is_a_journal() {
    let rules = Rules::new(parts()).unwrap();
    let journal = journal(&rules, &books::whole_cycle());
    assert_eq!(std::str::from_utf8(&journal).unwrap(), include_str!("expected/whole_cycle.journal"));
    assert_balances(
        &journal,
        "Assets:Debitoren:10000 -357.00 EUR  Assets:Geldtransit:1361 154.41 EUR \
         Assets:Zahlungsanbieter:1210 193.63 EUR  Expenses:Gebühren:4970 8.96 EUR",
    );
}

#[test]
fn a_foreign_currency_stands_at_its_price() {
    let mut parts = parts();
    books::with_currency(&mut parts, "USD", "1211", "1.085");
    books::with_currency(&mut parts, "JPY", "1212", "160");
    parts.accounts.push(rule(RuleScope::Fees, account("70000")));
    let rules = Rules::new(parts).unwrap();
    let payment = |line, code, amounts| {
        let instant = "2026-10-05T10:00:00Z";
        (
            movement(line, instant, MovementKind::Payment, books::currency(code), amounts, "A-7"),
            Context::default(),
        )
    };
    let rows = [payment(1, "USD", (11_900, -226, -35)), payment(2, "JPY", (1_600, -16, -35))];
    assert_balances(
        &journal(&rules, &rows),
        "Assets:Debitoren:10000 -119.68 EUR  Assets:Zahlungsanbieter:1211 116.39 USD \
         Assets:Zahlungsanbieter:1212 1549 JPY  Liabilities:Kreditoren:70000 2.73 EUR",
    );
}

#[test]
fn every_purpose_has_a_family() {
    let mut parts = parts();
    parts.accounts.push(rule(RuleScope::parse("reserve").unwrap(), account("1501")));
    parts.accounts.push(rule(RuleScope::parse("chargeback").unwrap(), account("2400")));
    let shop = rule(RuleScope::Customers, account("10001"));
    parts.accounts.push(AccountRule { store: Some("Laden".into()), ..shop });
    let rules = Rules::new(parts).unwrap();
    let row = |line, kind, gross| {
        let row = movement(line, "2026-10-05T10:00:00Z", kind, books::currency("EUR"), (gross, 0, 0), "A-7");
        (row, Context::default())
    };
    let mut rows = vec![
        row(1, MovementKind::Reserve, -2_000),
        row(2, MovementKind::Chargeback, -300),
        row(3, MovementKind::Adjustment, 40),
        row(4, MovementKind::Debt, 5),
        row(5, MovementKind::Refund, -100),
    ];
    rows[4].0.store = "Laden";
    assert_balances(
        &journal(&rules, &rows),
        "Assets:Debitoren:10001 1.00 EUR  Assets:Geldtransit:1361 -0.05 EUR  Assets:Kontorücklage:1501 20.00 EUR \
         Assets:Zahlungsanbieter:1210 -23.55 EUR  Expenses:Rückbuchungen:2400 3.00 EUR  Liabilities:Klärung:1792 -0.40 EUR",
    );
}
