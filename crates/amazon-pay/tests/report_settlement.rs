//! Settlement reports, real and written here, through the public reader.

use std::io::{Read, Write};

use amazon_pay::report::{
    Currency, FieldProblem, Identities, IdentityName, Limits, Options, ReportError, ReportKind,
    SettlementReport, SettlementRow, TransactionType, peek, sniff,
};
use flate2::{Compression, write::GzEncoder};

const REAL: &[u8] = include_bytes!("../data/settlement-us-2015.csv");

const PREAMBLE: &str = "\u{feff}\"Amazon Payments Advanced\",\n\"Settlement Report\",\n\"SellerId\",\"A1\"\n\
     \"SettlementStartDate\",\"2026-09-30T00:00:00 +0000\"\n\"SettlementEndDate\",\"2026-10-01T00:00:00 +0000\"\n";

const HEADER: &str = "\"TransactionPostedDate\",\"SettlementId\",\"AmazonTransactionId\",\"SellerReferenceId\",\
     \"TransactionType\",\"AmazonOrderReferenceId\",\"SellerOrderId\",\"StoreName\",\"CurrencyCode\",\
     \"TransactionDescription\",\"TransactionAmount\",\"TransactionPercentageFee\",\"TransactionFixedFee\",\
     \"TotalTransactionFee\",\"NetTransactionAmount\",\n";

const ROW: &str = "\"2026-09-30T08:15:00 +0000\",\"111\",\"S02-1-C1\",\"ref-1\",\"Capture\",\"S02-1\",\"A-1001\",\"\",\
     \"EUR\",\"\",\"119.00\",\"-2.26\",\"-0.35\",\"-2.61\",\"116.39\"\n";

fn file(rows: &str) -> String {
    format!("{PREAMBLE}{HEADER}{rows}")
}

fn read(file: impl Read) -> Result<Vec<SettlementRow>, ReportError> {
    let mut report = SettlementReport::open(file)?;
    let mut rows = Vec::new();
    let mut row = SettlementRow::default();
    while report.read(&mut row)? {
        rows.push(row.clone());
    }
    Ok(rows)
}

fn refused(file: &str) -> ReportError {
    read(file.as_bytes()).expect_err("must be refused")
}

/// The error of a file whose only row is [`ROW`] with one text exchanged for another.
fn refused_row(from: &str, to: &str) -> ReportError {
    assert!(ROW.contains(from), "{from}");
    refused(&file(&ROW.replacen(from, to, 1)))
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut packed = GzEncoder::new(Vec::new(), Compression::fast());
    packed.write_all(bytes).expect("packed");
    packed.finish().expect("packed")
}

#[test]
fn the_real_file_is_read_to_the_cent() {
    let mut report = SettlementReport::open(REAL).expect("opens");
    let preamble = report.preamble().clone();
    assert_eq!(preamble.seller_id, "ABCDEFGHIJKLM");
    assert_eq!(preamble.start.to_string(), "2015-09-30T22:00:44Z");
    assert_eq!(preamble.end.to_string(), "2015-10-01T21:59:44Z");
    assert_eq!(preamble.start_text, "2015-09-30T15:00:44 -0700");
    assert_eq!(preamble.end_text, "2015-10-01T14:59:44 -0700");
    assert!(report.extra_columns().is_empty());
    assert_eq!(report.settlement_id(), None);

    let mut row = SettlementRow::default();
    assert!(report.read(&mut row).expect("first row"));
    assert_eq!(report.settlement_id(), Some("5984862222"));
    assert_eq!((row.line(), row.transaction_type()), (7, TransactionType::Transfer));
    assert_eq!(row.description(), "SellerPayments_DateRangeReport_transfer_accounting_ending_with_trace_id");
    assert_eq!((row.amount(), row.total_fee(), row.net()), (-2554, 0, -2554));
    assert_eq!(row.currency(), Currency::USD);

    assert!(report.read(&mut row).expect("second row"));
    assert_eq!((row.line(), row.transaction_type()), (8, TransactionType::Capture));
    assert_eq!(row.posted().to_string(), "2015-10-01T18:10:34Z");
    assert_eq!(row.posted_text(), "2015-10-01T11:10:34 -0700");
    assert_eq!(row.settlement_id(), "5984862222");
    assert_eq!(row.transaction_id(), "P01-1488694-1234567-C034811");
    assert_eq!(row.seller_reference_id(), "87654321-0");
    assert_eq!(row.transaction_type_text(), "Capture");
    assert_eq!(row.order_reference_id(), "P01-1234567-2138100");
    assert_eq!((row.seller_order_id(), row.store_name()), ("", ""));
    assert_eq!((row.amount(), row.percentage_fee(), row.fixed_fee()), (1000, -29, -30));
    assert_eq!((row.total_fee(), row.net()), (-59, 941));

    assert!(!report.read(&mut row).expect("the end"));
    assert_eq!(row.line(), 8, "the last row stays");
}

#[test]
fn the_same_report_in_other_clothes_gives_the_same_rows() {
    let plain = file(ROW);
    let unquoted = plain.replace('"', "");
    let packed = gzip(plain.as_bytes());
    let (head, tail) = plain.split_at(300);
    let two_members = [gzip(head.as_bytes()), gzip(tail.as_bytes())].concat();
    let variations: [(&str, Vec<u8>); 10] = [
        ("no byte order mark", plain.trim_start_matches('\u{feff}').into()),
        ("CR LF", plain.replace('\n', "\r\n").into()),
        ("no quotes", unquoted.clone().into()),
        ("no quotes and CR LF", unquoted.replace('\n', "\r\n").into()),
        ("no space before the offset", plain.replace(" +0000", "+0000").into()),
        ("Z", plain.replace(" +0000", "Z").into()),
        ("no line end behind the last row", plain.trim_end().into()),
        ("empty lines at the end", format!("{plain}\n\r\n").into()),
        ("gzip", packed),
        ("gzip in two members", two_members),
    ];
    for (name, bytes) in variations {
        let rows = read(bytes.as_slice()).unwrap_or_else(|error| panic!("{name}: {error}"));
        let [row] = rows.as_slice() else { panic!("{name}: {} rows", rows.len()) };
        assert_eq!(row.posted().to_string(), "2026-09-30T08:15:00Z", "{name}");
        assert_eq!((row.line(), row.seller_order_id()), (7, "A-1001"), "{name}");
        assert_eq!((row.amount(), row.net()), (11900, 11639), "{name}");
        assert_eq!(sniff(&bytes), ReportKind::Settlement, "{name}");
    }
}

#[test]
fn a_source_that_gives_single_bytes_changes_nothing() {
    struct Single<'a>(&'a [u8]);
    impl Read for Single<'_> {
        fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
            let count = buffer.len().min(1);
            self.0.read(&mut buffer[..count])
        }
    }
    let rows = read(Single(REAL)).expect("reads");
    assert_eq!(rows.iter().map(SettlementRow::net).collect::<Vec<_>>(), [-2554, 941]);
}

#[test]
fn columns_count_by_name_and_unknown_ones_are_listed() {
    let text = format!(
        "{PREAMBLE}\"Channel\",\"NetTransactionAmount\",\"TransactionAmount\",\"TransactionPercentageFee\",\
         \"TransactionFixedFee\",\"TotalTransactionFee\",\"TransactionDescription\",\"CurrencyCode\",\"StoreName\",\
         \"SellerOrderId\",\"AmazonOrderReferenceId\",\"TransactionType\",\"SellerReferenceId\",\
         \"AmazonTransactionId\",\"SettlementId\",\"TransactionPostedDate\",\"Presentment, currency\"\n\
         \"web\",\"-5\",\"-5\",\"0\",\"0\",\"0\",\"d\",\"JPY\",\"s\",\"o\",\"p\",\" REFUND \",\"r\",\"t\",\"9\",\
         \"2026-09-30T08:15:00Z\",\"USD\"\n"
    );
    let mut report = SettlementReport::open(text.as_bytes()).expect("opens");
    assert_eq!(report.extra_columns(), ["Channel", "Presentment, currency"]);
    let mut row = SettlementRow::default();
    assert!(report.read(&mut row).expect("reads"));
    assert_eq!((row.amount(), row.net(), row.currency()), (-5, -5, Currency::JPY));
    assert_eq!((row.transaction_type(), row.transaction_type_text()), (TransactionType::Refund, " REFUND "));
    assert_eq!((row.settlement_id(), row.transaction_id(), row.seller_reference_id()), ("9", "t", "r"));
    assert_eq!((row.order_reference_id(), row.seller_order_id(), row.store_name()), ("p", "o", "s"));
    assert_eq!(row.description(), "d");
}

#[test]
fn texts_may_hold_whatever_people_type() {
    let order = "Bestellung „Größe 7“; 🎁, \"\"Eil\"\"\nzweite Zeile";
    let rows = file(&ROW.replace("A-1001", order)) + ROW;
    let rows = read(rows.as_bytes()).expect("reads");
    assert_eq!(rows[0].seller_order_id(), "Bestellung „Größe 7“; 🎁, \"Eil\"\nzweite Zeile");
    assert_eq!(rows[0].net(), 11639);
    assert_eq!((rows[0].line(), rows[1].line()), (7, 9), "a line break inside quotes counts as a line");
}

#[test]
fn a_report_without_rows_is_a_report() {
    assert!(read(file("").as_bytes()).expect("reads").is_empty());
    let peek = peek(file("").as_bytes()).expect("peeks");
    assert_eq!((peek.kind, peek.settlement_id, peek.first_posted), (ReportKind::Settlement, None, None));
}

#[test]
fn peeking_tells_period_and_settlement() {
    for bytes in [REAL.to_vec(), gzip(REAL)] {
        let peek = peek(bytes.as_slice()).expect("peeks");
        assert_eq!(peek.kind, ReportKind::Settlement);
        assert_eq!(peek.settlement_id.as_deref(), Some("5984862222"));
        assert_eq!(peek.first_posted.expect("a row").to_string(), "2015-10-01T14:06:47Z");
        assert_eq!(peek.preamble.expect("a preamble").seller_id, "ABCDEFGHIJKLM");
    }
    let other = peek(&b"a,b\n1,2\n"[..]).expect("something else is no error");
    assert_eq!((other.kind, other.preamble), (ReportKind::Unknown, None));
}

#[test]
fn a_file_that_is_something_else_is_refused_by_what_it_is() {
    assert!(matches!(refused(""), ReportError::Empty));
    assert!(matches!(refused("\u{feff}\n\n"), ReportError::Empty));
    let refund = include_str!("../data/refund-us-2015.csv");
    assert_eq!(
        refused(refund).to_string(),
        "this is not a settlement report: its header row is not among the first lines (looks like: refund report); \
         give the file as Amazon Pay delivered it"
    );
    let found = |file: &str| match refused(file) {
        ReportError::NotRecognised { expected: ReportKind::Settlement, found } => found,
        other => panic!("{other}"),
    };
    assert_eq!(found("{\"reasonCode\":\"InvalidRequest\"}"), ReportKind::Unknown);
    assert_eq!(found(&"a,b\n".repeat(1000)), ReportKind::Unknown);
}

#[test]
fn a_file_cut_before_its_header_row_is_refused_as_cut() {
    let ReportError::Cut { line } = refused(PREAMBLE) else { panic!("not cut") };
    assert_eq!(line, 5);
}

#[test]
fn a_file_rewritten_with_semicolons_is_refused_as_such() {
    let error = refused(&file(ROW).replace(',', ";").replace('"', ""));
    assert!(matches!(error, ReportError::Separator { line: 6, separator: ';' }), "{error}");
}

#[test]
fn missing_lines_and_columns_are_named_all_at_once() {
    let without = file(ROW).replace("SellerId", "Other").replace("SettlementEndDate", "Other");
    assert_eq!(
        refused(&without).to_string(),
        "the lines before the header row lack SellerId, SettlementEndDate; fetch the report again"
    );
    let without = file(ROW).replace("\"StoreName\"", "\"Shop\"").replace("\"CurrencyCode\"", "\"Currency\"");
    assert_eq!(
        refused(&without).to_string(),
        "line 6: the header row lacks StoreName, CurrencyCode; fetch the report again with all columns"
    );
    let twice = file(ROW).replace("\"StoreName\"", "\"SettlementId\"");
    assert!(matches!(refused(&twice), ReportError::ColumnRepeated { line: 6, name: "SettlementId" }));
}

#[test]
fn the_preamble_must_not_contradict_itself() {
    let twice = file(ROW).replace("\"Settlement Report\",", "\"SellerId\",\"A1\"");
    assert_eq!(read(twice.as_bytes()).expect("the same id twice").len(), 1);
    let other = file(ROW).replace("\"Settlement Report\",", "\"SellerId\",\"A2\"");
    assert!(matches!(refused(&other), ReportError::PreambleConflict { line: 3, name: "SellerId", .. }));
    let reversed = file(ROW).replace("2026-10-01T00:00:00 +0000", "2026-09-01T00:00:00 +0000");
    assert!(matches!(refused(&reversed), ReportError::PeriodReversed { .. }));
    let broken = refused(&file(ROW).replace("2026-10-01T00:00:00 +0000", "01.10.2026"));
    assert_eq!(
        broken.to_string(),
        "line 5, column SettlementEndDate: expected a date such as 2026-10-31T23:30:00 +0000; found \"01.10.2026\"; \
         give the file as Amazon Pay delivered it; if it is unchanged, its shape is new: report it"
    );
}

#[test]
fn a_broken_field_is_refused_with_line_column_and_text() {
    for (from, to, column, problem) in [
        ("2026-09-30T08:15:00 +0000", "2026-09-31T08:15:00Z", "TransactionPostedDate", FieldProblem::Date),
        ("\"EUR\"", "\"eur\"", "CurrencyCode", FieldProblem::Currency),
        ("\"111\"", "\"\"", "SettlementId", FieldProblem::Empty),
        ("\"119.00\"", "\"\"", "TransactionAmount", FieldProblem::Empty),
        ("\"119.00\"", "\"119,00\"", "TransactionAmount", FieldProblem::AmountComma),
        ("\"-2.26\"", "\"-2.265\"", "TransactionPercentageFee", FieldProblem::AmountDigits { digits: 2 }),
        ("\"-0.35\"", "\"-3.5E-1\"", "TransactionFixedFee", FieldProblem::AmountExponent),
        ("\"-2.61\"", "\"€-2.61\"", "TotalTransactionFee", FieldProblem::AmountCurrency),
        ("\"116.39\"", "\"+116.39\"", "NetTransactionAmount", FieldProblem::AmountPlus),
        ("\"A-1001\"", "\"A\0-1001\"", "SellerOrderId", FieldProblem::Nul),
        ("\"A-1001\"", "A\"1001\"", "SellerOrderId", FieldProblem::QuoteInside),
        ("\"A-1001\"", "\"A\"-1001", "SellerOrderId", FieldProblem::QuoteFollowed),
        ("\"116.39\"", "\"116.39", "NetTransactionAmount", FieldProblem::QuoteUnclosed),
    ] {
        match refused_row(from, to) {
            ReportError::Field { line: 7, column: named, problem: found, .. } => {
                assert_eq!((named.as_str(), found), (column, problem), "{to}");
            }
            other => panic!("{to}: {other}"),
        }
    }
    assert_eq!(
        refused_row("119.00", "119,00").to_string(),
        "line 7, column TransactionAmount: expected an amount with a decimal point, found a comma; found \"119,00\"; \
         a spreadsheet has probably rewritten the file, so give it as Amazon Pay delivered it"
    );
}

#[test]
fn bytes_that_are_no_utf8_are_refused_with_their_column() {
    let mut bytes = file(&ROW.replace("A-1001", "Gr#ße")).into_bytes();
    let place = bytes.iter().position(|byte| *byte == b'#').expect("the mark");
    bytes[place] = 0xF6;
    let error = read(bytes.as_slice()).expect_err("latin-1");
    assert!(
        matches!(&error, ReportError::Field { line: 7, column, problem: FieldProblem::Encoding, .. } if column == "SellerOrderId"),
        "{error}"
    );
    // Two halves of one character, the first at the end of a field and the second at the start of the next.
    let split = [PREAMBLE.as_bytes(), HEADER.as_bytes(), b"\xC3,\xB6\n"].concat();
    assert!(matches!(
        read(split.as_slice()),
        Err(ReportError::Field { problem: FieldProblem::Encoding, .. })
    ));
}

#[test]
fn a_cut_row_is_refused_with_its_line() {
    for rows in [&ROW[..ROW.len() - 20], "\"2026-09-30T08:15:00 +0000\",\"111\"\n", "a\n"] {
        let rows = format!("{ROW}{rows}");
        match refused(&file(&rows)) {
            ReportError::FieldCount { line: 8, expected: 15, .. }
            | ReportError::Field { line: 8, problem: FieldProblem::QuoteUnclosed, .. } => {}
            other => panic!("{other}"),
        }
    }
    let long = ROW.replacen("\"\",", "\"\",\"\",", 1);
    assert!(matches!(refused(&file(&long)), ReportError::FieldCount { line: 7, found: 16, expected: 15 }));
    let trailing_comma = ROW.replace('\n', ",\n");
    assert_eq!(read(file(&trailing_comma).as_bytes()).expect("reads").len(), 1);
}

#[test]
fn a_row_whose_figures_contradict_each_other_refuses_the_report() {
    match refused_row("-2.61", "-2.60") {
        ReportError::Identity { line: 7, identity } => {
            assert_eq!(identity.name, IdentityName::TotalFee);
            assert_eq!((identity.stated, identity.computed), (-260, -261));
        }
        other => panic!("{other}"),
    }
    assert_eq!(
        refused_row("116.39", "116.40").to_string(),
        "line 7: NetTransactionAmount is 116.40, but TransactionAmount + TotalTransactionFee is 116.39; the report \
         contradicts itself, so fetch it again, and if it stays so ask Amazon Pay about this row"
    );
}

#[test]
fn a_caller_may_judge_the_figures_itself() {
    let text = file(&ROW.replace("116.39", "116.40"));
    let options = Options { identities: Identities::Declare, ..Options::default() };
    let mut report = SettlementReport::open_with(text.as_bytes(), options).expect("opens");
    let mut row = SettlementRow::default();
    assert!(report.read(&mut row).expect("reads"));
    let [fee, net] = row.identities();
    assert!(fee.holds() && !net.holds());
    assert_eq!((net.line, net.stated, net.computed, net.currency), (7, 11640, 11639, Currency::EUR));
}

#[test]
fn one_file_holds_one_settlement() {
    let error = refused(&file(&format!("{ROW}{}", ROW.replace("\"111\"", "\"112\""))));
    match error {
        ReportError::SettlementChanged { line: 8, found, expected } => {
            assert_eq!((found.as_str(), expected.as_str()), ("112", "111"));
        }
        other => panic!("{other}"),
    }
}

#[test]
fn what_exceeds_its_bounds_is_refused() {
    let bounded = |text: &str, limits: Limits| -> ReportError {
        let mut report =
            SettlementReport::open_with(text.as_bytes(), Options { limits, ..Options::default() })
                .expect("opens");
        let mut row = SettlementRow::default();
        loop {
            match report.read(&mut row) {
                Ok(true) => {}
                Ok(false) => panic!("read to the end"),
                Err(error) => return error,
            }
        }
    };
    let limits = Limits { rows: 3, ..Limits::default() };
    assert!(matches!(bounded(&file(&ROW.repeat(4)), limits), ReportError::TooManyRows { limit: 3 }));
    assert!(matches!(bounded(&file(&"\n".repeat(4)), limits), ReportError::TooManyRows { limit: 3 }));
    for unclosed in ["\"", ""] {
        let long = format!("{ROW}\"2026-09-30T08:15:00Z\",{unclosed}{}", "x".repeat(10_000_000));
        match bounded(&file(&long), Limits::default()) {
            ReportError::Field {
                line: 8,
                column,
                found,
                problem: FieldProblem::TooLong { limit: 16_384 },
            } => {
                assert_eq!(column, "SettlementId");
                assert!(found.chars().count() <= 61);
            }
            other => panic!("{other}"),
        }
    }
    let wide = file(&",".repeat(10_000));
    assert!(matches!(refused(&wide), ReportError::TooManyFields { line: 7, .. }));
}

#[test]
fn a_damaged_gzip_is_refused() {
    let packed = gzip(file(&ROW.repeat(100)).as_bytes());
    for bytes in
        [&packed[..packed.len() - 9], &packed[..packed.len() / 2], &[packed.as_slice(), b"junk"].concat()]
    {
        assert!(matches!(read(bytes), Err(ReportError::Read { .. })));
    }
}
