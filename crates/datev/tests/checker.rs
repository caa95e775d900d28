//! What the checker finds: our own files nothing, others what DATEV would refuse, misread, cut or ignore.

#![expect(clippy::unwrap_used, reason = "a test stops at what it did not expect")]

use datev::{
    AccountLength, AccountNumber, AdviserNumber, Amount, BatchWriter, Chart, CheckOptions, Client,
    ClientNumber, Code, DocumentNumber, FiscalYears, Header, Language, Posting, Report, Severity, Side,
    check,
};
use jiff::civil::{date, datetime};

const NAME: &str = "EXTF_Buchungsstapel_2025-10.csv";

fn report(bytes: &[u8]) -> Report {
    check(bytes, Some(NAME), &CheckOptions::default()).unwrap()
}

/// The ids, lines and fields of what was found.
fn found(bytes: &[u8]) -> Vec<(&'static str, u64, u16)> {
    report(bytes)
        .findings()
        .iter()
        .map(|finding| {
            let position = finding.column.map_or(0, |column| column.position);
            (finding.code.id(), finding.line.unwrap_or_default(), position)
        })
        .collect()
}

fn ids(bytes: &[u8]) -> Vec<&'static str> {
    found(bytes).into_iter().map(|(id, _, _)| id).collect()
}

/// A valid file of one posting on SKR03 in October 2025.
fn batch() -> String {
    let adviser = AdviserNumber::new(29098).unwrap();
    let client = ClientNumber::new(55003).unwrap();
    let created = datetime(2025, 11, 3, 10, 15, 0, 0);
    let client =
        Client { chart: Some(Chart::Skr03), ..Client::new(adviser, client, AccountLength::FOUR, created) };
    let year = FiscalYears::calendar().of(date(2025, 10, 1)).unwrap();
    let header = Header::booking_batch(&client, year, date(2025, 10, 1), date(2025, 10, 31)).unwrap();
    let mut writer = BatchWriter::new(Vec::new(), header).unwrap();
    let account = |number| AccountNumber::new(number).unwrap();
    let posting = Posting {
        document_number: DocumentNumber::new("S02-7654321-1234567").unwrap(),
        text: "Zahlung".into(),
        ..Posting::new(
            Amount::from_minor(11_900).unwrap(),
            Side::Debit,
            account(1210),
            account(4970),
            date(2025, 10, 1),
        )
    };
    writer.write(&posting).unwrap();
    let bytes = writer.finish().unwrap().0;
    encoding_rs::WINDOWS_1252.decode(&bytes).0.into_owned()
}

fn encoded(text: &str) -> Vec<u8> {
    encoding_rs::WINDOWS_1252.encode(text).0.into_owned()
}

/// The file with the fields of its posting replaced.
fn with_fields(fields: &[(usize, &str)]) -> Vec<u8> {
    replaced(2, fields)
}

/// The file with the fields of its header replaced.
fn with_header(fields: &[(usize, &str)]) -> Vec<u8> {
    replaced(0, fields)
}

fn replaced(line: usize, fields: &[(usize, &str)]) -> Vec<u8> {
    let text = batch();
    let mut lines: Vec<String> = text.split_terminator("\r\n").map(str::to_owned).collect();
    let mut row: Vec<String> = lines[line].split(';').map(str::to_owned).collect();
    for (position, content) in fields {
        (*content).clone_into(&mut row[position - 1]);
    }
    lines[line] = row.join(";");
    encoded(&(lines.join("\r\n") + "\r\n"))
}

#[test]
fn a_valid_file_has_no_finding() {
    assert_eq!(found(&encoded(&batch())), []);
    assert_eq!(report(&encoded(&batch())).rows(), 1);
}

#[test]
fn a_file_that_is_none_of_the_format_is_told_in_one_finding() {
    assert_eq!(ids(b""), ["empty"]);
    assert_eq!(ids(b"\r\n\r\n"), ["empty"]);
    assert_eq!(ids(b"hello;world\r\n"), ["not-extf"]);
    assert_eq!(ids(&[0xff; 2000]), ["not-extf"]);
    assert_eq!(ids(b"Umsatz (ohne Soll/Haben-Kz);S\r\n1;2\r\n"), ["headings-first"]);
    assert_eq!(ids(b"\"EXTF\",700,21,\"Buchungsstapel\"\r\n"), ["wrong-delimiter"]);
    assert_eq!(ids(b"EXTF\t700\t21\r\n"), ["wrong-delimiter"]);
}

#[test]
fn the_name_of_the_file_counts() {
    let report = check(&encoded(&batch())[..], Some("batch.csv"), &CheckOptions::default()).unwrap();
    assert_eq!(report.findings()[0].code, Code::FileName);
    let unnamed = check(&encoded(&batch())[..], None, &CheckOptions::default()).unwrap();
    assert_eq!(unnamed.findings(), []);
}

#[test]
fn the_lines_of_the_file_are_judged() {
    let text = batch();
    assert_eq!(found(text.as_bytes()), [("utf8-without-bom", 2, 0)]);
    assert_eq!(found(&[b"\xef\xbb\xbf", text.as_bytes()].concat()), []);
    assert_eq!(found(&encoded(&text.replace("\r\n", "\n"))), [("line-end", 1, 0)]);
    assert_eq!(found(&encoded(text.trim_end())), [("line-end", 3, 0)]);
    assert_eq!(found(&encoded(&text.replace("\"Zahlung\"", "\"Zahlung"))), [("unclosed-quote", 3, 0)]);
    assert_eq!(found(&encoded(&text.replace("\"Zahlung\"", "\"Zah\"lung\""))), [("stray-quote", 3, 14)]);
    assert_eq!(found(&encoded(&text.replace("Zahlung", "Zah\tlung"))), [("control-character", 3, 14)]);
    assert_eq!(found(&encoded(&text.replace("\"Zahlung\"", "\"a;b\";1"))), [("too-many-fields", 3, 0)]);
    assert_eq!(found(&encoded(&text.replace("\"Zahlung\";", ""))), [("too-few-fields", 3, 0)]);
}

#[test]
fn names_and_rows_must_be_there() {
    let text = batch();
    let lines: Vec<&str> = text.split_inclusive("\r\n").collect();
    assert_eq!(found(&encoded(&[lines[0], lines[2]].concat())), [("no-headings", 2, 0)]);
    assert_eq!(ids(&encoded(&[lines[0], lines[1]].concat())), ["no-rows"]);
    assert_eq!(found(&encoded(&text.replace(";Kurs;", ";Rate;"))), [("headings-differ", 2, 4)]);
    assert_eq!(found(&encoded(&text.replace(";Kurs;", ";"))), [("heading-count", 2, 0)]);
}

#[test]
fn more_rows_than_datev_takes_are_told_once() {
    let text = batch();
    let lines: Vec<&str> = text.split_inclusive("\r\n").collect();
    let file = encoded(&(lines[0].to_owned() + lines[1] + &lines[2].repeat(100_001)));
    assert_eq!(found(&file), [("too-many-rows", 100_002, 0)]);
}

#[test]
fn every_field_of_the_header_is_judged() {
    for (position, content, id) in [
        (2, "510", "header-version"),
        (3, "22", "header-category"),
        (4, "\"Buchungen\"", "header-format-name"),
        (4, "Buchungsstapel", "header-unquoted"),
        (5, "14", "header-format-version"),
        (6, "20251103", "header-created"),
        (7, "20251103101500123", "header-imported"),
        (8, "\"KONT\"", "header-form"),
        (9, "\"a.b\"", "header-form"),
        (11, "1000", "header-adviser"),
        (11, "", "header-adviser"),
        (12, "100000", "header-client"),
        (13, "01012025", "header-fiscal-year"),
        (14, "9", "header-account-length"),
        (15, "", "header-date"),
        (16, "20250931", "header-date"),
        (17, "\"Zahlung & mehr\"", "header-label"),
        (18, "\"wd\"", "header-form"),
        (19, "3", "header-form"),
        (20, "1", "header-form"),
        (21, "", "header-lock"),
        (22, "\"\"", "header-currency"),
        (23, "1", "header-reserved"),
        (30, "\"x\"", "header-reserved"),
        (27, "\"3\"", "header-chart"),
        (31, "\"seventeen letters\"", "header-form"),
    ] {
        let found = found(&with_header(&[(position, content)]));
        let place = u16::try_from(position).unwrap();
        assert!(found.contains(&(id, 1, place)), "{position} {content}: {found:?}");
    }
}

#[test]
fn the_period_of_the_header_fits_its_fiscal_year() {
    assert_eq!(found(&with_header(&[(15, "20251101")])), [("header-date-order", 1, 16)]);
    let two_years = with_header(&[(13, "20250701"), (16, "20260131")]);
    assert_eq!(found(&two_years), [("header-calendar-year", 1, 16)]);
    assert_eq!(
        found(&with_header(&[(13, "20251002")])),
        [("header-before-fiscal-year", 1, 15), ("date-outside-batch", 3, 10)]
    );
    assert_eq!(ids(&with_header(&[(13, "20241001")])), ["header-beyond-fiscal-year", "date-outside-batch"]);
    assert_eq!(ids(&with_header(&[(31, "\"\";1")])), ["header-too-many"]);
}

#[test]
fn amounts_that_datev_cannot_read_are_named() {
    for (content, id) in [
        ("", "amount-missing"),
        ("119.00", "amount-dot"),
        ("-119,00", "amount-negative"),
        ("1.119,00", "amount-thousands"),
        ("1 119,00", "amount-thousands"),
        ("0,00", "amount-zero"),
        ("64083", "amount-no-decimals"),
        ("1,5", "amount-no-decimals"),
        ("12345678901,00", "amount-format"),
        ("1,234", "amount-format"),
        ("viel", "amount-format"),
    ] {
        assert_eq!(found(&with_fields(&[(1, content)])), [(id, 3, 1)], "{content}");
    }
}

#[test]
fn sides_and_currencies_are_judged() {
    assert_eq!(found(&with_fields(&[(2, "\"s\"")])), [("side", 3, 2)]);
    assert_eq!(found(&with_fields(&[(2, "\"\"")])), [("side", 3, 2)]);
    assert_eq!(found(&with_fields(&[(3, "\"Eur\"")])), [("currency", 3, 3)]);
    let whole = [(3, "\"GBP\""), (4, "0,830000"), (5, "123,86"), (6, "\"EUR\"")];
    assert_eq!(found(&with_fields(&whole)), []);
    assert_eq!(found(&with_fields(&whole[..3])), [("currency-triple", 3, 4)]);
    assert_eq!(found(&with_fields(&whole[1..])), [("currency-triple", 3, 4)]);
    let zero_rate = [(3, "\"GBP\""), (4, "0,000000"), (5, "123,86"), (6, "\"EUR\"")];
    assert_eq!(found(&with_fields(&zero_rate)), [("base-amount", 3, 4)]);
}

#[test]
fn accounts_are_judged_by_length_and_function() {
    for (position, content, id) in [
        (7, "", "account-missing"),
        (8, "", "account-missing"),
        (7, "12a", "account-format"),
        (8, "0000", "account-format"),
        (8, "100000", "account-length"),
        (8, "1210", "account-same"),
        (8, "1400", "account-collective"),
        (8, "8195", "account-reserved"),
    ] {
        let place = u16::try_from(position).unwrap();
        assert_eq!(found(&with_fields(&[(position, content)])), [(id, 3, place)], "{position} {content}");
    }
    let text = batch();
    let row = text.split_inclusive("\r\n").nth(2).unwrap();
    let dragged = encoded(&(text.clone() + &row.replace(";1210;", ";;")));
    assert_eq!(found(&dragged), [("account-dragged", 4, 7)]);
}

#[test]
fn keys_are_judged_by_the_chart_of_the_header() {
    for (contra, key, id) in [
        ("3123", "\"94\"", "key-on-automatic"),
        ("8400", "\"20\"", "key-old-reversal"),
        ("1361", "\"9\"", "key-not-possible"),
        ("4970", "\"3\"", "key-direction"),
        ("8700", "\"9\"", "key-direction"),
        ("4970", "\"X\"", "key-format"),
        ("4970", "\"94\"", "key-needs"),
        ("8320", "\"10\"", "key-needs"),
    ] {
        let found = found(&with_fields(&[(8, contra), (9, key)]));
        assert!(found.contains(&(id, 3, 9)), "{contra} {key}: {found:?}");
    }
    for (contra, key) in
        [("4970", "\"9\""), ("4970", "\"506\""), ("10000", "\"3\""), ("3123", "\"40\""), ("4970", "\"0\"")]
    {
        assert_eq!(found(&with_fields(&[(8, contra), (9, key)])), [], "{contra} {key}");
    }
    assert_eq!(found(&with_fields(&[(9, "\"94\""), (43, "7")])), []);
    let other_chart = with_header(&[(27, "\"\"")]);
    let options = CheckOptions { chart: Some(Chart::Skr04), ..CheckOptions::default() };
    assert_eq!(check(&other_chart[..], Some(NAME), &options).unwrap().findings(), []);
}

#[test]
fn dates_are_judged_by_fiscal_year_and_period() {
    for (content, id) in [
        ("", "date-missing"),
        ("110", "date-zero-lost"),
        ("3110x", "date-invalid"),
        ("3109", "date-invalid"),
        ("3109x", "date-invalid"),
        ("0111", "date-outside-batch"),
        ("01102025", "date-full"),
    ] {
        assert_eq!(found(&with_fields(&[(10, content)])), [(id, 3, 10)], "{content}");
    }
    assert_eq!(ids(&with_fields(&[(10, "01102024")])), ["date-before-fiscal-year", "date-full"]);
}

#[test]
fn the_other_fields_of_a_posting_are_judged() {
    let long = format!("\"{}\"", "x".repeat(61));
    for (fields, id, position) in [
        (&[(11, long.as_str())][..], "document-number-length", 11),
        (&[(11, "\"Müller 1\"")], "document-number-characters", 11),
        (&[(11, "\"A_1\"")], "document-number-underscore", 11),
        (&[(12, "\"1234567890123\"")], "document-number-2-length", 12),
        (&[(13, "0,00")], "discount", 13),
        (&[(14, long.as_str())], "too-long", 14),
        (&[(14, "Zahlung")], "text-unquoted", 14),
        (&[(15, "2")], "form", 15),
        (&[(15, "\"1\"")], "value-quoted", 15),
        (&[(17, "1")], "bank-without-mandate", 17),
        (&[(21, "\"Art\"")], "pair-incomplete", 21),
        (&[(49, "\"Inhalt\"")], "pair-incomplete", 49),
        (&[(37, "\"a-b\"")], "cost-centre", 37),
        (&[(40, "\"LU 123\"")], "eu-vat-id", 40),
        (&[(41, "19%")], "eu-rate", 41),
        (&[(114, "")], "lock-flag", 114),
        (&[(114, "1")], "lock-differs", 114),
        (&[(115, "2025"), (116, "01102025")], "service-date", 115),
        (&[(115, "01102025")], "service-date-without-period", 115),
        (&[(117, "01102025")], "due-date", 117),
        (&[(118, "\"x\"")], "reversal-flag", 118),
        (&[(119, "x")], "tax-rate", 119),
        (&[(120, "\"Deutschland\"")], "country", 120),
    ] {
        let found = found(&with_fields(fields));
        assert_eq!(found, [(id, 3, position)], "{fields:?}");
    }
}

#[test]
fn a_file_as_datev_samples_it_has_findings_and_is_read_to_its_end() {
    // DATEV's own v13 sample: UTF-8 without mark, an amount without decimals, a key on an automatic account, field 115
    // without 116.
    let text = batch();
    let row = text.split_inclusive("\r\n").nth(2).unwrap();
    let no_decimals = row.replace("119,00", "64083");
    let key = row.replacen(";4970;\"\";", ";8400;\"3\";", 1);
    let service = row.replacen(";0;;;;\"0\";", ";0;01102025;;;\"0\";", 1);
    let file = text + &no_decimals + &key + &service;
    assert_eq!(
        found(file.as_bytes()),
        [
            ("utf8-without-bom", 2, 0),
            ("amount-no-decimals", 4, 1),
            ("key-on-automatic", 5, 9),
            ("service-date-without-period", 6, 115),
        ]
    );
    let report = report(file.as_bytes());
    assert_eq!((report.total(Severity::Error), report.total(Severity::Warning)), (3, 1));
    assert_eq!(report.rows(), 4);
}

#[test]
fn a_broken_file_of_many_rows_keeps_its_findings_within_bounds() {
    let text = batch();
    let row = text.split_inclusive("\r\n").nth(2).unwrap().replace("119,00", "0,00");
    let file = encoded(&(text + &row.repeat(5000)));
    let report = report(&file);
    assert_eq!(report.findings().len(), 100);
    assert_eq!(report.count(Code::AmountZero), 5000);
    assert_eq!(report.not_kept().collect::<Vec<_>>(), [(Code::AmountZero, 4900)]);
}

#[test]
fn customers_and_labels_are_judged() {
    let client = "\"EXTF\";700;16;\"Debitoren/Kreditoren\";5;20240130140659583;;\"RE\";\"\";\"\";29098;55003;20240101;4;;;\
                  \"\";\"\";;;;\"\";;\"\";;;\"03\";;;\"\";\"\"\r\n";
    let names: Vec<&str> = datev::column::DEBTORS_CREDITORS.iter().map(|column| column.name).collect();
    let head = format!("{client}{}\r\n", names.join(";"));
    let row = |fields: &[(usize, &str)]| {
        let mut row = vec![""; 254];
        for (position, content) in fields {
            row[position - 1] = content;
        }
        row.join(";") + "\r\n"
    };
    let rows = [
        row(&[(1, "10000"), (2, "\"Müller GmbH\""), (7, "\"2\"")]),
        row(&[(1, "10000"), (2, "\"Müller GmbH\""), (7, "\"2\"")]),
        row(&[(2, "\"Müller GmbH\""), (7, "\"2\"")]),
        row(&[(1, "1000"), (4, "\"Müller\""), (7, "\"1\"")]),
        row(&[(1, "0abcd")]),
        row(&[(1, "02000")]),
        row(&[(1, "10001"), (2, "\"Müller\""), (7, "\"1\"")]),
        row(&[(1, "10002"), (45, "\"DE88370400440532013000\"")]),
    ];
    assert_eq!(
        found(&encoded(&(head + &rows.concat()))),
        [
            ("account-repeated", 4, 1),
            ("personal-missing", 5, 1),
            ("personal-length", 6, 1),
            ("personal-format", 7, 1),
            ("personal-range", 8, 1),
            ("partner-name", 9, 2),
            ("iban", 10, 45),
        ]
    );
    let labels = client.replace("16;\"Debitoren/Kreditoren\";5", "20;\"Kontenbeschriftungen\";3");
    let file = labels
        + "Konto;Kontobeschriftung;SprachId;Kontenbeschriftung lang\r\n1361;\"Geldtransit\";\"de\";\"\"\r\n";
    assert_eq!(found(&encoded(&file)), [("form", 3, 3)]);
}

#[test]
fn a_finding_speaks_both_languages() {
    let report = report(&with_fields(&[(1, "0,00")]));
    let finding = &report.findings()[0];
    assert_eq!((finding.line, finding.found.as_str()), (Some(3), "0,00"));
    assert!(finding.sentence(Language::German).starts_with("Der Umsatz ist null"));
    assert!(
        finding
            .to_string()
            .starts_with("line 3, field 1 (Umsatz (ohne Soll/Haben-Kz)), \"0,00\": The amount is zero")
    );
}
