//! What an independent reader, `datev-types` 0.4, makes of our files.
//!
//! It reads versions 12 and 13, turns every comma of a row into a dot and takes the year 2021 for every date; what it
//! reads right is asked of it.

#![expect(clippy::unwrap_used, reason = "a test stops at what it did not expect")]

use datev::{
    AccountLength, AccountNumber, AdviserNumber, Amount, BatchWriter, Chart, Client, ClientNumber,
    DocumentNumber, FiscalYears, FormatVersion, Header, Posting, Side, TaxKey,
};
use datev_types::{Buchungsstapel, buchung::SollHabenKennzeichen};
use jiff::civil::{date, datetime};

fn written(version: FormatVersion, postings: &[Posting<'_>]) -> String {
    let adviser = AdviserNumber::new(29098).unwrap();
    let number = ClientNumber::new(55003).unwrap();
    let created = datetime(2021, 11, 3, 10, 15, 0, 123_000_000);
    let client = Client {
        chart: Some(Chart::Skr03),
        format_version: version,
        label: "Test".to_owned(),
        ..Client::new(adviser, number, AccountLength::FOUR, created)
    };
    let year = FiscalYears::calendar().of(date(2021, 10, 1)).unwrap();
    let header = Header::booking_batch(&client, year, date(2021, 10, 1), date(2021, 10, 31)).unwrap();
    let mut writer = BatchWriter::new(Vec::new(), header).unwrap();
    for posting in postings {
        writer.write(posting).unwrap();
    }
    let bytes = writer.finish().unwrap().0;
    encoding_rs::WINDOWS_1252.decode(&bytes).0.into_owned()
}

#[test]
fn datev_types_reads_the_same_postings() {
    let account = |number| AccountNumber::new(number).unwrap();
    let payment = Posting {
        document_number: DocumentNumber::new("S02-7654321-1234567").unwrap(),
        text: "Zahlung Müller".into(),
        order_number: "S02-7654321-1234567".into(),
        settlement_reference: "24571234561".into(),
        ..Posting::new(
            Amount::from_minor(11_905).unwrap(),
            Side::Debit,
            account(1210),
            account(10_000),
            date(2021, 10, 1),
        )
    };
    let fee = Posting {
        key: Some(TaxKey::new(506).unwrap()),
        ..Posting::new(
            Amount::from_minor(261).unwrap(),
            Side::Credit,
            account(1210),
            account(4970),
            date(2021, 10, 31),
        )
    };
    for version in [FormatVersion::V12, FormatVersion::V13] {
        let text = written(version, &[payment.clone(), fee.clone()]);
        let batch = Buchungsstapel::try_from(text.as_str()).unwrap();
        assert_eq!((batch.header.beraternummer, batch.header.mandantennummer), (29098, 55003));
        assert_eq!(batch.header.sachkontenlänge, 4);
        assert_eq!(batch.header.datum_bis, chrono::NaiveDate::from_ymd_opt(2021, 10, 31).unwrap());
        let [first, second] = &batch.buchungen[..] else { panic!("two postings") };
        assert_eq!(first.umsatz.to_string(), "119.05");
        assert_eq!(first.soll_haben_kennzeichen, SollHabenKennzeichen::Soll);
        assert_eq!((first.konto, first.gegenkonto), (1210, 10_000));
        assert_eq!(first.beleg_datum, chrono::NaiveDate::from_ymd_opt(2021, 10, 1).unwrap());
        assert_eq!(first.belegfeld1.as_deref(), Some("S02-7654321-1234567"));
        assert_eq!(first.buchungstext.as_deref(), Some("Zahlung Müller"));
        assert_eq!(first.auftragsnummer.as_deref(), Some("S02-7654321-1234567"));
        assert_eq!(first.abrechnungsreferenz.as_deref(), Some("24571234561"));
        assert_eq!(second.umsatz.to_string(), "2.61");
        assert_eq!(second.soll_haben_kennzeichen, SollHabenKennzeichen::Haben);
        assert_eq!(second.bu_schlüssel, Some(506));
        assert_eq!(second.beleg_datum, chrono::NaiveDate::from_ymd_opt(2021, 10, 31).unwrap());
    }
}
