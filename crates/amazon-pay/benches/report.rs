//! How many rows a second are read and made. `cargo bench -p amazon-pay --features generate --bench report`

use amazon_pay::generate::{ReportWriter, Settings, Style, World};
use amazon_pay::report::{SettlementReport, SettlementRow};
use divan::Bencher;
use divan::counter::{BytesCount, ItemsCount};

fn main() {
    divan::main();
}

const ROWS: u64 = 200_000;

fn generated() -> Vec<u8> {
    let settings = Settings { rows: ROWS, settlements: Some(1), ..Settings::default() };
    let mut world = World::new(settings).expect("a possible world");
    let mut settlement = world.next_settlement().expect("a settlement");
    let mut report = ReportWriter::new(Vec::new(), settlement.head(), Style::default()).expect("begins");
    for row in settlement.by_ref() {
        report.write(&row).expect("written");
    }
    report.finish().expect("ends")
}

/// Every row with its date, five amounts and both proofs.
#[divan::bench(sample_count = 20, sample_size = 1)]
fn read(bencher: Bencher) {
    let file = generated();
    bencher.counter(ItemsCount::new(ROWS)).counter(BytesCount::new(file.len())).bench_local(|| {
        let mut report = SettlementReport::open(file.as_slice()).expect("opens");
        let mut row = SettlementRow::default();
        let mut sum = 0_i64;
        while report.read(&mut row).expect("reads") {
            sum += row.net();
        }
        sum
    });
}

/// The peer: the csv crate splits the same bytes into fields and does nothing more.
#[divan::bench(sample_count = 20, sample_size = 1)]
fn split_with_the_csv_crate(bencher: Bencher) {
    let file = generated();
    bencher.counter(ItemsCount::new(ROWS)).counter(BytesCount::new(file.len())).bench_local(|| {
        let mut reader =
            csv::ReaderBuilder::new().flexible(true).has_headers(false).from_reader(file.as_slice());
        let mut record = csv::ByteRecord::new();
        let mut fields = 0;
        while reader.read_byte_record(&mut record).expect("reads") {
            fields += record.len();
        }
        fields
    });
}

#[divan::bench(sample_count = 10, sample_size = 1)]
fn make_and_write(bencher: Bencher) {
    bencher.counter(ItemsCount::new(ROWS)).bench_local(generated);
}
