//! `kontor demo`: a simulator stands in for Amazon, its reports are fetched by key and converted, and where to look.

use std::io::{self, Write};
use std::path::{Path, PathBuf};

use amazon_pay::client::{Client, Region, SettlementPeriod};
use amazon_pay::key::PrivateKey;
use amazon_pay::simulator::Simulator;
use anyhow::{Context, anyhow};
use app::configuration::Configuration;
use app::convert::folder::Workplace;
use app::convert::proof::{Proof, write_summary};
use app::convert::source::{Reports, Source};
use app::convert::{Order, error_text, hand_over};
use app::{Silent, say};
use clap::Args;
use jiff::Timestamp;
use ledger::calendar::DateRange;
use ledger::chart::Chart;

use super::{Edge, Ending};
use crate::edge;

/// Plays the whole way: a simulated Amazon Pay, its reports fetched by key, batches with their proof
#[derive(Debug, Args)]
pub(super) struct DemoArguments {
    /// The folder for reports and batches [default: a new one among the temporary files]
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
    /// The same seed gives the same merchant
    #[arg(long, value_name = "N", default_value_t = 1)]
    seed: u64,
}

const MONTHS: u32 = 3;

/// Runs the command.
pub(super) fn run(arguments: &DemoArguments, edge: Edge) -> anyhow::Result<Ending> {
    let folder = match &arguments.out {
        Some(folder) => folder.clone(),
        None => tempfile::Builder::new().prefix("kontor-demo-").tempdir()?.keep(),
    };
    let (reports, batches) = (folder.join("reports"), folder.join("batches"));
    std::fs::create_dir_all(&reports).with_context(|| reports.display().to_string())?;
    let fetched = edge::runtime()?.block_on(fetch(arguments.seed, edge.now, &reports))?;
    let proof = convert(&fetched.paths, &batches, edge)?;

    let language = edge.language;
    let Fetched { merchant_id, public_key_id, requests, paths } = &fetched;
    let (count, place) = (paths.len(), reports.display());
    let mut out = io::stdout().lock();
    let heading = say!(
        language,
        "Ein Simulator hat Amazon Pay gespielt: Händler {merchant_id}, Schlüssel {public_key_id}, {requests} Anfragen.\n\
         {count} Abrechnungsberichte abgerufen: {place}\nDaraus im SKR03:",
        "A simulator played Amazon Pay: merchant {merchant_id}, key {public_key_id}, {requests} requests.\n\
         {count} settlement reports fetched: {place}\nOf them in SKR03:"
    );
    writeln!(out, "{heading}")?;
    write_summary(&proof, &batches, language, &mut out)?;
    let check = say!(
        language,
        "Prüfen: kontor datev check {}/EXTF_*.csv",
        "To check: kontor datev check {}/EXTF_*.csv",
        batches.display()
    );
    writeln!(out, "{check}")?;
    Ok(Ending::Done)
}

/// What came from the simulator.
struct Fetched {
    merchant_id: String,
    public_key_id: String,
    /// How many requests it answered.
    requests: u64,
    /// The reports, oldest first.
    paths: Vec<PathBuf>,
}

/// Starts a simulator whose world ends at `now` and fetches every settlement report by the merchant's key, over the network
/// of this machine, as it would be fetched from Amazon.
async fn fetch(seed: u64, now: Timestamp, folder: &Path) -> anyhow::Result<Fetched> {
    // Nobody waits here for a quota that protects Amazon.
    let simulator = Simulator::builder(move || now).seed(seed).months(MONTHS).throttling(false);
    let running = simulator.start().await?;
    let merchant = running.merchant();
    let key = PrivateKey::from_pem(merchant.pem().as_bytes())?;
    let client = Client::builder(merchant.public_key_id().clone(), key)
        .region(Region::Europe)
        .endpoint(running.endpoint())
        .rate_limit(None)
        .build(move || now, edge::randomness())?;
    client.check().await?;
    let mut paths = Vec::new();
    for report in client.settlement_reports(&SettlementPeriod::default()).await? {
        let document = report.report_document_id.context("a report that is ready has a document")?;
        let path = folder.join(format!("{}.csv", report.report_id));
        client.download(&document, &path).await?;
        paths.push(path);
    }
    let fetched = Fetched {
        merchant_id: merchant.merchant_id().to_owned(),
        public_key_id: merchant.public_key_id().to_string(),
        requests: running.control().request_count(),
        paths,
    };
    running.stop().await;
    Ok(fetched)
}

/// Converts the reports by the proposals of SKR03.
fn convert(paths: &[PathBuf], batches: &Path, edge: Edge) -> anyhow::Result<Proof> {
    let language = edge.language;
    let spoken = |error| anyhow!(error_text(&error, language));
    let configuration = Configuration::of_chart(Chart::Skr03).map_err(|error| anyhow!("{error}"))?;
    let reports = Reports::arrange(paths.iter().map(|path| Source::file(path)).collect()).map_err(spoken)?;
    let workplace = Workplace::prepare(batches, false).map_err(spoken)?;
    let (period, created) = (DateRange::default(), edge.now);
    let order = Order { reports: &reports, configuration: &configuration, period, created, language };
    hand_over(&order, workplace, &Silent).map_err(spoken)
}
