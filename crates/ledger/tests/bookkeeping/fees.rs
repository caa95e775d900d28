//! Fees: their two parts, creditors, and fees that come back.

use ledger::assign::Remark;
use ledger::chart::Chart;
use ledger::kind::MovementKind;
use ledger::rules::{AccountRule, Assignment, Parts, Rules};
use ledger::template::Template;

use crate::books::{Row, book, day, euro, parts, rule, with_key};

fn payment(variable: i64, fixed: i64) -> Row {
    Row::new(1, "5", "2026-10-05T08:00:00Z", MovementKind::Payment, 10_000)
        .fees(variable, fixed)
        .order("A-1", "")
}

/// Side, contra account, amount and key of the fees.
fn fees(parts: Parts, row: Row) -> Vec<String> {
    let lines = book(&Rules::new(parts).unwrap(), &[row]).lines;
    let cells = |line: &String| {
        let cells: Vec<_> = line.split(" | ").collect();
        [cells[1], cells[3], cells[4], cells[5]].join(" ")
    };
    lines.iter().skip(1).map(cells).collect()
}

#[test]
fn both_parts_are_one_entry_where_they_go_the_same_way() {
    assert_eq!(fees(parts(Chart::Skr03), payment(-190, -35)), ["H 4970 2,25 –"]);
    let mut named = parts(Chart::Skr03);
    named.accounts.extend([rule("fee-processing", "4971"), rule("fee-fixed", "4971")]);
    assert_eq!(fees(named, payment(-190, -35)), ["H 4971 2,25 –"]);
}

#[test]
fn parts_with_another_account_or_key_are_entries_of_their_own() {
    let mut accounts = parts(Chart::Skr03);
    accounts.accounts.push(rule("fee-fixed", "4971"));
    assert_eq!(fees(accounts, payment(-190, -35)), ["H 4970 1,90 –", "H 4971 0,35 –"]);
    let mut keys = parts(Chart::Skr03);
    keys.accounts.push(with_key(rule("fee-fixed", "4970"), 401));
    assert_eq!(fees(keys, payment(-190, -35)), ["H 4970 1,90 –", "H 4970 0,35 401"]);
}

#[test]
fn parts_of_two_signs_stand_together_or_apart() {
    assert_eq!(fees(parts(Chart::Skr03), payment(190, -35)), ["S 4970 1,55 –"]);
    assert_eq!(fees(parts(Chart::Skr03), payment(35, -35)), [""; 0]);
    let mut apart = parts(Chart::Skr03);
    apart.accounts.push(rule("fee-fixed", "4971"));
    assert_eq!(fees(apart, payment(35, -35)), ["S 4970 0,35 –", "H 4971 0,35 –"]);
}

#[test]
fn a_creditor_takes_fees_under_a_document_number_of_its_own() {
    let mut parts = parts(Chart::Skr04);
    let creditor = rule("fee", "70001");
    let document = Template::parse("AP-{Jahr}-{Monat}").unwrap();
    let assignment = creditor.assignment.map(|creditor| Assignment { document: Some(document), ..creditor });
    parts.accounts.push(AccountRule { assignment, ..rule("fee", "70001") });
    let rules = Rules::new(parts).unwrap();
    let booked = book(&rules, &[payment(-190, -35)]);
    assert_eq!(booked.lines[1], "05.10.2026 | H | 1810 | 70001 | 2,25 | – | AP-2026-10 | – | 5");
    assert!(booked.lines[0].contains("| A-1 |"));
    assert_eq!(booked.outcomes[0].document.unwrap().0.as_str(), "A-1");
}

/// The fee rule changes on 1 October from 4970 to 4971.
fn changing() -> Parts {
    let mut parts = parts(Chart::Skr03);
    parts.accounts.push(AccountRule { valid_from: Some(day("2026-10-01")), ..rule("fee", "4971") });
    parts
}

#[test]
fn only_a_returned_fee_looks_back_and_only_where_rules_change() {
    let refund = |variable| {
        Row::new(1, "5", "2026-10-05T08:00:00Z", MovementKind::Refund, -10_000)
            .fees(variable, 0)
            .order("A-1", "")
    };
    assert_eq!(fees(changing(), refund(190).charged_on("2026-09-30")), ["S 4970 1,90 –"]);
    assert_eq!(fees(changing(), refund(190).charged_on("2026-10-01")), ["S 4971 1,90 –"]);
    assert_eq!(fees(changing(), refund(-190).charged_on("2026-09-30")), ["H 4971 1,90 –"]);
    let remarks = |parts, row| book(&Rules::new(parts).unwrap(), &[row]).outcomes.remove(0).remarks;
    assert_eq!(remarks(changing(), refund(190)), [Remark::ReturnedFeeOfUnknownDay]);
    assert_eq!(remarks(changing(), refund(190).charged_on("2026-09-30")), []);
    assert_eq!(remarks(parts(Chart::Skr03), refund(190)), []);
    let both_parts = refund(190).fees(100, 35);
    assert_eq!(remarks(changing(), both_parts), [Remark::ReturnedFeeOfUnknownDay], "once for both parts");
}

#[test]
fn a_mere_fee_is_its_amount_and_its_columns_together() {
    let rules = Rules::new(parts(Chart::Skr03)).unwrap();
    let row = Row::new(1, "5", "2026-10-05T08:00:00Z", MovementKind::Fee, -35).fees(-5, -10);
    let booked = book(&rules, &[row]);
    assert_eq!(booked.lines, ["05.10.2026 | H | 1210 | 4970 | 0,50 | – | 5 | – | 5"]);
    assert_eq!(booked.outcomes[0].on_provider, euro(-50));
    assert_eq!(booked.outcomes[0].contra_account, None, "a fee has no contra account of a gross amount");
}
