//! `kontor generate amazon-pay`: settlement reports of realistic shape, made up from a seed.

use std::fs::File;
use std::io::{self, BufWriter, IsTerminal, Write};
use std::path::{Path, PathBuf};

use amazon_pay::generate::{ReportWriter, RunningSettlement, Settings, SettingsError, Style, World};
use anyhow::{Context, bail};
use app::language::Language;
use app::say;
use clap::{Args, Subcommand};
use flate2::Compression;
use flate2::write::GzEncoder;
use indicatif::{ProgressBar, ProgressStyle};
use jiff::civil::Date;

use super::{Edge, Ending};

/// Makes up reports, for trying out and for tests
#[derive(Debug, Args)]
pub(super) struct GenerateArguments {
    #[command(subcommand)]
    provider: Provider,
}

#[derive(Debug, Subcommand)]
enum Provider {
    AmazonPay(AmazonPayArguments),
}

/// Settlement reports of Amazon Pay with every kind of row, chained from one to the next
#[derive(Debug, Args)]
struct AmazonPayArguments {
    /// For how many months people buy
    #[arg(long, value_name = "N", default_value_t = 3)]
    months: u32,
    /// How many rows all reports have together
    #[arg(long, value_name = "N", default_value_t = 3_000)]
    rows: u64,
    /// The same seed gives the same bytes
    #[arg(long, value_name = "N", default_value_t = 1)]
    seed: u64,
    /// The folder that gets the reports
    #[arg(long, value_name = "DIR")]
    out: PathBuf,
    /// The day of the first transaction
    #[arg(long, value_name = "DATE", default_value = "2026-09-01")]
    start: Date,
    /// How many settlements there are [default: one a day after the first fortnight]
    #[arg(long, value_name = "N")]
    settlements: Option<u64>,
    /// Packs each report with gzip
    #[arg(long)]
    gzip: bool,
    /// Writes into a folder that is not empty; reports of the same name are replaced
    #[arg(long)]
    force: bool,
}

/// Runs the command.
pub(super) fn run(arguments: &GenerateArguments, edge: Edge) -> anyhow::Result<Ending> {
    let Provider::AmazonPay(arguments) = &arguments.provider;
    let language = edge.language;
    let settings = Settings {
        seed: arguments.seed,
        first_day: arguments.start,
        months: arguments.months,
        rows: arguments.rows,
        settlements: arguments.settlements,
        ..Settings::default()
    };
    let world = match World::new(settings) {
        Ok(world) => world,
        Err(error) => {
            eprintln!("kontor: {}", settings_text(error, language));
            return Ok(Ending::WrongUsage);
        }
    };
    let folder = &arguments.out;
    prepare(folder, arguments.force, language)?;
    let made = write_reports(world, folder, arguments.gzip, language)?;
    let reports = language.counted(
        u64::try_from(made.reports.len())?,
        ("Abrechnungsbericht", "Abrechnungsberichte"),
        ("settlement report", "settlement reports"),
    );
    let rows = language.counted(made.rows, ("Zeile", "Zeilen"), ("row", "rows"));
    let folder = folder.display();
    writeln!(
        io::stdout(),
        "{}",
        say!(language, "{reports} mit {rows} in {folder}", "{reports} with {rows} in {folder}")
    )?;
    Ok(Ending::Done)
}

/// Makes the folder; one that holds something is taken only if that is wanted.
fn prepare(folder: &Path, force: bool, language: Language) -> anyhow::Result<()> {
    std::fs::create_dir_all(folder).with_context(|| folder.display().to_string())?;
    let mut entries = std::fs::read_dir(folder).with_context(|| folder.display().to_string())?;
    if entries.next().is_some() && !force {
        let folder = folder.display();
        bail!(say!(
            language,
            "{folder} ist nicht leer; bitte einen neuen Ordner nennen oder --force angeben",
            "{folder} is not empty; name a new folder or give --force"
        ));
    }
    Ok(())
}

/// Why there can be no such reports, in the user's language.
pub(super) fn settings_text(error: SettingsError, language: Language) -> String {
    match (error, language) {
        (_, Language::En) => error.to_string(),
        (SettingsError::Months { max }, Language::De) => format!("--months liegt zwischen 1 und {max}"),
        (SettingsError::Rows { max }, Language::De) => format!("--rows ist höchstens {max}"),
        (SettingsError::Settlements { max }, Language::De) => format!(
            "in diese Monate passen 1 bis {max} Abrechnungen: die erste nach 14 Tagen, dann täglich eine"
        ),
        (SettingsError::Calendar, Language::De) => {
            "diese Monate reichen über den Kalender hinaus; bitte einen früheren Tag für --start nennen"
                .to_owned()
        }
    }
}

/// What was written.
struct Made {
    /// The paths in the order of the settlements.
    reports: Vec<PathBuf>,
    /// How many rows all reports have together.
    rows: u64,
}

/// Writes the reports of a made-up merchant into a folder, one file a settlement.
fn write_reports(mut world: World, folder: &Path, gzip: bool, language: Language) -> anyhow::Result<Made> {
    let progress = progress(world.rows(), language);
    let mut reports = Vec::new();
    while let Some(settlement) = world.next_settlement() {
        let head = settlement.head();
        let suffix = if gzip { "csv.gz" } else { "csv" };
        let path = folder.join(format!("settlement-{}.{suffix}", head.settlement_id));
        let write = || {
            let file = BufWriter::with_capacity(1 << 16, File::create(&path)?);
            if gzip {
                write_report(settlement, GzEncoder::new(file, Compression::fast()), &progress)?
                    .finish()?
                    .flush()
            } else {
                write_report(settlement, file, &progress)?.flush()
            }
        };
        write().with_context(|| path.display().to_string())?;
        reports.push(path);
    }
    progress.finish_and_clear();
    Ok(Made { reports, rows: progress.position() })
}

fn write_report<W: Write>(
    settlement: RunningSettlement<'_>,
    out: W,
    progress: &ProgressBar,
) -> io::Result<W> {
    let mut writer = ReportWriter::new(out, settlement.head(), Style::default())?;
    for row in settlement {
        writer.write(&row)?;
        progress.inc(1);
    }
    writer.finish()
}

/// A bar on a terminal, nothing when piped.
fn progress(rows: u64, language: Language) -> ProgressBar {
    if !io::stderr().is_terminal() {
        return ProgressBar::hidden();
    }
    let template = language
        .pick("erfinde {bar:30} {percent} % {pos} Zeilen", "making up {bar:30} {percent} % {pos} rows");
    let style = ProgressStyle::with_template(template).unwrap_or_else(|_| ProgressStyle::default_bar());
    ProgressBar::new(rows).with_style(style)
}
