//! Postings written by this crate and by `datev-types` 0.4 (<https://crates.io/crates/datev-types>), the same content
//! in the same run; reading back and checking what was written.

#![expect(clippy::unwrap_used, reason = "a benchmark stops at what it did not expect")]

use std::{fmt::Write as _, io};

use chrono::NaiveDate;
use datev::{
    AccountLength, AccountNumber, AdviserNumber, Amount, BatchWriter, Chart, CheckOptions, Client,
    ClientNumber, DocumentNumber, FiscalYears, Header, Posting, PostingReader, Reader, Side, check,
};
use datev_types::buchung::{Buchung, SollHabenKennzeichen};
use divan::{Bencher, counter::BytesCount, counter::ItemsCount};
use jiff::civil::{Date, date, datetime};

const ROWS: u32 = 99_999;

fn main() {
    divan::main();
}

/// The content of one posting, owned by nobody's types.
struct Content {
    minor: i64,
    is_debit: bool,
    account: u32,
    contra_account: u32,
    day: i8,
    order: String,
    text: String,
    settlement: String,
}

/// Payments and fees as a payment provider makes them.
fn contents() -> Vec<Content> {
    (0..ROWS)
        .map(|number| {
            let is_debit = number % 2 == 0;
            let order = format!("S02-{:07}-{:07}", number / 2, number % 9_999_991);
            let text = if is_debit {
                format!("Amazon Pay Zahlung {order}")
            } else {
                format!("Amazon Pay Gebühr {order}")
            };
            Content {
                minor: i64::from(number % 50_000) + 1,
                is_debit,
                account: 1210,
                contra_account: if is_debit { 10_000 } else { 4970 },
                day: i8::try_from(number % 31).unwrap_or_default() + 1,
                order,
                text,
                settlement: format!("2457{:07}", number / 5000),
            }
        })
        .collect()
}

fn header() -> Header {
    let adviser = AdviserNumber::new(29098).unwrap();
    let number = ClientNumber::new(55003).unwrap();
    let created = datetime(2025, 11, 3, 10, 15, 0, 0);
    let client =
        Client { chart: Some(Chart::Skr03), ..Client::new(adviser, number, AccountLength::FOUR, created) };
    let year = FiscalYears::calendar().of(date(2025, 10, 1)).unwrap();
    Header::booking_batch(&client, year, date(2025, 10, 1), date(2025, 10, 31)).unwrap()
}

fn posting(content: &Content) -> Posting<'_> {
    let side = if content.is_debit { Side::Debit } else { Side::Credit };
    Posting {
        document_number: DocumentNumber::new(content.order.as_str()).unwrap(),
        text: content.text.as_str().into(),
        order_number: content.order.as_str().into(),
        settlement_reference: content.settlement.as_str().into(),
        ..Posting::new(
            Amount::from_minor(content.minor).unwrap(),
            side,
            AccountNumber::new(content.account).unwrap(),
            AccountNumber::new(content.contra_account).unwrap(),
            Date::constant(2025, 10, content.day),
        )
    }
}

fn write<W: io::Write>(output: W, contents: &[Content]) -> W {
    let mut writer = BatchWriter::new(output, header()).unwrap();
    for content in contents {
        writer.write(&posting(content)).unwrap();
    }
    writer.finish().unwrap().0
}

/// Room for all bytes, given to both writers so that neither pays for fresh memory.
const ROOM_BYTES: usize = 64 << 20;

#[divan::bench(sample_count = 20)]
fn write_with_datev(bencher: Bencher<'_, '_>) {
    let contents = contents();
    let mut output = vec![0; ROOM_BYTES];
    bencher.counter(ItemsCount::new(ROWS)).bench_local(|| {
        output.clear();
        write(&mut output, &contents).len()
    });
}

#[divan::bench(sample_count = 5)]
fn write_with_datev_types(bencher: Bencher<'_, '_>) {
    let contents = contents();
    let template = Buchung::default();
    let mut output = " ".repeat(ROOM_BYTES);
    bencher.counter(ItemsCount::new(ROWS)).bench_local(|| {
        output.clear();
        for content in &contents {
            write!(output, "{}", buchung(&template, content)).unwrap();
        }
        output.len()
    });
}

/// The default asks the clock for a date, so that it is taken once and given in.
fn buchung(template: &Buchung, content: &Content) -> Buchung {
    let side = if content.is_debit { SollHabenKennzeichen::Soll } else { SollHabenKennzeichen::Haben };
    Buchung {
        umsatz: f64::from(u32::try_from(content.minor).unwrap()) / 100.0,
        soll_haben_kennzeichen: side,
        konto: content.account,
        gegenkonto: content.contra_account,
        beleg_datum: NaiveDate::from_ymd_opt(2025, 10, content.day.unsigned_abs().into()).unwrap(),
        belegfeld1: Some(content.order.clone()),
        buchungstext: Some(content.text.clone()),
        auftragsnummer: Some(content.order.clone()),
        abrechnungsreferenz: Some(content.settlement.clone()),
        ..template.clone()
    }
}

#[divan::bench(sample_count = 20)]
fn read_rows(bencher: Bencher<'_, '_>) {
    let bytes = write(Vec::new(), &contents());
    bencher.counter(BytesCount::new(bytes.len())).bench_local(|| {
        let mut reader = Reader::new(&bytes[..]).unwrap();
        let mut fields = 0;
        while let Some(row) = reader.next_row().unwrap() {
            fields += row.len();
        }
        fields
    });
}

#[divan::bench(sample_count = 10)]
fn read_postings(bencher: Bencher<'_, '_>) {
    let bytes = write(Vec::new(), &contents());
    let counter = ItemsCount::new(ROWS);
    bencher
        .counter(counter)
        .bench_local(|| PostingReader::new(&bytes[..]).unwrap().filter_map(Result::ok).count());
}

#[divan::bench(sample_count = 10)]
fn check_file(bencher: Bencher<'_, '_>) {
    let bytes = write(Vec::new(), &contents());
    let options = CheckOptions::default();
    bencher.counter(ItemsCount::new(ROWS)).bench_local(|| check(&bytes[..], None, &options).unwrap().rows());
}
