//! One report: downloaded, handed on, and written down by the provider's id.

use std::path::Path;

use amazon_pay::client::{Client, Error};
use amazon_pay::model::Report;
use jiff::{SignedDuration, Timestamp};
use store::connections::{Connection, Trouble};
use store::fetches::{self, ProviderReport, ReportState};
use store::transact;

use super::gather::name_of;
use super::{Receive, Received, Reception};
use crate::App;
use crate::amazon_pay::{Sort, Told, told};
use crate::jobs::Stopped;
use crate::refusal::AppError;

/// A refused report is fetched again after this, then after twice as long each time, up to a day.
const FIRST_PAUSE: SignedDuration = SignedDuration::from_hours(1);
const LONGEST_PAUSE: SignedDuration = SignedDuration::from_hours(24);

/// What became of a report.
#[derive(Debug)]
pub(super) enum Fetched {
    /// It is here.
    Kept { movements: u64, unknown: Option<(String, Vec<String>)> },
    /// It is refused for what it says.
    Refused(ProviderReport),
    /// It could not be downloaded.
    NotLoaded { refused: ProviderReport, told: Told },
    /// Nothing can be fetched at present.
    Stopped(Told),
}

pub(super) async fn fetch_report(
    app: &App,
    receive: &dyn Receive,
    connection: &Connection,
    amazon: &Client,
    report: &Report,
    before: Option<&ProviderReport>,
    folder: &Path,
) -> Result<Fetched, Stopped> {
    // A report that is ready has a document; one without is not ready, whatever the list says.
    let Some(document) = &report.report_document_id else {
        return Ok(Fetched::Kept { movements: 0, unknown: None });
    };
    let file = folder.join("report.csv");
    if let Err(error) = amazon.download(document, &file).await {
        let told = told(&error);
        if told.sort != Sort::Passing || !is_of_one_report(&error) {
            return Ok(Fetched::Stopped(told));
        }
        let refused = seen(app, report, before).refused(told.trouble(), app.now());
        record(app, connection, &refused).await?;
        return Ok(Fetched::NotLoaded { refused, told });
    }
    let name = name_of(report);
    let received = Received { connection, report: report.report_id.as_str(), file: &file, name: &name };
    let reception = receive.receive(app, received).await?;
    let removed = tokio::fs::remove_file(&file).await;
    if let Err(error) = removed {
        tracing::warn!(%error, "a fetched report could not be removed");
    }
    let seen = seen(app, report, before);
    let (written, fetched) = match reception {
        Reception::Kept { document, settlement, movements, unknown_kinds } => {
            let unknown = (!unknown_kinds.is_empty()).then(|| (settlement.clone(), unknown_kinds));
            let written =
                ProviderReport { document: Some(document), settlement: Some(settlement), ..seen.here() };
            (written, Fetched::Kept { movements, unknown })
        }
        Reception::There { document, settlement } => {
            let written =
                ProviderReport { document: Some(document), settlement: Some(settlement), ..seen.here() };
            (written, Fetched::Kept { movements: 0, unknown: None })
        }
        Reception::Refused(refusal) => {
            let trouble = crate::jobs::trouble_of(&refusal);
            let refused = seen.refused(trouble, app.now());
            (refused.clone(), Fetched::Refused(refused))
        }
    };
    record(app, connection, &written).await?;
    Ok(fetched)
}

/// Does an error concern this report only?
fn is_of_one_report(error: &Error) -> bool {
    matches!(error, Error::Document { .. }) || error.refusal().is_some()
}

async fn record(app: &App, connection: &Connection, report: &ProviderReport) -> Result<(), AppError> {
    transact!(app.database, transaction =>
        Ok(fetches::record_report(transaction, &connection.id, report).await?))
}

/// A report of which nothing is decided yet.
struct Seen(ProviderReport);

fn seen(app: &App, report: &Report, before: Option<&ProviderReport>) -> Seen {
    Seen(ProviderReport {
        report: report.report_id.as_str().to_owned(),
        starts_at: report.start_time,
        ends_at: report.end_time,
        state: ReportState::Imported,
        document: None,
        settlement: None,
        tries: before.map_or(0, |before| before.tries) + 1,
        next_try_at: None,
        seen_at: app.now(),
        trouble: None,
    })
}

impl Seen {
    fn here(self) -> ProviderReport {
        self.0
    }

    fn refused(self, trouble: Trouble, now: Timestamp) -> ProviderReport {
        let pause = FIRST_PAUSE * (1 << (self.0.tries - 1).min(8));
        ProviderReport {
            state: ReportState::Refused,
            next_try_at: Some(now + pause.min(LONGEST_PAUSE)),
            trouble: Some(trouble),
            ..self.0
        }
    }
}
