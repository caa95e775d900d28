use datev::DocumentNumber;
use jiff::civil::date;
use proptest::prelude::*;

use super::*;

/// A row of P 1210 on a day of October 2026.
fn row(day: i8, side: Side, contra_account: u32, cents: i64, document: &str) -> Posting<'static> {
    let [account, contra_account] = [1210, contra_account].map(|number| AccountNumber::new(number).unwrap());
    Posting {
        document_number: DocumentNumber::new(document.to_owned()).unwrap(),
        text: format!("Amazon Pay {document}").into(),
        ..Posting::new(Amount::from_minor(cents).unwrap(), side, account, contra_account, date(2026, 10, day))
    }
}

fn fee(contra_account: u32) -> Posting<'static> {
    row(15, Side::Credit, contra_account, 261, "A-77")
}

fn reversed(posting: Posting<'static>) -> Posting<'static> {
    Posting { general_reversal: true, side: posting.side.opposite(), ..posting }
}

fn corrected(handed_out: &[Posting<'static>], now: &[Posting<'static>]) -> Vec<Posting<'static>> {
    correction(handed_out.iter().cloned(), now.iter().cloned(), DocumentNumbers::Keep).unwrap()
}

#[test]
fn a_changed_account_reverses_the_row_and_writes_it_anew() {
    assert_eq!(corrected(&[fee(4970)], &[fee(3100)]), [reversed(fee(4970)), fee(3100)]);
}

#[test]
fn nothing_changed_corrects_nothing() {
    let rows = [fee(4970), row(15, Side::Debit, 10000, 11_900, "A-77")];
    assert!(corrected(&rows, &rows).is_empty());
    let turned = [rows[1].clone(), rows[0].clone()];
    assert!(corrected(&rows, &turned).is_empty(), "the order of rows says nothing");
}

#[test]
fn rows_of_a_late_report_are_written_plainly() {
    let late = [row(31, Side::Debit, 10000, 1_000, "A-90"), row(31, Side::Credit, 4970, 54, "A-90")];
    let now = [vec![fee(4970)], late.to_vec()].concat();
    assert_eq!(corrected(&[fee(4970)], &now), late);
}

#[test]
fn a_second_correction_reverses_the_corrected_row() {
    let first = corrected(&[fee(4970)], &[fee(3100)]);
    let handed_out = [vec![fee(4970)], first].concat();
    assert_eq!(corrected(&handed_out, &[fee(4985)]), [reversed(fee(3100)), fee(4985)]);
    assert!(corrected(&handed_out, &[fee(3100)]).is_empty(), "never the same reversal twice");
    assert_eq!(
        corrected(&handed_out, &[fee(4970)]),
        [reversed(fee(3100)), fee(4970)],
        "back to the first account"
    );
}

#[test]
fn a_reversal_keeps_its_tax_key() {
    let key = Some(TaxKey::new(506).unwrap());
    let before = Posting { key, ..fee(4970) };
    assert_eq!(corrected(std::slice::from_ref(&before), &[fee(4970)]), [reversed(before), fee(4970)]);
}

#[test]
fn a_row_that_is_gone_is_reversed() {
    assert_eq!(corrected(&[fee(4970)], &[]), [reversed(fee(4970))]);
}

#[test]
fn a_changed_document_number_is_corrected_only_where_asked_for() {
    let (before, now) = (fee(4970), row(15, Side::Credit, 4970, 261, "W1-A-77"));
    assert!(corrected(std::slice::from_ref(&before), std::slice::from_ref(&now)).is_empty());
    let followed = correction([before.clone()], [now.clone()], DocumentNumbers::Follow).unwrap();
    assert_eq!(followed, [reversed(before), now]);
}

#[test]
fn a_changed_text_or_order_number_alone_corrects_nothing() {
    let now = Posting { text: "Gebühr".into(), order_number: "S02-1".into(), ..fee(4970) };
    for document_numbers in [DocumentNumbers::Keep, DocumentNumbers::Follow] {
        assert!(correction([fee(4970)], [now.clone()], document_numbers).unwrap().is_empty());
    }
}

#[test]
fn of_two_equal_amounts_the_order_that_was_not_there_is_new() {
    let (old, late) = (row(5, Side::Debit, 10000, 1_000, "A-2"), row(5, Side::Debit, 10000, 1_000, "A-1"));
    assert_eq!(corrected(std::slice::from_ref(&old), &[late.clone(), old.clone()]), [late]);
    let twice = [old.clone(), old.clone()];
    assert_eq!(corrected(std::slice::from_ref(&old), &twice), [old], "two equal rows are two movements");
}

#[test]
fn a_reversal_of_nothing_is_told() {
    let error = standing([reversed(fee(4970))]).unwrap_err();
    let (date, document_number) = (date(2026, 10, 15), "A-77".to_owned());
    assert_eq!(error, CorrectionError::NothingToReverse { date, document_number });
}

fn any_rows() -> impl Strategy<Value = Vec<Posting<'static>>> {
    let any_row = (1..4_i8, any::<bool>(), 0..3_u32, 1..4_i64, 0..3_u8).prop_map(
        |(day, debit, account, cents, document)| {
            let side = if debit { Side::Debit } else { Side::Credit };
            row(
                day,
                side,
                [4970, 3100, 10000][usize::try_from(account).unwrap()],
                cents,
                &format!("A-{document}"),
            )
        },
    );
    prop::collection::vec(any_row, 0..12)
}

fn sorted(mut rows: Vec<Posting<'static>>) -> Vec<String> {
    rows.sort_by_key(|row| format!("{row:?}"));
    rows.iter().map(|row| format!("{row:?}")).collect()
}

proptest! {
    #[test]
    fn after_a_correction_the_books_say_what_holds_now(states in prop::collection::vec(any_rows(), 1..4)) {
        let mut handed_out: Vec<Posting<'static>> = Vec::new();
        for now in states {
            let rows = correction(handed_out.clone(), now.clone(), DocumentNumbers::Follow).unwrap();
            handed_out.extend(rows);
            prop_assert_eq!(sorted(standing(handed_out.clone()).unwrap()), sorted(now.clone()));
            prop_assert!(correction(handed_out.clone(), now, DocumentNumbers::Follow).unwrap().is_empty());
        }
    }
}
