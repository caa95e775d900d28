//! Whatever texts come in, the programs take what comes out.

use exports::{beancount, hledger};
use ledger::kind::{FeeKind, MovementKind};
use ledger::movement::{Context, Identifiers, Movement};
use ledger::rules::{RuleScope, Rules};
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};

use crate::books::{self, account, movement, parts, rule};
use crate::judge::judge;

/// A row of texts that nobody looked at.
#[derive(Clone, Debug)]
struct Row {
    kind: MovementKind,
    currency: &'static str,
    gross: i64,
    fee: i64,
    texts: [String; 6],
}

/// Texts of the characters that the formats keep for themselves, of any others, and with the shape of other things.
fn text() -> impl Strategy<Value = String> {
    prop_oneof![
        3 => "[-;|,:\"\\\\#^@{}()\\[\\]*!~&%=<>'`$?/. \t\n\r0-9a-zA-Zäß]{0,40}",
        2 => "\\PC{0,30}",
        1 => proptest::collection::vec(any::<char>(), 0..20).prop_map(String::from_iter),
        1 => prop_oneof![
            Just("[2026-99-99]"), Just("date:2026-99-99"), Just("  ; x"), Just("\"\n2026-01-01 close Assets:A\n\""),
            Just("end comment"), Just("\\"), Just("(A) *"), Just("= 5 EUR"), Just("#+"), Just("|"), Just("type: X"),
            Just("assert:"), Just("\u{feff}"), Just("\u{2028}include x"), Just("~ monthly"), Just("\u{3000}"),
        ].prop_map(str::to_owned),
    ]
}

fn row() -> impl Strategy<Value = Row> {
    let kind = proptest::sample::select(MovementKind::ALL.as_slice());
    let currency = proptest::sample::select(["EUR", "USD", "JPY", "KWD"].as_slice());
    let amount =
        prop_oneof![4 => -1_000_000_i64..1_000_000, 1 => -1_000_000_000_000_000_i64..1_000_000_000_000_000];
    let texts = [text(), text(), text(), text(), text(), text()];
    (kind, currency, amount, -1_000_i64..1_000, texts).prop_map(|(kind, currency, gross, fee, texts)| Row {
        kind,
        currency,
        // A foreign amount of next to nothing is nothing in the books, which is refused elsewhere.
        gross: gross + gross.signum() * 1_000,
        fee: fee + fee.signum() * 1_000,
        texts,
    })
}

fn movement_of(line: u64, row: &Row) -> Movement<'_> {
    let currency = books::currency(row.currency);
    let [order, order_reference, seller_reference, settlement, store, kind_text] = &row.texts;
    let movement = movement(line, "2026-10-05T10:00:00Z", row.kind, currency, (row.gross, row.fee, 0), order);
    let mut fees = movement.fees;
    fees.variable.0 = FeeKind::Other;
    let identifiers = Identifiers { order, order_reference, seller_reference, transaction: seller_reference };
    Movement { fees, identifiers, settlement, store, kind_text, ..movement }
}

fn rules() -> Rules {
    let mut parts = parts();
    books::with_currency(&mut parts, "USD", "1211", "1.085");
    books::with_currency(&mut parts, "JPY", "1212", "160");
    books::with_currency(&mut parts, "KWD", "1213", "0.333");
    parts.accounts.push(rule(RuleScope::parse("reserve").unwrap(), account("1501")));
    Rules::new(parts).unwrap()
}

#[test]
fn whatever_texts_come_in_the_programs_accept_the_journals() {
    let rules = rules();
    // A run of a program costs half a second, so each judges many rows at once.
    let config = Config { cases: 4, max_shrink_iters: 60, failure_persistence: None, ..Config::default() };
    let result = TestRunner::new(config).run(&proptest::collection::vec(row(), 200..400), |rows| {
        let mut hledger = hledger::Journal::new(&rules, Vec::new()).unwrap();
        let mut beancount = beancount::Journal::new(&rules, Vec::new()).unwrap();
        let movements: Vec<_> =
            (1..).zip(&rows).map(|(line, row)| (movement_of(line, row), Context::default())).collect();
        books::book(&rules, &movements, &mut hledger);
        books::book(&rules, &movements, &mut beancount);
        let check = judge("hledger", &["-f-", "check", "--strict"], &hledger.finish().unwrap());
        prop_assert!(check.status.success(), "{}", String::from_utf8_lossy(&check.stderr));
        let check = judge("bean-check", &["--no-cache", "/dev/stdin"], &beancount.finish().unwrap());
        prop_assert!(check.status.success(), "{}", String::from_utf8_lossy(&check.stderr));
        Ok(())
    });
    if let Err(error) = result {
        panic!("{error}");
    }
}
