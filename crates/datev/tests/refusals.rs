//! What the writers refuse, and how they say it.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a test stops at what it did not expect")]

use datev::{
    AccountLength, AccountNumber, AdviserNumber, Amount, BatchSplitter, BatchWriter, BusinessPartner,
    Category, Chart, Client, ClientNumber, Currency, Details, EuTax, EuVatId, ExchangeRate, FieldProblem,
    FileName, FiscalYears, Foreign, Header, HeaderError, Info, MasterDataWriter, PartnerName, Posting,
    PostingReader, Reader, Side, SplitOptions, TaxKey, Value, WriteError,
};
use jiff::civil::{Date, date, datetime};

fn client() -> Client {
    let adviser = AdviserNumber::new(29098).unwrap();
    let number = ClientNumber::new(55003).unwrap();
    let created = datetime(2025, 11, 3, 10, 15, 0, 0);
    Client { chart: Some(Chart::Skr03), ..Client::new(adviser, number, AccountLength::FOUR, created) }
}

fn header(client: &Client, from: Date, to: Date) -> Result<Header, HeaderError> {
    Header::booking_batch(client, FiscalYears::calendar().of(from).unwrap(), from, to)
}

fn october() -> Header {
    header(&client(), date(2025, 10, 1), date(2025, 10, 31)).unwrap()
}

fn account(number: u32) -> AccountNumber {
    AccountNumber::new(number).unwrap()
}

fn fee() -> Posting<'static> {
    let amount = Amount::from_minor(261).unwrap();
    Posting::new(amount, Side::Credit, account(1210), account(4970), date(2025, 10, 1))
}

fn with_details(details: Details<'static>) -> Posting<'static> {
    Posting { details: Some(Box::new(details)), ..fee() }
}

/// The field and the problem for which a posting is refused.
fn refusal(posting: &Posting<'_>) -> (u16, FieldProblem) {
    let mut writer = BatchWriter::new(Vec::new(), october()).unwrap();
    let before = writer.totals();
    match writer.write(posting).unwrap_err() {
        WriteError::Row { row: 1, error } => {
            assert_eq!(writer.totals(), before, "a refused row leaves no trace");
            (error.column.position, error.problem)
        }
        other => panic!("{other}"),
    }
}

#[test]
fn a_date_outside_the_period_is_refused() {
    let posting = Posting { date: date(2025, 11, 1), ..fee() };
    let (from, to) = (date(2025, 10, 1), date(2025, 10, 31));
    assert_eq!(refusal(&posting), (10, FieldProblem::OutsidePeriod { date: date(2025, 11, 1), from, to }));
}

#[test]
fn accounts_that_do_not_fit_are_refused() {
    assert_eq!(refusal(&Posting { account: account(123_456), ..fee() }).0, 7);
    assert_eq!(
        refusal(&Posting { contra_account: account(1210), ..fee() }),
        (8, FieldProblem::SameAccount { account: account(1210) })
    );
    for barred in [1400, 1776, 8195] {
        assert_eq!(
            refusal(&Posting { contra_account: account(barred), ..fee() }),
            (8, FieldProblem::NotPostable { account: account(barred) })
        );
    }
}

#[test]
fn keys_that_do_not_fit_are_refused() {
    let with_key = |contra, key| {
        refusal(&Posting { contra_account: account(contra), key: Some(TaxKey::new(key).unwrap()), ..fee() })
    };
    for (contra, key) in [(3123, 94), (1361, 9), (4970, 3), (8700, 9)] {
        let (position, problem) = with_key(contra, key);
        assert_eq!(position, 9);
        assert!(matches!(problem, FieldProblem::Key(_)), "{contra} {key}: {problem}");
    }
    assert_eq!(with_key(4970, 94), (9, FieldProblem::KeyNeeds { key: TaxKey::new(94).unwrap(), needs: 43 }));
    let eu = EuTax { vat_id: EuVatId::new("AT").unwrap(), rate: None };
    let oss = Posting {
        contra_account: account(8320),
        key: Some(TaxKey::new(10).unwrap()),
        eu_destination: Some(eu),
        ..fee()
    };
    assert_eq!(refusal(&oss).1, FieldProblem::KeyNeeds { key: TaxKey::new(10).unwrap(), needs: 41 });
}

#[test]
fn a_foreign_currency_must_be_one() {
    let rate = ExchangeRate::from_units(830_000).unwrap();
    let base_amount = Amount::from_minor(100).unwrap();
    let euro = Foreign { currency: Currency::EUR, rate, base_amount };
    assert_eq!(refusal(&Posting { foreign: Some(euro), ..fee() }).0, 3);
    let pound = Foreign {
        currency: Currency::try_from("GBP").unwrap(),
        rate: ExchangeRate::from_units(0).unwrap(),
        ..euro
    };
    assert_eq!(refusal(&Posting { foreign: Some(pound), ..fee() }), (4, FieldProblem::Zero));
}

#[test]
fn fields_that_depend_on_each_other_are_refused_alone() {
    let info = Info { kind: "Art".into(), content: "".into() };
    for (details, expected) in [
        (Details { partner_bank: Some(1), ..Details::default() }, (17, FieldProblem::Needs { needs: 105 })),
        (Details { document_info: vec![info.clone()], ..Details::default() }, (21, FieldProblem::Pair)),
        (
            Details { document_info: vec![info.clone(); 9], ..Details::default() },
            (21, FieldProblem::TooManyPairs { count: 9, max: 8 }),
        ),
        (Details { key_49_type: Some(1), ..Details::default() }, (45, FieldProblem::Needs { needs: 9 })),
        (
            Details { due_date: Some(date(2025, 11, 1)), ..Details::default() },
            (117, FieldProblem::NeedsPersonalAccount),
        ),
        (
            Details { participant_number: Some(10_000), ..Details::default() },
            (108, FieldProblem::Number { number: 10_000 }),
        ),
        (
            Details { cost_date: Some(date(1999, 1, 1)), ..Details::default() },
            (104, FieldProblem::Date { date: date(1999, 1, 1) }),
        ),
        (
            Details { receivable_kind: "ä".into(), ..Details::default() },
            (91, FieldProblem::Text { found: "ä".to_owned() }),
        ),
    ] {
        assert_eq!(refusal(&with_details(details)), expected);
    }
    assert_eq!(refusal(&Posting { cost_centre_1: "a-b".into(), ..fee() }).0, 37);
    assert_eq!(refusal(&Posting { reverse_charge_case: Some(0), ..fee() }).0, 43);
}

#[test]
fn a_header_that_datev_would_refuse_is_not_written() {
    let named = |result: Result<Header, HeaderError>| match result.unwrap_err() {
        HeaderError::Field { position, .. } => position,
        other => panic!("{other}"),
    };
    let (from, to) = (date(2025, 10, 1), date(2025, 10, 31));
    assert_eq!(named(header(&Client { origin: "KON".to_owned(), ..client() }, from, to)), 8);
    assert_eq!(named(header(&Client { exported_by: "a b".to_owned(), ..client() }, from, to)), 9);
    assert_eq!(named(header(&Client { label: "{month}: 100 %".to_owned(), ..client() }, from, to)), 17);
    assert_eq!(named(header(&Client { application: "日本".to_owned(), ..client() }, from, to)), 31);
    let created = datetime(1999, 1, 1, 0, 0, 0, 0);
    assert_eq!(named(header(&Client { created, ..client() }, from, to)), 6);
    assert_eq!(header(&client(), to, from), Err(HeaderError::Order { from: to, to: from }));
    assert!(matches!(header(&client(), from, date(2026, 1, 31)), Err(HeaderError::OutsideFiscalYear { .. })));
    let deviating = FiscalYears::from_begins([date(2025, 7, 1)]).unwrap().of(from).unwrap();
    assert!(matches!(
        Header::booking_batch(&client(), deviating, from, date(2026, 1, 31)),
        Err(HeaderError::TwoCalendarYears { .. })
    ));
}

#[test]
fn a_writer_takes_its_own_category_and_versions_only() {
    let labels =
        Header::account_labels(&client(), FiscalYears::calendar().of(date(2025, 1, 1)).unwrap()).unwrap();
    let error = BatchWriter::new(Vec::new(), labels).unwrap_err();
    assert!(matches!(error, WriteError::Header(HeaderError::Category { found: 20, expected: 21 })));
    let old = Header { format_version: 7, ..october() };
    let error = BatchWriter::new(Vec::new(), old).unwrap_err();
    assert!(matches!(error, WriteError::Header(HeaderError::Version { found: 7 })));
    let nameless = Header { batch: None, ..october() };
    assert!(BatchWriter::new(Vec::new(), nameless).is_err());
}

#[test]
fn the_hundred_thousandth_row_is_refused() {
    let mut writer = BatchWriter::new(std::io::sink(), october()).unwrap();
    for _ in 0..datev::ROWS_MAX {
        writer.write(&fee()).unwrap();
    }
    assert!(matches!(writer.write(&fee()), Err(WriteError::Full)));
    assert_eq!(writer.finish().unwrap().1.rows, 99_999);
}

#[test]
fn a_day_without_fiscal_year_is_refused_by_the_splitter() {
    let years = FiscalYears::from_begins([date(2026, 7, 1)]).unwrap();
    let open = |_: &FileName| Ok(Vec::new());
    let mut splitter = BatchSplitter::new(client(), years, SplitOptions::default(), open);
    let error = splitter.write(&fee()).unwrap_err().to_string();
    assert!(error.starts_with("row 1: 2025-10-01 lies before the first fiscal year"), "{error}");
}

#[test]
fn postings_of_too_many_months_are_refused() {
    let open = |_: &FileName| Ok(std::io::sink());
    let mut splitter = BatchSplitter::new(client(), FiscalYears::calendar(), SplitOptions::default(), open);
    for month in 0..240_i16 {
        let day = Date::new(2001 + month / 12, i8::try_from(month % 12).unwrap() + 1, 15).unwrap();
        splitter.write(&Posting { date: day, ..fee() }).unwrap();
    }
    let error = splitter.write(&Posting { date: date(2021, 1, 1), ..fee() }).unwrap_err();
    assert!(matches!(error, WriteError::TooManyMonths { row: 241, max: 240 }));
    assert_eq!(splitter.finish().unwrap().len(), 240);
}

#[test]
fn values_of_partners_fit_their_columns() {
    let year = FiscalYears::calendar().of(date(2025, 1, 1)).unwrap();
    let mut writer =
        MasterDataWriter::new(Vec::new(), Header::master_data(&client(), year).unwrap()).unwrap();
    let partner = BusinessPartner::new(account(10_000), PartnerName::Company("Amazon".into()), "Amazon");
    for (further, position) in [
        ((45, Value::Text("DE88370400440532013000".into())), 45),
        ((26, Value::Text("1".into())), 26),
        ((27, Value::Number(1)), 27),
        ((101, Value::Number(100)), 101),
        ((8, Value::Text("again".into())), 8),
    ] {
        match writer.write(&BusinessPartner { further: vec![further], ..partner.clone() }).unwrap_err() {
            WriteError::Row { row: 1, error } => assert_eq!(error.column.position, position),
            other => panic!("{other}"),
        }
    }
    let further = vec![(127, Value::Number(1_250)), (45, Value::Text("DE89370400440532013000".into()))];
    assert_eq!(writer.write(&BusinessPartner { further, ..partner }).unwrap(), []);
    let text = String::from_utf8(writer.finish().unwrap()).unwrap_or_default();
    assert!(text.is_empty() || text.contains(";12,50;"));
}

#[test]
fn headers_are_read_back() {
    let header = Header { initials: "WD".to_owned(), ..october() };
    let (bytes, _) = BatchWriter::new(Vec::new(), header.clone()).unwrap().finish().unwrap();
    assert_eq!(PostingReader::new(&bytes[..]).unwrap().header(), &header);
    let mut reader = Reader::new(&b"\"EXTF\";700;46;\"Zahlungsbedingungen\";2;20240130140659583;;\"RE\";\"\";\"\";29098;55003;20240101;4;;;\"\";\"\";;;;\"\";;\"\";;;\"03\";;;\"\";\"\"\r\n"[..]).unwrap();
    let terms = Header::parse(&reader.next_row().unwrap().unwrap()).unwrap();
    assert_eq!((terms.category, terms.batch), (Category::PaymentTerms, None));
    let mut wrong = Reader::new(&b"\"EXTF\";700;21;\"Buchungsstapel\";13;2024\r\n"[..]).unwrap();
    let error = Header::parse(&wrong.next_row().unwrap().unwrap()).unwrap_err();
    assert_eq!(
        error.to_string(),
        "header field 6 (Erzeugt am) is \"2024\": expected an instant YYYYMMDDHHMMSSFFF of the years 2000 to 2099"
    );
}
