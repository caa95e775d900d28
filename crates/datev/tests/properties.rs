//! What holds for every posting: written is read back, our own files have no finding, splitting loses nothing.

#![expect(clippy::unwrap_used, reason = "a test stops at what it did not expect")]

use std::{cell::RefCell, collections::BTreeMap, io, rc::Rc};

use datev::{
    AccountLength, AccountNumber, AdviserNumber, Amount, BatchSplitter, BatchWriter, Chart, CheckOptions,
    Client, ClientNumber, Country, Currency, Details, DocumentLink, DocumentNumber, DocumentSystem, EuTax,
    EuVatId, ExchangeRate, FileName, FiscalYears, Foreign, FormatVersion, Header, Info, KeyFacts, Percent,
    Posting, PostingReader, Side, SplitOptions, TaxKey, TaxRate, WrittenFile, check,
};
use jiff::{
    ToSpan,
    civil::{Date, date, datetime},
};
use proptest::prelude::*;

/// An output that stays reachable after the writer has gone.
#[derive(Clone, Default)]
struct Shared(Rc<RefCell<Vec<u8>>>);

impl io::Write for Shared {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.borrow_mut().write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

fn client(chart: Option<Chart>, length: u8, version: FormatVersion, locked: bool) -> Client {
    let adviser = AdviserNumber::new(29098).unwrap();
    let number = ClientNumber::new(55003).unwrap();
    Client {
        chart,
        locked,
        format_version: version,
        label: "Test {month}/{year}".to_owned(),
        origin: "KO".to_owned(),
        exported_by: "kontor".to_owned(),
        ..Client::new(
            adviser,
            number,
            AccountLength::new(length).unwrap(),
            datetime(2026, 11, 3, 10, 15, 0, 0),
        )
    }
}

fn october(client: &Client) -> Header {
    let year = FiscalYears::calendar().of(date(2025, 10, 1)).unwrap();
    Header::booking_batch(client, year, date(2025, 10, 1), date(2025, 10, 31)).unwrap()
}

/// Texts of windows-1252 that pass unchanged: no semicolons, no control characters.
fn plain_text(max: usize) -> impl Strategy<Value = String> {
    proptest::collection::vec(
        prop_oneof![
            "[ -:<-~]",
            Just("ä".to_owned()),
            Just("€".to_owned()),
            Just("\"".to_owned()),
            Just("ß".to_owned())
        ],
        0..max,
    )
    .prop_map(|characters| characters.concat())
}

fn document_number() -> impl Strategy<Value = DocumentNumber<'static>> {
    "[A-Za-z0-9$&%*+/-]{0,36}".prop_map(|text| DocumentNumber::new(text).unwrap())
}

fn info() -> impl Strategy<Value = Info<'static>> {
    ("[A-Za-z]{1,20}", "[ -:<-~ä]{1,210}")
        .prop_map(|(kind, content)| Info { kind: kind.into(), content: content.into() })
}

fn key() -> impl Strategy<Value = Option<TaxKey>> {
    let keys: Vec<u16> = KeyFacts::all().iter().map(|facts| facts.key).collect();
    proptest::option::of(proptest::sample::select(keys))
        .prop_map(|key| key.map(|key| TaxKey::new(key).unwrap()))
}

/// Accounts of four digits that a payment meets, and customers.
fn account() -> impl Strategy<Value = AccountNumber> {
    prop_oneof![
        Just(1210),
        Just(1361),
        Just(4970),
        Just(8400),
        Just(8700),
        Just(1792),
        1_u32..9999,
        10_000_u32..99_999
    ]
    .prop_map(|number| AccountNumber::new(number).unwrap())
}

fn details() -> impl Strategy<Value = Option<Box<Details<'static>>>> {
    let details = (
        proptest::collection::vec(info(), 0..9),
        proptest::collection::vec(info(), 0..21),
        proptest::option::of(Just("06bcd671-98dd-401f-933a-c01d59242b63")),
        proptest::option::of(any::<bool>()),
        plain_text(20),
        0_u16..400,
        proptest::option::of(1_u64..9999),
    )
        .prop_map(|(document_info, additional_info, guid, block, partner_name, days, quantity)| Details {
            document_info,
            additional_info,
            document_link: guid.map(|guid| DocumentLink::new(DocumentSystem::Online, guid).unwrap()),
            item_block: block,
            discount_block: block,
            partner_name: partner_name.into(),
            cost_date: Some(date(2025, 1, 1).saturating_add(i64::from(days).days())),
            cost_quantity: quantity.map(|units| datev::Quantity::from_units(units).unwrap()),
            ..Details::default()
        });
    proptest::option::weighted(0.3, details.prop_map(Box::new))
}

prop_compose! {
    fn posting(days: i64)(
        (minor, is_debit, account, contra, key) in (1_i64..=999_999_999_999, any::<bool>(), account(), account(), key()),
        day in 0..days,
        (number, text, order, settlement) in (document_number(), plain_text(40), plain_text(20), plain_text(40)),
        centre in "[A-Za-z0-9_ ]{0,36}",
        (eu, reversal, case, rate) in (any::<bool>(), any::<bool>(), proptest::option::of(1_u16..=999), any::<bool>()),
        foreign in proptest::option::of((1_u64..99_999_999_999, 1_i64..999_999)),
        details in details(),
    ) -> Posting<'static> {
        let side = if is_debit { Side::Debit } else { Side::Credit };
        let begin = date(2025, 10, 1).saturating_add(day.days());
        let percent = Percent::from_units(1900).unwrap();
        Posting {
            key,
            document_number: number,
            text: text.into(),
            order_number: order.into(),
            settlement_reference: settlement.into(),
            cost_centre_1: centre.into(),
            eu_destination: eu.then(|| EuTax { vat_id: EuVatId::new("LU20260743").unwrap(), rate: Some(percent) }),
            general_reversal: reversal,
            reverse_charge_case: case,
            tax_rate: rate.then(|| TaxRate { rate: percent, country: Country::try_from("DE").ok() }),
            foreign: foreign.map(|(rate, base)| Foreign {
                currency: Currency::try_from("GBP").unwrap(),
                rate: ExchangeRate::from_units(rate).unwrap(),
                base_amount: Amount::from_minor(base).unwrap(),
            }),
            details,
            ..Posting::new(Amount::from_minor(minor).unwrap(), side, account, contra, begin)
        }
    }
}

/// Writes what is accepted, and gives it with the file.
fn write_accepted(client: &Client, postings: &[Posting<'static>]) -> (Vec<u8>, Vec<Posting<'static>>) {
    let mut writer = BatchWriter::new(Vec::new(), october(client)).unwrap();
    let accepted = postings.iter().filter(|posting| writer.write(posting).is_ok()).cloned().collect();
    (writer.finish().unwrap().0, accepted)
}

fn split(
    years: FiscalYears,
    options: SplitOptions,
    postings: &[Posting<'static>],
) -> (Vec<WrittenFile>, BTreeMap<FileName, Vec<u8>>) {
    let mut outputs: Vec<(FileName, Shared)> = Vec::new();
    let open = |name: &FileName| {
        let output = Shared::default();
        outputs.push((name.clone(), output.clone()));
        Ok(output)
    };
    let client = client(None, 4, FormatVersion::V13, false);
    let mut splitter = BatchSplitter::new(client, years, options, open);
    for posting in postings {
        splitter.write(posting).unwrap();
    }
    let files = splitter.finish().unwrap();
    let count = outputs.len();
    let contents: BTreeMap<_, _> =
        outputs.into_iter().map(|(name, output)| (name, output.0.borrow().clone())).collect();
    assert_eq!(contents.len(), count, "every file has a name of its own");
    (files, contents)
}

fn read_all(bytes: &[u8]) -> Vec<Posting<'static>> {
    PostingReader::new(bytes).unwrap().collect::<Result<_, _>>().unwrap()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, ..ProptestConfig::default() })]

    #[test]
    fn what_is_written_is_read_back(postings in proptest::collection::vec(posting(31), 1..8), skr04 in any::<bool>()) {
        let chart = if skr04 { Chart::Skr04 } else { Chart::Skr03 };
        let (bytes, accepted) = write_accepted(&client(Some(chart), 4, FormatVersion::V13, false), &postings);
        prop_assert_eq!(read_all(&bytes), accepted);
    }

    #[test]
    fn what_is_written_has_no_finding(
        postings in proptest::collection::vec(posting(31), 1..8),
        chart in proptest::sample::select(vec![None, Some(Chart::Skr03), Some(Chart::Skr04)]),
        version in proptest::sample::select(vec![FormatVersion::V13, FormatVersion::V12, FormatVersion::V9]),
        length in 4_u8..=8,
        locked in any::<bool>(),
    ) {
        let (bytes, accepted) = write_accepted(&client(chart, length, version, locked), &postings);
        prop_assume!(!accepted.is_empty());
        let report = check(&bytes[..], Some("EXTF_Buchungsstapel_2025-10.csv"), &CheckOptions::default()).unwrap();
        prop_assert_eq!(report.findings(), &[]);
        prop_assert_eq!(report.rows(), u64::try_from(accepted.len()).unwrap());
    }

    #[test]
    fn any_text_is_written_without_finding(text in any::<String>(), order in "\\PC{0,80}", reference in any::<String>()) {
        let posting = Posting {
            text: text.into(),
            order_number: order.into(),
            settlement_reference: reference.into(),
            ..Posting::new(
                Amount::from_minor(100).unwrap(),
                Side::Debit,
                AccountNumber::new(1210).unwrap(),
                AccountNumber::new(10_000).unwrap(),
                date(2025, 10, 1),
            )
        };
        let (bytes, accepted) = write_accepted(&client(Some(Chart::Skr03), 4, FormatVersion::V13, false), &[posting]);
        prop_assert_eq!(accepted.len(), 1);
        let report = check(&bytes[..], None, &CheckOptions::default()).unwrap();
        prop_assert_eq!(report.findings(), &[]);
    }

    #[test]
    fn splitting_never_loses_a_row(
        postings in proptest::collection::vec(posting(400), 1..40),
        rows_max in 1_u32..5,
        begin in 1_i64..300,
    ) {
        let second = date(2025, 10, 1).saturating_add(begin.days());
        let years = FiscalYears::from_begins([date(2025, 1, 1), second]).unwrap();
        // Chunks, odd days and jumping months at once; the rows that a header refuses are not what is asked here.
        let postings: Vec<_> = postings
            .into_iter()
            .filter(|posting| posting.account != posting.contra_account)
            .map(|posting| Posting { key: None, ..posting })
            .collect();
        let options = SplitOptions { rows_max, ..SplitOptions::default() };
        let (files, contents) = split(years.clone(), options, &postings);
        let mut read: Vec<(Date, u64)> = Vec::new();
        for file in &files {
            prop_assert!(file.totals.rows <= rows_max && file.totals.rows > 0);
            let postings = read_all(&contents[&file.name]);
            prop_assert_eq!(u32::try_from(postings.len()).unwrap(), file.totals.rows);
            let sum: u64 = postings.iter().map(|posting| posting.amount.minor()).sum();
            prop_assert_eq!(sum, file.totals.amount());
            for posting in &postings {
                prop_assert!(file.from <= posting.date && posting.date <= file.to);
                prop_assert_eq!(years.of(posting.date).unwrap(), file.fiscal_year);
            }
            read.extend(postings.iter().map(|posting| (posting.date, posting.amount.minor())));
            let report = check(&contents[&file.name][..], Some(file.name.as_str()), &CheckOptions::default()).unwrap();
            prop_assert_eq!(report.findings(), &[]);
        }
        let mut given: Vec<(Date, u64)> =
            postings.iter().map(|posting| (posting.date, posting.amount.minor())).collect();
        given.sort_unstable();
        read.sort_unstable();
        prop_assert_eq!(read, given);
    }

    #[test]
    fn any_bytes_are_read_and_checked(bytes in proptest::collection::vec(any::<u8>(), 0..2000)) {
        let report = check(&bytes[..], None, &CheckOptions::default()).unwrap();
        prop_assert!(report.has_errors());
    }

    #[test]
    fn any_damage_to_a_file_is_read_and_checked(
        postings in proptest::collection::vec(posting(31), 1..4),
        damage in proptest::collection::vec((any::<proptest::sample::Index>(), any::<u8>()), 1..6),
    ) {
        let (mut bytes, _) = write_accepted(&client(Some(Chart::Skr03), 4, FormatVersion::V13, false), &postings);
        for (index, byte) in damage {
            let at = index.index(bytes.len());
            bytes[at] = byte;
        }
        let report = check(&bytes[..], None, &CheckOptions::default()).unwrap();
        for finding in report.findings() {
            prop_assert!(finding.found.chars().count() <= 60);
        }
        if let Ok(reader) = PostingReader::new(&bytes[..]) {
            let _ = reader.collect::<Vec<_>>();
        }
    }
}

#[test]
fn two_fiscal_years_in_one_month_make_two_files() {
    let account = |number| AccountNumber::new(number).unwrap();
    let on = |day| {
        Posting::new(
            Amount::from_minor(100).unwrap(),
            Side::Debit,
            account(1210),
            account(10_000),
            date(2026, 6, day),
        )
    };
    let years = FiscalYears::from_begins([date(2026, 1, 1), date(2026, 6, 15)]).unwrap();
    let (files, contents) = split(years, SplitOptions::default(), &[on(15), on(14), on(30), on(1)]);
    let told: Vec<_> =
        files.iter().map(|file| (file.name.as_str(), file.from, file.to, file.totals.rows)).collect();
    assert_eq!(
        told,
        [
            ("EXTF_Buchungsstapel_2026-06.csv", date(2026, 6, 1), date(2026, 6, 14), 2),
            ("EXTF_Buchungsstapel_2026-06_WJ20260615.csv", date(2026, 6, 15), date(2026, 6, 30), 2),
        ]
    );
    assert_eq!(contents.len(), 2);
}

#[test]
fn a_file_stays_below_its_bytes() {
    let account = |number| AccountNumber::new(number).unwrap();
    let posting = Posting::new(
        Amount::from_minor(100).unwrap(),
        Side::Debit,
        account(1210),
        account(10_000),
        date(2026, 6, 1),
    );
    let options = SplitOptions { bytes_max: 100_000, ..SplitOptions::default() };
    let (files, contents) = split(FiscalYears::calendar(), options, &vec![posting; 1000]);
    assert!(files.len() > 1);
    assert_eq!(files.iter().map(|file| file.totals.rows).sum::<u32>(), 1000);
    assert!(contents.values().all(|bytes| bytes.len() <= 100_000));
}

#[test]
fn the_longest_row_stays_below_the_room_kept_for_it() {
    let pairs = |count| vec![Info { kind: "\"".repeat(20).into(), content: "\"".repeat(210).into() }; count];
    let quotes = |count: usize| "\"".repeat(count);
    let details = Details {
        document_info: pairs(8),
        additional_info: pairs(20),
        partner_name: quotes(76).into(),
        mandate: quotes(35).into(),
        posting_guid: quotes(36).into(),
        identification_number: quotes(11).into(),
        subscriber_number: quotes(20).into(),
        special_balance_label: quotes(30).into(),
        ..Details::default()
    };
    let posting = Posting {
        text: quotes(60).into(),
        order_number: quotes(30).into(),
        settlement_reference: quotes(50).into(),
        details: Some(Box::new(details)),
        ..Posting::new(
            Amount::MAX,
            Side::Debit,
            AccountNumber::new(1210).unwrap(),
            AccountNumber::new(10_000).unwrap(),
            date(2025, 10, 1),
        )
    };
    let (bytes, accepted) = write_accepted(&client(None, 4, FormatVersion::V13, false), &[posting]);
    assert_eq!(accepted.len(), 1);
    assert!(bytes.len() < 32 * 1024 - 2000);
}

#[test]
fn a_refused_posting_opens_no_file() {
    let account = |number| AccountNumber::new(number).unwrap();
    let mut opened = 0;
    let open = |_: &FileName| {
        opened += 1;
        Ok(io::sink())
    };
    let client = client(Some(Chart::Skr03), 4, FormatVersion::V13, false);
    let mut splitter = BatchSplitter::new(client, FiscalYears::calendar(), SplitOptions::default(), open);
    let posting = Posting::new(Amount::MAX, Side::Debit, account(1210), account(1400), date(2025, 10, 1));
    let error = splitter.write(&posting).unwrap_err();
    assert_eq!(
        error.to_string(),
        "row 1: field 8 (Gegenkonto (ohne BU-Schlüssel)): account 1400 is collective or reserved in this chart and must not be posted"
    );
    assert_eq!(splitter.finish().unwrap(), []);
    assert_eq!(opened, 0);
}
