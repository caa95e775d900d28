//! Gets everything that is new from Amazon Pay, report by report; one bad report does not stop the others.

use std::collections::HashMap;

use amazon_pay::client::{Client, SettlementPeriod};
use amazon_pay::model::Report;
use jiff::{SignedDuration, Timestamp};
use store::connections::Connection;
use store::fetches::{self, ProviderReport, ReportState};

use super::report::{Fetched, fetch_report};
use super::{Counts, Receive, payouts};
use crate::amazon_pay::{Sort, Told, told};
use crate::connections::open_client;
use crate::jobs::{Held, Stopped};
use crate::refusal::AppError;
use crate::zone;

/// Amazon keeps reports for 90 days; a little more is looked at, so that a report at the edge is not taken for new.
const REMEMBERED: SignedDuration = SignedDuration::from_hours(120 * 24);

/// So many reports in a row that could not be downloaded mean that something else is the matter.
const MOST_IN_A_ROW: u32 = 4;

/// What was found out beside the counts.
#[derive(Debug, Default)]
pub(super) struct Gathered {
    /// What stopped it before its end.
    pub(super) stopped_by: Option<Told>,
    /// Reports that were refused in this fetch, with why.
    pub(super) refused: Vec<ProviderReport>,
    /// Reports that came in and had been refused before.
    pub(super) mended: Vec<String>,
    /// Kinds of rows that nobody knows, with the settlement where they stand.
    pub(super) unknown_kinds: Vec<(String, Vec<String>)>,
}

/// Gets what is new. Errors of Amazon are in what is gathered; other errors are ours.
pub(super) async fn gather(
    held: &Held<'_>,
    receive: &dyn Receive,
    connection: &Connection,
    counts: &mut Counts,
) -> Result<Gathered, Stopped> {
    let amazon = open_client(held.app, connection).await?;
    let mut gathered = Gathered::default();
    held.sign("payouts", 0, 0).await?;
    // Payouts first, because their list says whose money the key shows.
    let of_payouts = payouts::keep(held.app, connection, &amazon).await?;
    match of_payouts {
        Ok(new) => counts.payouts = new,
        Err(error) if error.sort == Sort::Key => {
            gathered.stopped_by = Some(error);
            return Ok(gathered);
        }
        Err(error) => gathered.stopped_by = Some(error),
    }
    if let Err(error) = reports(held, receive, connection, &amazon, counts, &mut gathered).await? {
        gathered.stopped_by = Some(error);
    }
    Ok(gathered)
}

async fn reports(
    held: &Held<'_>,
    receive: &dyn Receive,
    connection: &Connection,
    amazon: &Client,
    counts: &mut Counts,
    gathered: &mut Gathered,
) -> Result<Result<(), Told>, Stopped> {
    let app = held.app;
    held.sign("list", 0, 0).await?;
    let period = SettlementPeriod { since: since(held, connection).await?, until: None };
    let listed = match amazon.settlement_reports(&period).await {
        Ok(listed) => listed,
        Err(error) => return Ok(Err(told(&error))),
    };
    let now = app.now();
    let known = known(held, connection, now).await?;
    counts.listed = u64::try_from(listed.len()).unwrap_or(u64::MAX);
    let folder = tempfile::tempdir().map_err(AppError::failed("no folder for the reports could be made"))?;
    let mut in_a_row = 0;
    for (report, number) in listed.iter().zip(0..) {
        held.sign("reports", number, counts.listed).await?;
        let before = known.get(report.report_id.as_str());
        if before.is_some_and(|before| is_settled(before, now)) {
            count_known(before, counts);
            continue;
        }
        match fetch_report(app, receive, connection, amazon, report, before, folder.path()).await? {
            Fetched::Kept { movements, unknown } => {
                counts.imported += 1;
                counts.movements += movements;
                in_a_row = 0;
                if before.is_some() {
                    gathered.mended.push(report.report_id.as_str().to_owned());
                }
                gathered.unknown_kinds.extend(unknown);
            }
            Fetched::Refused(refused) => {
                counts.refused += 1;
                in_a_row = 0;
                gathered.refused.push(refused);
            }
            Fetched::NotLoaded { refused, .. } if in_a_row + 1 < MOST_IN_A_ROW => {
                counts.refused += 1;
                in_a_row += 1;
                gathered.refused.push(refused);
            }
            Fetched::NotLoaded { told, .. } | Fetched::Stopped(told) => return Ok(Err(told)),
        }
    }
    held.sign("reports", counts.listed, counts.listed).await?;
    Ok(Ok(()))
}

/// From when on there is something to be fetched.
async fn since(held: &Held<'_>, connection: &Connection) -> Result<Option<Timestamp>, Stopped> {
    let Some(date) = connection.start_date else { return Ok(None) };
    let zone = zone::of_client(held.app, &connection.client).await?;
    let start = date.to_zoned(zone).map_err(AppError::failed("the start date is no day of the zone"))?;
    Ok(Some(start.timestamp()))
}

async fn known(
    held: &Held<'_>,
    connection: &Connection,
    now: Timestamp,
) -> Result<HashMap<String, ProviderReport>, Stopped> {
    let mut transaction = held.app.database.read().await?;
    let known = fetches::reports(&mut transaction, &connection.id, now - REMEMBERED).await?;
    Ok(known.into_iter().map(|report| (report.report.clone(), report)).collect())
}

/// Is nothing to be done about it now?
fn is_settled(report: &ProviderReport, now: Timestamp) -> bool {
    match report.state {
        ReportState::Imported => true,
        ReportState::Refused => report.next_try_at.is_some_and(|at| at > now),
    }
}

fn count_known(report: Option<&ProviderReport>, counts: &mut Counts) {
    if report.is_some_and(|report| report.state == ReportState::Refused) {
        counts.refused += 1;
    } else {
        counts.known += 1;
    }
}

/// The name under which a report is kept.
pub(super) fn name_of(report: &Report) -> String {
    format!("{}.csv", report.report_id)
}
