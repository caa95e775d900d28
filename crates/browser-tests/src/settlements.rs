//! What the simulated Amazon has of a merchant, read by his key as his own program would read it.

use std::collections::BTreeMap;
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

const DEBTOR: &str = "10000";
const FEES: &str = "4970";
const TRANSIT: &str = "1361";
const CLARIFICATION: &str = "1792";

/// A row of a settlement report.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// The day in Germany.
    pub day: Date,
    /// What it is.
    pub kind: TransactionType,
    /// The settlement.
    pub settlement: String,
    /// Gross, in cents.
    pub gross: i64,
    /// The fees together, in cents; what is charged is negative.
    pub fees: i64,
}

/// What the rows of a month are in the books of SKR03, in cents by contra account: onto the provider account is positive.
/// Reserve and carry-over move nothing on it.
pub fn sums(rows: &[Row], month: Date) -> BTreeMap<String, i64> {
    let mut sums = BTreeMap::new();
    let mut add = |account: &str, amount: i64| *sums.entry(account.to_owned()).or_default() += amount;
    for row in rows.iter().filter(|row| row.day.first_of_month() == month.first_of_month()) {
        add(FEES, row.fees);
        match row.kind {
            TransactionType::Capture
            | TransactionType::Refund
            | TransactionType::Chargeback
            | TransactionType::GuaranteeClaim
            | TransactionType::Dispute => add(DEBTOR, row.gross),
            TransactionType::Authorization => add(FEES, row.gross),
            TransactionType::Transfer | TransactionType::Debt => add(TRANSIT, row.gross),
            TransactionType::Adjustment | TransactionType::Unknown => add(CLARIFICATION, row.gross),
            TransactionType::Reserve | TransactionType::Carryover => {}
        }
    }
    sums.retain(|_, sum| *sum != 0);
    sums
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
                rows.push(Row {
                    day,
                    kind: row.transaction_type(),
                    settlement: row.settlement_id().to_owned(),
                    gross: row.amount(),
                    fees: row.total_fee(),
                });
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
