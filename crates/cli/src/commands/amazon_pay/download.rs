//! `kontor amazon-pay download`: the files of reports, each once.

use std::collections::HashSet;
use std::io::{self, IsTerminal as _};
use std::path::{Path, PathBuf};

use amazon_pay::client::{Client, SettlementPeriod};
use amazon_pay::model::{Report, ReportDocumentId};
use app::language::Language;
use app::say;
use clap::Args;
use indicatif::{ProgressBar, ProgressStyle};
use serde::Serialize;

use super::connection::{ConnectionArguments, failed};
use super::period::PeriodArguments;
use super::{Edge, Ending, Told, identifier, show, show_json};

/// Downloads the settlement reports of a period, or the reports named; what is there already is left as it is
#[derive(Debug, Args)]
pub(super) struct DownloadArguments {
    #[command(flatten)]
    connection: ConnectionArguments,
    /// The folder that gets the files. Called again, it gets those that are missing
    #[arg(long, value_name = "DIR")]
    out: PathBuf,
    #[command(flatten)]
    period: PeriodArguments,
    /// Reports by their ids, of any type [default: every settlement report of the period that Amazon keeps]
    #[arg(value_name = "REPORT-ID", conflicts_with_all = ["since", "until"])]
    ids: Vec<String>,
}

/// What came of it, for programs.
#[derive(Debug, Serialize)]
struct Outcome<'a> {
    folder: &'a Path,
    fetched: usize,
    files: Vec<FileOutcome>,
}

#[derive(Debug, Serialize)]
struct FileOutcome {
    report_id: String,
    path: PathBuf,
    bytes: u64,
    /// Whether it was fetched now; else it lay there already.
    fetched: bool,
}

/// A report to be fetched.
struct Wanted {
    report_id: String,
    document: ReportDocumentId,
    path: PathBuf,
}

/// Runs the command.
pub(super) async fn run(arguments: &DownloadArguments, edge: Edge) -> Told<Ending> {
    let language = edge.language;
    let period = arguments.period.instants(language)?;
    let client = arguments.connection.client(language)?;
    let folder = &arguments.out;
    std::fs::create_dir_all(folder).map_err(|error| {
        let folder = folder.display();
        say!(
            language,
            "{folder}: der Ordner lässt sich nicht anlegen: {error}",
            "{folder}: the folder cannot be made: {error}"
        )
    })?;
    let reports = if arguments.ids.is_empty() {
        let period = SettlementPeriod { since: period.since, until: period.until };
        client.settlement_reports(&period).await.map_err(|error| failed(&error, language))?
    } else {
        named(&client, &arguments.ids, language).await?
    };
    let wanted = wanted(reports, folder, language)?;
    let files = fetch(&client, &wanted, language).await?;
    let fetched = files.iter().filter(|file| file.fetched).count();
    if arguments.connection.json {
        return show_json(&Outcome { folder, fetched, files }, language);
    }
    let (there, folder) = (files.len() - fetched, folder.display());
    let text = say!(
        language,
        "{fetched} abgerufen, {there} waren schon da: {folder}",
        "{fetched} fetched, {there} were there already: {folder}"
    );
    show(&text, language)
}

/// The reports with these ids.
async fn named(client: &Client, ids: &[String], language: Language) -> Told<Vec<Report>> {
    let mut reports = Vec::new();
    for id in ids {
        let id = identifier("REPORT-ID", id, language)?;
        reports.push(client.report(&id).await.map_err(|error| failed(&error, language))?);
    }
    Ok(reports)
}

/// Where each report goes; one without a document is refused.
fn wanted(reports: Vec<Report>, folder: &Path, language: Language) -> Told<Vec<Wanted>> {
    let mut seen = HashSet::new();
    let mut wanted = Vec::new();
    for report in reports {
        let path = folder.join(file_name(&report));
        let (id, status) =
            (report.report_id.as_str().to_owned(), report.processing_status.as_str().to_owned());
        let Some(document) = report.report_document_id else {
            return Err(say!(
                language,
                "Bericht {id} hat den Stand {status} und noch keine Datei; bitte später noch einmal versuchen",
                "report {id} is {status} and has no file; try again later"
            ));
        };
        if seen.insert(id.clone()) {
            wanted.push(Wanted { report_id: id, document, path });
        }
    }
    Ok(wanted)
}

/// `2026-10-31_A08439021T39K6DTX4JS8.csv`: the last day (UTC) in front, so that the files of a folder stand in their order.
fn file_name(report: &Report) -> String {
    // The id is Amazon's word, and a path must not leave the folder by it.
    let is_plain = |letter: &char| letter.is_ascii_alphanumeric() || matches!(letter, '-' | '_');
    let id: String = report.report_id.as_str().chars().filter(is_plain).collect();
    let day = report.end_time.map(|end| end.strftime("%Y-%m-%d_").to_string()).unwrap_or_default();
    format!("{day}{id}.csv")
}

/// Fetches what is not there. A file gets its name when all of it has come, so that what lies there is whole.
async fn fetch(client: &Client, wanted: &[Wanted], language: Language) -> Told<Vec<FileOutcome>> {
    let bar = bar(wanted.len(), language);
    let mut files = Vec::new();
    for (place, Wanted { report_id, document, path }) in wanted.iter().enumerate() {
        let there = std::fs::metadata(path).ok().filter(std::fs::Metadata::is_file);
        let fetched = there.is_none();
        let bytes = if let Some(there) = there {
            there.len()
        } else {
            let downloaded = client.download(document, path).await.map_err(|error| {
                bar.finish_and_clear();
                let (text, all) = (failed(&error, language), wanted.len());
                say!(
                    language,
                    "{text}. {place} von {all} Berichten liegen im Ordner; derselbe Befehl holt die übrigen.",
                    "{text}. {place} of {all} reports are in the folder; the same command fetches the rest."
                )
            })?;
            downloaded.bytes
        };
        files.push(FileOutcome { report_id: report_id.clone(), path: path.clone(), bytes, fetched });
        bar.inc(1);
    }
    bar.finish_and_clear();
    Ok(files)
}

/// A bar on a terminal, nothing when piped.
fn bar(reports: usize, language: Language) -> ProgressBar {
    if !io::stderr().is_terminal() {
        return ProgressBar::hidden();
    }
    let template = language.pick(
        "rufe ab {bar:30} {pos} von {len} Berichten {eta}",
        "fetching {bar:30} {pos} of {len} reports {eta}",
    );
    let style = ProgressStyle::with_template(template).unwrap_or_else(|_| ProgressStyle::default_bar());
    ProgressBar::new(u64::try_from(reports).unwrap_or(u64::MAX)).with_style(style)
}
