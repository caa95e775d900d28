//! The plain text as a person reads it.

use exports::plain_text::{Language, PlainText};
use ledger::kind::{FeeKind, MovementKind, Purpose};
use ledger::movement::{Context, Identifiers, Movement};
use ledger::rules::{Assignment, RuleScope, Rules};
use ledger::tax_key::{FactCode, TaxKey};

use crate::books::{self, account, movement, parts, rule};

fn text(rules: &Rules, language: Language, movements: &[(Movement<'_>, Context<'_>)]) -> String {
    let mut text = PlainText::new(rules, language, Vec::new());
    books::book(rules, movements, &mut text);
    String::from_utf8(text.finish().unwrap()).unwrap()
}

#[test]
fn a_cycle_over_a_month_end_reads_month_by_month() {
    let rules = Rules::new(parts()).unwrap();
    let german = text(&rules, Language::German, &books::whole_cycle());
    assert_eq!(german, include_str!("expected/whole_cycle.de.txt"));
    let english = text(&rules, Language::English, &books::whole_cycle());
    assert_eq!(english, include_str!("expected/whole_cycle.en.txt"));
}

#[test]
fn what_the_rules_use_has_a_column() {
    let mut parts = parts();
    books::with_currency(&mut parts, "USD", "1211", "1.085");
    let fee = Assignment {
        tax_key: TaxKey::new(94),
        fact_code: FactCode::new(43),
        cost_centre: Some("SHOP 1".into()),
        ..account("4970")
    };
    parts.accounts.push(rule(RuleScope::Fees, fee));
    let fee = Assignment { eu_vat_id: Some("LU20260743".into()), eu_rate: Some(1_900), ..account("4971") };
    parts.accounts.push(rule(RuleScope::One(Purpose::Fee(FeeKind::Chargeback)), fee));
    let shop = ledger::rules::StoreRule::default();
    parts.stores.insert("Laden".into(), shop);
    let rules = Rules::new(parts).unwrap();
    let dollar = books::currency("USD");
    let payment =
        movement(8, "2026-10-05T10:00:00Z", MovementKind::Payment, dollar, (1_234_567, -2_300, -35), "A-7");
    let chargeback =
        movement(9, "2026-10-05T11:00:00Z", MovementKind::Chargeback, dollar, (-1_234_567, 0, -1_400), "A-7");
    let rows = [payment, Movement { store: "Laden", fees: chargeback_fee(chargeback), ..chargeback }];
    let text = text(&rules, Language::German, &rows.map(|row| (row, Context::default())));
    assert_eq!(text, include_str!("expected/all_columns.de.txt"));
}

fn chargeback_fee(row: Movement<'_>) -> ledger::movement::Fees {
    ledger::movement::Fees { fixed: (FeeKind::Chargeback, row.fees.fixed.1), ..row.fees }
}

#[test]
fn books_without_entries_say_so() {
    let rules = Rules::new(parts()).unwrap();
    assert_eq!(text(&rules, Language::German, &[]), "Keine Buchungen\n");
    assert_eq!(text(&rules, Language::English, &[]), "No entries\n");
}

#[test]
fn nothing_from_outside_breaks_a_line_or_hides_in_it() {
    let rules = Rules::new(parts()).unwrap();
    let order = "A\n30.09.2026\t1210\u{202e}";
    let payment = movement(
        1,
        "2026-10-05T10:00:00Z",
        MovementKind::Payment,
        books::currency("EUR"),
        (100, 0, 0),
        order,
    );
    let identifiers = Identifiers { order_reference: "\r\nS02\u{0}", ..payment.identifiers };
    let payment = Movement { identifiers, settlement: "1\u{2028}2", ..payment };
    let text = text(&rules, Language::German, &[(payment, Context::default())]);
    assert_eq!(text.lines().count(), 6, "{text}");
    assert!(
        text.contains("  S02   ") && text.contains("1 2  ") && text.contains("A 30.09.2026 1210�"),
        "{text}"
    );
    assert!(text.chars().all(|character| character == '\n' || !character.is_control()));
}
