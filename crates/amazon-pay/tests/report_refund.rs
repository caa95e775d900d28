//! Refund reports, real and written here, through the public reader.

use amazon_pay::report::{
    Currency, FieldProblem, RefundReport, RefundRow, RefundStatus, RefundType, ReportError, ReportKind,
    newest_states, sniff,
};

const REAL: &str = include_str!("../data/refund-us-2015.csv");

#[test]
fn the_real_file_holds_one_refund_in_two_states() {
    assert_eq!(sniff(REAL.as_bytes()), ReportKind::Refund);
    let mut report = RefundReport::open(REAL.as_bytes()).expect("opens");
    let mut row = RefundRow::default();
    assert!(report.read(&mut row).expect("first row"));
    assert_eq!((row.line(), row.status(), row.status_text()), (2, RefundStatus::Completed, "Completed"));
    assert_eq!(row.last_update().to_string(), "2015-10-05T23:20:49Z");
    assert!(report.read(&mut row).expect("second row"));
    assert_eq!((row.line(), row.status()), (3, RefundStatus::Pending));
    assert_eq!(row.refund_id(), "P01-4968629-7654321-R017571");
    assert_eq!(row.refund_reference_id(), "REFUND_684981");
    assert_eq!(row.capture_id(), "P01-4968629-7654321-C070794");
    assert_eq!(row.order_reference_id(), "P01-4968629-7654321");
    assert_eq!((row.amount(), row.currency()), (100, Currency::USD));
    assert_eq!((row.refund_type(), row.refund_type_text()), (RefundType::SellerInitiated, "SellerInitiated"));
    assert_eq!((row.seller_note(), row.reason_code()), ("", ""));
    assert_eq!(row.created().to_string(), "2015-10-05T21:43:18Z");
    assert!(!report.read(&mut row).expect("the end"));
}

#[test]
fn the_newest_state_of_a_refund_counts() {
    let mut report = RefundReport::open(REAL.as_bytes()).expect("opens");
    let states = newest_states(&mut report).expect("reads");
    assert_eq!(states.len(), 1);
    assert_eq!(states[0].status(), RefundStatus::Completed);

    let (header, rows) = REAL.split_once('\n').expect("a header");
    let other = rows.replace("R017571", "R017572").replace("2015-10-05T16:20:49", "2015-10-05T14:43:18");
    let mut lines: Vec<&str> = rows.lines().chain(other.lines()).collect();
    lines.reverse();
    let text = format!("{header}\n{}\n", lines.join("\n"));
    let mut report = RefundReport::open(text.as_bytes()).expect("opens");
    let states = newest_states(&mut report).expect("reads");
    let found: Vec<_> = states.iter().map(|row| (row.refund_id(), row.status())).collect();
    assert_eq!(
        found,
        [
            ("P01-4968629-7654321-R017572", RefundStatus::Completed),
            ("P01-4968629-7654321-R017571", RefundStatus::Completed)
        ],
        "of two states of one instant the final one counts"
    );
}

#[test]
fn a_settlement_report_is_no_refund_report() {
    let settlement = include_bytes!("../data/settlement-us-2015.csv");
    match RefundReport::open(&settlement[..]).err() {
        Some(ReportError::NotRecognised { expected: ReportKind::Refund, found: ReportKind::Settlement }) => {}
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_broken_refund_row_is_refused_with_line_and_column() {
    for (from, to, column, problem) in [
        ("\"1.00\"", "\"1,00\"", "RefundAmount", FieldProblem::AmountComma),
        ("\"USD\"", "\"$\"", "CurrencyCode", FieldProblem::Currency),
        ("\"P01-4968629-7654321-R017571\"", "\"\"", "AmazonRefundId", FieldProblem::Empty),
        ("2015-10-05T16:20:49 -0700", "today", "LastUpdateTimestamp", FieldProblem::Date),
    ] {
        let text = REAL.replacen(from, to, 1);
        let mut report = RefundReport::open(text.as_bytes()).expect("opens");
        match report.read(&mut RefundRow::default()) {
            Err(ReportError::Field { line: 2, column: named, problem: found, .. }) => {
                assert_eq!((named.as_str(), found), (column, problem));
            }
            other => panic!("{to}: {other:?}"),
        }
    }
}
