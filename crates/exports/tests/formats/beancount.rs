//! The journal for beancount, judged by bean-check.

use exports::beancount::Journal;
use exports::{UnknownAccount, hledger};
use ledger::kind::MovementKind;
use ledger::movement::{Context, Movement};
use ledger::rules::{RuleScope, Rules};

use crate::books::{self, account, movement, parts, rule};
use crate::judge::judge;

fn journal(rules: &Rules, movements: &[(Movement<'_>, Context<'_>)]) -> Vec<u8> {
    let mut journal = Journal::new(rules, Vec::new()).unwrap();
    books::book(rules, movements, &mut journal);
    journal.finish().unwrap()
}

fn assert_accepted(journal: &[u8]) {
    let check = judge("bean-check", &["--no-cache", "/dev/stdin"], journal);
    assert!(check.status.success(), "{}", String::from_utf8_lossy(&check.stderr));
}

#[test]
fn a_cycle_over_a_month_end_is_a_journal() {
    let rules = Rules::new(parts()).unwrap();
    let journal = journal(&rules, &books::whole_cycle());
    assert_eq!(std::str::from_utf8(&journal).unwrap(), include_str!("expected/whole_cycle.beancount"));
    assert_accepted(&journal);
}

#[test]
fn a_price_that_does_not_divide_still_balances() {
    let mut parts = parts();
    parts.client.base_currency = books::currency("JPY");
    books::with_currency(&mut parts, "USD", "1211", "0.00617");
    parts.accounts.push(rule(RuleScope::Fees, account("70000")));
    let rules = Rules::new(parts).unwrap();
    let row = |gross| {
        let dollar = books::currency("USD");
        let row = movement(1, "2026-10-05T10:00:00Z", MovementKind::Payment, dollar, (gross, -7, -13), "A-7");
        (row, Context::default())
    };
    assert_accepted(&journal(&rules, &[row(300), row(-700), row(12_345_678_901)]));
}

#[test]
fn an_account_of_other_rules_is_refused() {
    let rules = Rules::new(parts()).unwrap();
    let mut other = parts();
    other.accounts.push(rule(RuleScope::Customers, account("10007")));
    let other = Rules::new(other).unwrap();
    let mut refused = 0;
    let mut bean = Journal::new(&rules, Vec::new()).unwrap();
    let mut hledger = hledger::Journal::new(&rules, Vec::new()).unwrap();
    books::book(&other, &books::whole_cycle()[..1], &mut |entry: &ledger::entry::Entry<'_>| {
        use ledger::assign::EntrySink as _;
        for result in [bean.take(entry), hledger.take(entry)] {
            let Err(error) = result else { continue };
            assert_eq!(error.downcast_ref::<UnknownAccount>(), Some(&UnknownAccount(entry.contra_account())));
            refused += 1;
        }
        Ok(())
    });
    assert_eq!(refused, 2, "the payment in both formats; the fee's account is the same in both rules");
}
