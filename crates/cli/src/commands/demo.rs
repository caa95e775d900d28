//! `kontor demo`: three months of a made-up merchant, converted, and where to look.

use std::io::{self, Write};
use std::path::PathBuf;

use amazon_pay::generate::{Settings, World};
use anyhow::{Context, anyhow};
use app::configuration::Configuration;
use app::convert::folder::Workplace;
use app::convert::proof::write_summary;
use app::convert::source::{Reports, Source};
use app::convert::{Order, error_text, hand_over};
use app::{Silent, say};
use clap::Args;
use jiff::ToSpan;
use jiff::tz::TimeZone;
use ledger::calendar::DateRange;
use ledger::chart::Chart;

use super::{Edge, Ending, generate};

/// Makes up three months of a merchant, converts them, and says where batches and proof lie
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
const ROWS: u64 = 3_000;

/// Runs the command.
pub(super) fn run(arguments: &DemoArguments, edge: Edge) -> anyhow::Result<Ending> {
    let folder = match &arguments.out {
        Some(folder) => folder.clone(),
        None => tempfile::Builder::new().prefix("kontor-demo-").tempdir()?.keep(),
    };
    let reports_folder = folder.join("reports");
    std::fs::create_dir_all(&reports_folder).with_context(|| reports_folder.display().to_string())?;
    let today = edge.now.to_zoned(TimeZone::UTC).date();
    let first_day = today.first_of_month().checked_sub(i64::from(MONTHS).months())?;
    let settings =
        Settings { seed: arguments.seed, first_day, months: MONTHS, rows: ROWS, ..Settings::default() };
    let paths =
        generate::write_reports(World::new(settings)?, &reports_folder, false, edge.language)?.reports;

    let configuration = Configuration::of_chart(Chart::Skr03).map_err(|error| anyhow!("{error}"))?;
    let (batches, language) = (folder.join("batches"), edge.language);
    let spoken = |error| anyhow!(error_text(&error, language));
    let reports = Reports::arrange(paths.iter().map(|path| Source::file(path)).collect()).map_err(spoken)?;
    let workplace = Workplace::prepare(&batches, false).map_err(spoken)?;
    let (period, created) = (DateRange::default(), edge.now);
    let order = Order { reports: &reports, configuration: &configuration, period, created, language };
    let proof = hand_over(&order, workplace, &Silent).map_err(spoken)?;

    let mut out = io::stdout().lock();
    let (count, place) = (paths.len(), reports_folder.display());
    let heading = say!(
        language,
        "{count} Abrechnungsberichte eines erfundenen Händlers: {place}\nDaraus im SKR03:",
        "{count} settlement reports of a made-up merchant: {place}\nOf them in SKR03:"
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
