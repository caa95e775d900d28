//! What the simulated Amazon has of a merchant, read by his key as his own program would read it.

use std::fs::File;
use std::io::BufReader;
use std::path::PathBuf;

use amazon_pay::client::{Client, Region, SettlementPeriod};
use amazon_pay::key::PrivateKey;
use amazon_pay::report::{SettlementReport, SettlementRow, TransactionType};
use anyhow::{Context as _, Result};
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use rand::rngs::StdRng;
use tempfile::TempDir;

use crate::demo::Spare;

/// A row of a settlement report.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// The day in Germany.
    pub day: Date,
    /// What it is.
    pub kind: TransactionType,
    /// Gross and fees together, in cents.
    pub net: i64,
}

/// The files of a merchant's reports, as Amazon hands them out; they go away with it.
#[derive(Debug)]
pub struct Reports {
    folder: TempDir,
    /// Where each lies, in the order in which Amazon lists them.
    pub files: Vec<PathBuf>,
}

impl Reports {
    /// Fetches all that are listed, by the merchant's key.
    pub async fn fetch(endpoint: &str, merchant: &Spare) -> Result<Self> {
        let pem = std::fs::read(&merchant.private_key_file)?;
        let client = Client::builder(merchant.public_key_id.parse()?, PrivateKey::from_pem(&pem)?)
            .region(Region::Europe)
            .endpoint(endpoint)
            .rate_limit(None)
            .build(now, rand::make_rng::<StdRng>())?;
        let mut reports = Self { folder: tempfile::tempdir()?, files: Vec::new() };
        for report in client.settlement_reports(&SettlementPeriod::default()).await? {
            let document = report.report_document_id.context("a report that is ready has a document")?;
            let path = reports.folder.path().join(format!("{}.csv", report.report_id));
            client.download(&document, &path).await?;
            reports.files.push(path);
        }
        Ok(reports)
    }

    /// All rows of all reports.
    pub fn rows(&self) -> Result<Vec<Row>> {
        let germany = TimeZone::get("Europe/Berlin")?;
        let mut rows = Vec::new();
        for path in &self.files {
            let mut report = SettlementReport::open(BufReader::new(File::open(path)?))?;
            let mut row = SettlementRow::default();
            while report.read(&mut row)? {
                let day = row.posted().to_zoned(germany.clone()).date();
                rows.push(Row { day, kind: row.transaction_type(), net: row.net() });
            }
        }
        Ok(rows)
    }
}

/// A client of Amazon's dates its requests by the real time.
#[expect(clippy::disallowed_methods, reason = "the simulator judges signatures by the real time")]
fn now() -> Timestamp {
    Timestamp::now()
}
