//! What the writers write, byte by byte.

#![expect(clippy::unwrap_used, reason = "a test stops at what it did not expect")]

use datev::{
    AccountLabel, AccountLabelWriter, AccountLength, AccountNumber, AdviserNumber, Amount, BatchWriter,
    BusinessPartner, Change, Chart, Client, ClientNumber, DocumentNumber, FiscalYears, FormatVersion, Header,
    LabelLanguage, MasterDataWriter, PartnerName, PostalAddress, Posting, Side,
};
use jiff::civil::{date, datetime};

/// One posting of SKR03 with order and settlement, as DATEV documents the columns.
const ROW: &str = concat!(
    r#"119,00;"S";"";;;"";1210;10000;"";0110;"S02-7654321-1234567";"";;"Zahlung Müller, Köln";;"";;;;"";"#,
    r#""";"";"";"";"";"";"";"";"";"";"";"";"";"";"";"";"";"";;"";;"";;;;;;"#,
    r#""";"";"";"";"";"";"";"";"";"";"";"";"";"";"";"";"";"";"";"";"";"";"";"";"";"";"";"";"";"";"";"";"";"";"";"";"";"";"";"";;;;"";;;;"#,
    r#""S02-7654321-1234567";"";;"";;;;"";"";;"";;"";;"";"";;"";;0;;;;"0";;"";"24571234561";;"";;"#,
    "\r\n"
);

fn client() -> Client {
    let adviser = AdviserNumber::new(29098).unwrap();
    let client = ClientNumber::new(55003).unwrap();
    Client {
        chart: Some(Chart::Skr03),
        origin: "KO".to_owned(),
        exported_by: "kontor".to_owned(),
        label: "Amazon Pay {month}/{year}".to_owned(),
        ..Client::new(adviser, client, AccountLength::FOUR, datetime(2025, 11, 3, 10, 15, 0, 123_000_000))
    }
}

fn october(client: &Client) -> Header {
    let year = FiscalYears::calendar().of(date(2025, 10, 1)).unwrap();
    Header::booking_batch(client, year, date(2025, 10, 1), date(2025, 10, 31)).unwrap()
}

fn account(number: u32) -> AccountNumber {
    AccountNumber::new(number).unwrap()
}

fn payment() -> Posting<'static> {
    Posting {
        document_number: DocumentNumber::new("S02-7654321-1234567").unwrap(),
        text: "Zahlung Müller; Köln".into(),
        order_number: "S02-7654321-1234567".into(),
        settlement_reference: "24571234561".into(),
        ..Posting::new(
            Amount::from_minor(11_900).unwrap(),
            Side::Debit,
            account(1210),
            account(10_000),
            date(2025, 10, 1),
        )
    }
}

fn written(client: &Client, posting: &Posting<'_>) -> Vec<String> {
    let mut writer = BatchWriter::new(Vec::new(), october(client)).unwrap();
    writer.write(posting).unwrap();
    let (bytes, totals) = writer.finish().unwrap();
    assert_eq!(totals.bytes, u64::try_from(bytes.len()).unwrap());
    let (text, _, had_errors) = encoding_rs::WINDOWS_1252.decode(&bytes);
    assert!(!had_errors);
    text.split_inclusive('\n').map(str::to_owned).collect()
}

#[test]
fn a_payment_is_written_byte_by_byte_as_documented() {
    let lines = written(&client(), &payment());
    assert_eq!(lines.len(), 3);
    assert_eq!(
        lines[0],
        "\"EXTF\";700;21;\"Buchungsstapel\";13;20251103101500123;;\"KO\";\"kontor\";\"\";29098;55003;20250101;4;\
         20251001;20251031;\"Amazon Pay 10/2025\";\"\";1;0;0;\"EUR\";;\"\";;;\"03\";;;\"\";\"\"\r\n"
    );
    assert!(lines[1].starts_with("Umsatz (ohne Soll/Haben-Kz);Soll/Haben-Kennzeichen;WKZ Umsatz;Kurs;"));
    assert!(lines[1].ends_with(";EU-Steuersatz (Ursprung);Abw. Skontokonto\r\n"));
    assert_eq!(lines[1].split(';').count(), 125);
    assert_eq!(lines[2], ROW);
}

#[test]
fn the_header_that_datev_publishes_is_written_byte_by_byte() {
    let header = Header {
        origin: "RE".to_owned(),
        exported_by: String::new(),
        label: "Buchungsstapel".to_owned(),
        initials: "WD".to_owned(),
        created: datetime(2024, 1, 30, 14, 4, 40, 439_000_000),
        ..Header::booking_batch(
            &client(),
            FiscalYears::calendar().of(date(2024, 1, 1)).unwrap(),
            date(2024, 1, 1),
            date(2024, 8, 31),
        )
        .unwrap()
    };
    let (bytes, _) = BatchWriter::new(Vec::new(), header).unwrap().finish().unwrap();
    let line = bytes.split(|&byte| byte == b'\n').next().unwrap();
    assert_eq!(
        String::from_utf8_lossy(line),
        "\"EXTF\";700;21;\"Buchungsstapel\";13;20240130140440439;;\"RE\";\"\";\"\";29098;55003;20240101;4;20240101;\
         20240831;\"Buchungsstapel\";\"WD\";1;0;0;\"EUR\";;\"\";;;\"03\";;;\"\";\"\"\r"
    );
}

#[test]
fn a_changed_text_is_told_with_its_field() {
    let mut writer = BatchWriter::new(Vec::new(), october(&client())).unwrap();
    let changes = writer.write(&payment()).unwrap();
    assert_eq!(changes.len(), 1);
    assert_eq!((changes[0].column.position, changes[0].change), (14, Change::Separator));
}

#[test]
fn older_versions_have_fewer_columns_and_say_what_they_leave_out() {
    for (version, columns, left_out) in
        [(FormatVersion::V12, 124, vec![]), (FormatVersion::V9, 120, vec![121])]
    {
        let client = Client { format_version: version, ..client() };
        let lines = written(&client, &payment());
        assert_eq!(lines[1].split(';').count(), columns);
        assert_eq!(lines[2].split(';').count(), columns);
        let mut writer = BatchWriter::new(Vec::new(), october(&client)).unwrap();
        let changes = writer.write(&payment()).unwrap();
        let missing: Vec<u16> = changes
            .iter()
            .filter(|change| change.change == Change::LeftOut)
            .map(|change| change.column.position)
            .collect();
        assert_eq!(missing, left_out);
    }
    let names = &written(&Client { format_version: FormatVersion::V9, ..client() }, &payment())[1];
    assert!(names.contains(";EU-Land u. UStID;EU-Steuersatz;") && names.ends_with(";Steuersatz;Land\r\n"));
}

#[test]
fn a_locked_batch_says_so_in_header_and_rows() {
    let lines = written(&Client { locked: true, ..client() }, &payment());
    assert!(lines[0].contains(";1;0;1;\"EUR\";"));
    assert_eq!(lines[2].split(';').nth(113), Some("1"));
}

#[test]
fn account_labels_are_written_as_datev_samples_show_them() {
    let year = FiscalYears::calendar().of(date(2024, 1, 1)).unwrap();
    let header = Header::account_labels(&client(), year).unwrap();
    let mut writer = AccountLabelWriter::new(Vec::new(), header).unwrap();
    let label = AccountLabel {
        account: account(1361),
        label: "Geldtransit Amazon Pay".into(),
        language: LabelLanguage::German,
        long_label: "Geldtransit Amazon Pay".into(),
    };
    assert_eq!(writer.write(&label).unwrap(), []);
    let text = String::from_utf8(writer.finish().unwrap()).unwrap();
    let lines: Vec<&str> = text.split("\r\n").collect();
    assert!(lines[0].starts_with("\"EXTF\";700;20;\"Kontenbeschriftungen\";3;"));
    assert!(lines[0].ends_with(";29098;55003;20240101;4;;;\"\";\"\";;;;\"\";;\"\";;;\"03\";;;\"\";\"\""));
    assert_eq!(lines[1], "Konto;Kontobeschriftung;SprachId;Kontenbeschriftung lang");
    assert_eq!(lines[2], "1361;\"Geldtransit Amazon Pay\";\"de-DE\";\"Geldtransit Amazon Pay\"");
    assert_eq!(&lines[3..], [""]);
}

#[test]
fn a_customer_is_written_into_the_columns_of_its_type() {
    let year = FiscalYears::calendar().of(date(2024, 1, 1)).unwrap();
    let header = Header::master_data(&client(), year).unwrap();
    let mut writer = MasterDataWriter::new(Vec::new(), header).unwrap();
    let address = PostalAddress {
        street: "Große Straße 1".into(),
        postcode: "10115".into(),
        town: "Berlin".into(),
        country: Some("DE".try_into().unwrap()),
    };
    let customer = BusinessPartner {
        address: Some(address),
        ..BusinessPartner::new(
            account(10_000),
            PartnerName::Company("Amazon Pay diverse".into()),
            "Amazon Pay",
        )
    };
    assert_eq!(writer.write(&customer).unwrap(), []);
    assert!(writer.write(&customer).is_err(), "a repeated account would overwrite the first");
    assert!(writer.write(&BusinessPartner { account: account(1210), ..customer.clone() }).is_err());
    let bytes = writer.finish().unwrap();
    let (text, _, _) = encoding_rs::WINDOWS_1252.decode(&bytes);
    let lines: Vec<&str> = text.split("\r\n").collect();
    assert_eq!(lines[1].split(';').count(), 254);
    let fields: Vec<&str> = lines[2].split(';').collect();
    assert_eq!(fields.len(), 254);
    assert_eq!(
        &fields[..10],
        [
            "10000",
            "\"Amazon Pay diverse\"",
            "\"\"",
            "\"\"",
            "\"\"",
            "\"\"",
            "\"2\"",
            "\"Amazon Pay\"",
            "\"\"",
            "\"\""
        ]
    );
    assert_eq!(
        fields[14..20],
        ["\"STR\"", "\"Große Straße 1\"", "\"\"", "\"10115\"", "\"Berlin\"", "\"DE\""]
    );
    assert_eq!(fields[25], "1");
}
