//! `kontor amazon-pay reports` and `report`: which reports there are, and how far one is.

use std::pin::pin;

use amazon_pay::client::ReportQuery;
use amazon_pay::model::{ProcessingStatus, Report, ReportType};
use app::language::Language;
use clap::Args;
use futures_util::TryStreamExt as _;
use jiff::Timestamp;

use super::connection::{ConnectionArguments, failed};
use super::period::PeriodArguments;
use super::table::table;
use super::{Edge, Ending, Told, identifier, show, show_json};

/// Lists the reports of the last 90 days, or those made in a period
#[derive(Debug, Args)]
pub(super) struct ReportsArguments {
    #[command(flatten)]
    connection: ConnectionArguments,
    #[command(flatten)]
    period: PeriodArguments,
    /// Only reports of this type, as Amazon writes it; `settlement` stands for settlement reports
    #[arg(long = "type", value_name = "TYPE")]
    types: Vec<String>,
    /// Only reports in this state: IN_PROGRESS, COMPLETED, FAILED or CANCELLED
    #[arg(long = "status", value_name = "STATUS")]
    statuses: Vec<String>,
}

/// Shows one report
#[derive(Debug, Args)]
pub(super) struct ReportArguments {
    #[command(flatten)]
    connection: ConnectionArguments,
    /// The report's id, such as A08439021T39K6DTX4JS8
    #[arg(value_name = "REPORT-ID")]
    id: String,
}

/// Runs `reports`.
pub(super) async fn list(arguments: &ReportsArguments, edge: Edge) -> Told<Ending> {
    let language = edge.language;
    let period = arguments.period.instants(language)?;
    let client = arguments.connection.client(language)?;
    let query = ReportQuery {
        report_types: arguments.types.iter().map(|name| report_type(name)).collect(),
        processing_statuses: arguments.statuses.iter().map(|name| status(name)).collect(),
        created_since: period.since,
        created_until: period.until,
        ..ReportQuery::default()
    };
    let mut reports: Vec<Report> = Vec::new();
    let mut listed = pin!(client.reports(&query));
    while let Some(report) = listed.try_next().await.map_err(|error| failed(&error, language))? {
        reports.push(report);
    }
    if arguments.connection.json {
        return show_json(&serde_json::json!({ "reports": reports }), language);
    }
    if reports.is_empty() {
        let none = language.pick(
            "Keine Berichte. Abrechnungsberichte entstehen 14 Tage nach der ersten Zahlung und bleiben 90 Tage abrufbar.",
            "No reports. Settlement reports begin 14 days after the first payment and can be fetched for 90 days.",
        );
        return show(none, language);
    }
    let heading = language.pick(
        ["Erstellt (UTC)", "Zeitraum (UTC)", "Status", "Bericht", "Art"],
        ["Created (UTC)", "Period (UTC)", "Status", "Report", "Type"],
    );
    let rows: Vec<Vec<String>> = reports
        .iter()
        .map(|report| {
            vec![
                minute(report.created_time),
                format!("{} – {}", minute(report.start_time), minute(report.end_time)),
                report.processing_status.as_str().to_owned(),
                report.report_id.as_str().to_owned(),
                report.report_type.as_str().to_owned(),
            ]
        })
        .collect();
    show(&table(&heading, &rows, &[]), language)
}

/// Runs `report`.
pub(super) async fn one(arguments: &ReportArguments, edge: Edge) -> Told<Ending> {
    let language = edge.language;
    let id = identifier("REPORT-ID", &arguments.id, language)?;
    let client = arguments.connection.client(language)?;
    let report = client.report(&id).await.map_err(|error| failed(&error, language))?;
    if arguments.connection.json {
        return show_json(&report, language);
    }
    show(&described(&report, language), language)
}

fn described(report: &Report, language: Language) -> String {
    let document = report.report_document_id.as_ref().map_or("–", |id| id.as_str());
    let rows = [
        ("Bericht", "Report", report.report_id.as_str().to_owned()),
        ("Art", "Type", report.report_type.as_str().to_owned()),
        ("Status", "Status", report.processing_status.as_str().to_owned()),
        ("Zeitraum", "Period", format!("{} – {} UTC", minute(report.start_time), minute(report.end_time))),
        ("Erstellt", "Created", format!("{} UTC", minute(report.created_time))),
        ("Dokument", "Document", document.to_owned()),
    ];
    let line = |(german, english, value): (&'static str, &'static str, String)| {
        format!("{:<10}{value}", language.pick(german, english))
    };
    rows.map(line).join("\n")
}

fn minute(time: Option<Timestamp>) -> String {
    time.map_or_else(|| "–".to_owned(), |time| time.strftime("%Y-%m-%d %H:%M").to_string())
}

fn report_type(name: &str) -> ReportType {
    if name.eq_ignore_ascii_case("settlement") { ReportType::Settlement } else { ReportType::from(name) }
}

fn status(name: &str) -> ProcessingStatus {
    ProcessingStatus::from(name.to_ascii_uppercase().as_str())
}
