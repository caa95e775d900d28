//! A month out of stored settlements is the month out of their reports: the same entries, tallies and chain.

#![expect(clippy::unwrap_used, reason = "a test tells what is missing by stopping there")]

use std::cell::RefCell;
use std::collections::BTreeSet;
use std::fs::File;
use std::io::BufWriter;
use std::path::Path;

use amazon_pay::generate::{ReportWriter, Settings, Style, World};
use amazon_pay::report::{SettlementReport, SettlementRow};
use app::Silent;
use app::configuration::Configuration;
use app::convert::movement_source::{Document, Head, MovementSource, StoredSums};
use app::convert::run::{Run, Way, run};
use app::convert::source::{Reports, Source};
use app::convert::{ConvertError, HandedOut, ReportSource};
use jiff::civil::{Date, date};
use ledger::assign::Assigner;
use ledger::calendar::{DateRange, Month};
use ledger::entry::Entry;
use ledger::movement::Movement;
use ledger::sums::DaySums;
use providers::amazon_pay::{EarlierPayments, NoEarlierPayments, Period, SettlementSums, movement};

/// Fees change in the middle, and one store's key is the reference of its payments: both ask for earlier payments.
const SETTINGS: &str = r#"
[client]
chart = "skr03"
[[account]]
for = "fee"
account = 4980
from = 2026-11-01
[[store]]
name = "Nordlicht Shop"
order-key = "seller-reference"
"#;

struct Stored {
    settlements: Vec<(Head, Vec<SettlementRow>)>,
    current: RefCell<usize>,
    read: RefCell<BTreeSet<usize>>,
}

fn store(reports: &Reports, configuration: &Configuration) -> Stored {
    let mut assigner = Assigner::new(&configuration.rules, DateRange::default());
    let mut settlements = Vec::new();
    for report in &reports.reports {
        let name = report.source.name.clone();
        let settlement = report.settlement.clone().unwrap();
        let period =
            Period { settlement: settlement.clone(), start: report.preamble.start, end: report.preamble.end };
        let (mut chain, mut days) = (SettlementSums::new(period.clone()), DaySums::new());
        let mut reader = SettlementReport::open(report.source.open().unwrap()).unwrap();
        let (mut rows, mut row) = (Vec::new(), SettlementRow::default());
        while reader.read(&mut row).unwrap() {
            let movement = movement(&row);
            let day = assigner.date(movement.instant);
            chain.count(&movement, day).unwrap();
            days.count(&movement, day).unwrap();
            rows.push(std::mem::take(&mut row));
        }
        let document = Document {
            name: name.clone(),
            sha256: String::new(),
            settlement: Some(settlement),
            rows: u64::try_from(rows.len()).unwrap(),
            bytes: 0,
        };
        let stored = StoredSums { document, chain, days: days.into_list() };
        settlements.push((Head { name, period: Some(period), stored: Some(stored) }, rows));
    }
    Stored { settlements, current: RefCell::new(0), read: RefCell::default() }
}

impl MovementSource for &Stored {
    fn advance(&mut self) -> Result<Option<Head>, ConvertError> {
        *self.current.borrow_mut() += 1;
        Ok(self.settlements.get(*self.current.borrow() - 1).map(|(head, _)| head.clone()))
    }

    fn rows(
        &mut self,
        mut take: impl FnMut(&Movement<'_>) -> Result<(), ConvertError>,
    ) -> Result<Document, ConvertError> {
        let place = *self.current.borrow() - 1;
        self.read.borrow_mut().insert(place);
        let (head, rows) = &self.settlements[place];
        rows.iter().try_for_each(|row| take(&movement(row)))?;
        Ok(head.stored.as_ref().unwrap().document.clone())
    }
}

/// Payments of the settlements before the current one whose rows were not read.
struct Earlier<'s>(&'s Stored, Assigner<'s>, usize);

impl EarlierPayments for Earlier<'_> {
    fn of_order(
        &mut self,
        reference: &str,
        take: &mut dyn FnMut(&Movement<'_>, Date),
    ) -> Result<(), Box<dyn std::error::Error + Send + Sync>> {
        let before = 0..*self.0.current.borrow() - 1;
        for place in before.filter(|place| !self.0.read.borrow().contains(place)) {
            for row in self.0.settlements[place].1.iter().filter(|row| row.order_reference_id() == reference)
            {
                self.2 += 1;
                take(&movement(row), self.1.date(row.posted()));
            }
        }
        Ok(())
    }
}

fn write_reports(folder: &Path) -> Reports {
    let settings = Settings { rows: 6_000, seed: 4, ..Settings::default() };
    let mut world = World::new(settings).unwrap();
    let mut sources = Vec::new();
    while let Some(settlement) = world.next_settlement() {
        let path = folder.join(&settlement.head().settlement_id);
        let file = BufWriter::new(File::create(&path).unwrap());
        let mut writer = ReportWriter::new(file, settlement.head(), Style::default()).unwrap();
        settlement.into_iter().for_each(|row| writer.write(&row).unwrap());
        writer.finish().unwrap();
        sources.push(Source::file(&path));
    }
    Reports::arrange(sources).unwrap()
}

fn walk(source: impl MovementSource, way: Way<'_>, earlier: &mut dyn EarlierPayments) -> (Run, Vec<String>) {
    let mut lines = Vec::new();
    let entries = |entry: &Entry<'_>| {
        lines.push(format!("{entry:?}"));
        Ok(())
    };
    let (found, _, _) = run(source, way, earlier, entries, |_: &Entry<'_>| Ok(())).unwrap();
    (found, lines)
}

#[test]
fn a_month_of_stored_settlements_is_the_month_of_their_reports() {
    let folder = tempfile::tempdir().unwrap();
    let reports = write_reports(folder.path());
    let configuration = Configuration::read(SETTINGS).unwrap();
    let (rules, handed_out) = (&configuration.rules, HandedOut::default());
    for month in [date(2026, 9, 1), date(2026, 10, 1), date(2026, 11, 1)].map(Month::of) {
        let way = Way { rules, period: month.days(), handed_out: &handed_out, scratch: folder.path() };
        let (by_rows, entries) = walk(ReportSource::new(&reports, &Silent), way, &mut NoEarlierPayments);
        let stored = store(&reports, &configuration);
        let mut earlier = Earlier(&stored, Assigner::new(rules, DateRange::default()), 0);
        let (by_sums, same_entries) = walk(&stored, way, &mut earlier);
        assert!(entries.len() > 500, "{month}: {} entries", entries.len());
        assert_eq!(same_entries, entries, "{month}");
        assert_eq!(by_sums.settlements, by_rows.settlements, "{month}");
        assert_eq!(format!("{:?}", by_sums.chain), format!("{:?}", by_rows.chain), "{month}");
        assert!(by_sums.documents.len() < by_rows.documents.len(), "not all rows were read");
        assert!(month == Month::of(date(2026, 9, 1)) || earlier.2 > 0, "{month}: nothing was looked up");
    }
}

#[test]
fn the_sums_of_the_chain_are_read_back_as_they_were_stored() {
    let folder = tempfile::tempdir().unwrap();
    let reports = write_reports(folder.path());
    let stored = store(&reports, &Configuration::read(SETTINGS).unwrap());
    for (head, _) in &stored.settlements {
        let chain = &head.stored.as_ref().unwrap().chain;
        let text = serde_json::to_string(chain).unwrap();
        assert_eq!(serde_json::from_str::<SettlementSums>(&text).unwrap(), *chain);
    }
}
