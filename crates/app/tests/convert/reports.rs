//! Reports of a made-up merchant in a folder, and what their rows sum up to.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::path::Path;

use amazon_pay::generate::{Settings, Style, World, write_csv};
use amazon_pay::report::{SettlementReport, SettlementRow, TransactionType};
use jiff::tz::TimeZone;
use tempfile::TempDir;

/// A merchant with all reports of some months.
pub(crate) struct Merchant {
    folder: TempDir,
}

/// What the reports say, summed without any rule of bookkeeping.
pub(crate) struct Expected {
    /// What moved on the provider account in each month that is not zero, in cents.
    pub(crate) on_provider: BTreeMap<String, i64>,
    /// How many rows there are.
    pub(crate) rows: u64,
}

impl Merchant {
    pub(crate) fn new(seed: u64, months: u32, rows: u64) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let settings = Settings { seed, months, rows, settlements: Some(4), ..Settings::default() };
        for settlement in World::new(settings).unwrap() {
            let name = format!("{}.csv", settlement.head.settlement_id);
            fs::write(
                folder.path().join(name),
                write_csv(&settlement, Vec::new(), Style::default()).unwrap(),
            )
            .unwrap();
        }
        Self { folder }
    }

    pub(crate) fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// The net amounts by month in Berlin; carry-overs move nothing, reserves only where they have an account.
    pub(crate) fn expected(&self, reserve: bool) -> Expected {
        let zone = TimeZone::get("Europe/Berlin").unwrap();
        let mut expected = Expected { on_provider: BTreeMap::new(), rows: 0 };
        for entry in fs::read_dir(self.folder()).unwrap() {
            let mut report = SettlementReport::open(File::open(entry.unwrap().path()).unwrap()).unwrap();
            let mut row = SettlementRow::default();
            while report.read(&mut row).unwrap() {
                expected.rows += 1;
                let stays = match row.transaction_type() {
                    TransactionType::Carryover => true,
                    TransactionType::Reserve => !reserve,
                    _ => false,
                };
                let moved = if stays { row.net() - row.amount() } else { row.net() };
                let month = row.posted().to_zoned(zone.clone()).strftime("%Y-%m").to_string();
                *expected.on_provider.entry(month).or_default() += moved;
            }
        }
        expected.on_provider.retain(|_, sum| *sum != 0);
        expected
    }
}
