//! Export-Dashboard: the months of a year, one of them, its batches and their files.

mod batch;
mod file;
mod make;

use app::books::batch::{self as batches, Found};
use app::books::months::{self, MonthOfClient};
use app::{Actor, AppError, Permission, Refusal, connections};
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Response};
use jiff::civil::date;
use ledger::calendar::Month;
use serde::Deserialize;
use store::id::{BatchId, ConnectionId};

use super::form::Said;
use super::list_file::{self, Format};
use crate::address::Place;
use crate::component::{Message, Tone};
use crate::page::connection::sentence;
use crate::page::export::month::{self as month_page, MonthView};
use crate::page::export::{self as export_page, Named, YearView};
use crate::server::{AtClient, Needs, Page, Problem, Route, Visitor, WebState, frame, status};
use crate::text::Words;

const SEE: Needs = Needs::Client(Permission::See);
const EXPORT: Needs = Needs::Client(Permission::Export);

pub(crate) fn routes() -> Vec<Route> {
    let own = vec![
        Route::get("/clients/{client}/export", SEE, year),
        Route::get("/clients/{client}/export/{month}", SEE, show),
    ];
    [own, make::routes(), batch::routes(), file::routes()].into_iter().flatten().collect()
}

/// A month of the address that may be read: an auditor reads those of his period.
fn month_of(actor: &Actor, text: &str) -> Result<Month, AppError> {
    let month = Month::parse(text).filter(|month| may_read(actor, *month));
    month.ok_or_else(|| Refusal::not_found().into())
}

pub(super) fn may_read(actor: &Actor, month: Month) -> bool {
    actor.period().is_none_or(|(from, until)| month.last() >= from && month.first() <= until)
}

/// The connections of a client by name.
pub(super) async fn named(state: &WebState, at: &AtClient) -> Result<Vec<Named>, AppError> {
    let all = connections::overviews(&state.app, &at.actor, &at.client.id).await?;
    Ok(all.into_iter().map(|overview| (overview.connection.id, overview.connection.label)).collect())
}

#[derive(Debug, Default, Deserialize)]
struct Asked {
    year: Option<i16>,
    format: Option<Format>,
    /// `batches` for the history instead of the months.
    #[serde(default)]
    list: String,
}

async fn year(
    State(state): State<WebState>,
    visitor: Visitor,
    at: AtClient,
    Query(asked): Query<Asked>,
) -> Result<Response, Problem> {
    let (app, client) = (&state.app, &at.client.id);
    let frame = frame(&state, &visitor, Some(&at.client), Some(Place::Export)).await?;
    let mut years: Vec<i16> =
        months::held(app, &at.actor, client).await?.iter().map(|month| month.first().year()).collect();
    years.sort_unstable_by(|one, other| other.cmp(one));
    years.dedup();
    let usual = years.first().copied().unwrap_or_else(|| frame.t.today().year());
    let year = asked.year.filter(|year| (1..=9999).contains(year)).unwrap_or(usual);
    let span = (Month::of(date(year, 1, 1)), Month::of(date(year, 12, 1)));
    let mut months = match months::months(app, &at.actor, client, span).await {
        Err(error) if is_without_settings(&error) && years.is_empty() => Vec::new(),
        months => months?,
    };
    months.retain(|month| may_read(&at.actor, month.month));
    let view = YearView { year, years, months, connections: named(&state, &at).await? };
    if let Some(format) = asked.format {
        let (table, name) = if asked.list == "batches" {
            let batches = export_page::all_batches(&view);
            (export_page::history(&frame, &batches, &view.connections), "kontor-stapel")
        } else {
            (export_page::table(&frame, &view), "kontor-export")
        };
        return list_file::answer(&frame.t, &table, &format!("{name}-{year}"), format);
    }
    Ok(Page(export_page::page(&frame, &view)).into_response())
}

/// Nobody chose a chart yet, so there are no books to show.
pub(super) fn is_without_settings(error: &AppError) -> bool {
    error.refusal().is_some_and(|refusal| refusal.code == "settings-missing")
}

async fn show(
    State(state): State<WebState>,
    visitor: Visitor,
    at: AtClient,
    Path((_, month)): Path<(String, String)>,
    Query(said): Query<Said>,
) -> Result<Response, Problem> {
    let month = month_of(&at.actor, &month)?;
    page(&state, &visitor, &at, month, &said.said, None).await
}

/// What a month shows.
async fn view(state: &WebState, at: &AtClient, month: Month) -> Result<MonthView, AppError> {
    let (app, actor, client) = (&state.app, &at.actor, &at.client.id);
    let held: Option<MonthOfClient> =
        months::months(app, actor, client, (month, month)).await?.into_iter().next();
    let mut found: Vec<Found> = Vec::new();
    for batch in batches::history(app, actor, client, (month, month)).await?.into_iter().rev() {
        found.push(batches::find(app, actor, client, &batch.begun.id).await?);
    }
    Ok(MonthView {
        month,
        held,
        connections: named(state, at).await?,
        batches: found,
        making: batches::being_made(app, actor, client, month).await?,
        is_running: state.work.is_running(&work_name(at, month)),
        error: None,
    })
}

/// What is under way for a month, by name.
fn work_name(at: &AtClient, month: Month) -> String {
    format!("export {} {month}", at.client.id)
}

/// The page of a month, with what was done or with why not.
async fn page(
    state: &WebState,
    visitor: &Visitor,
    at: &AtClient,
    month: Month,
    said: &str,
    error: Option<&AppError>,
) -> Result<Response, Problem> {
    let mut view = view(state, at, month).await?;
    let mut frame = frame(state, visitor, Some(&at.client), Some(Place::Export)).await?;
    frame.messages.extend(message(&frame.t, said));
    let late = state.work.failure(&work_name(at, month));
    view.error = error.or(late.as_deref()).map(|error| sentence(&frame.t, error));
    let code = error.map_or(StatusCode::OK, status);
    Ok((code, Page(month_page::page(&frame, &view))).into_response())
}

fn message(t: &Words, said: &str) -> Option<Message> {
    let text = match said {
        "exported" => t.said_exported(),
        "corrected" => t.said_corrected(),
        "withdrawn" => t.said_withdrawn(),
        "processed" => t.said_processed(),
        _ => return None,
    };
    Some(Message::new(Tone::Good, text))
}

fn batch_id(text: &str) -> Result<BatchId, AppError> {
    BatchId::parse(text).ok_or_else(|| Refusal::not_found().into())
}

/// A batch of the month in the address.
async fn found(state: &WebState, at: &AtClient, month: Month, id: &str) -> Result<Found, AppError> {
    let found = batches::find(&state.app, &at.actor, &at.client.id, &batch_id(id)?).await?;
    if found.batch.begun.month == month { Ok(found) } else { Err(Refusal::not_found().into()) }
}

/// The connection that a form names; none for all of them.
fn connection_of(text: &str) -> Result<Option<ConnectionId>, AppError> {
    match text {
        "" => Ok(None),
        id => ConnectionId::parse(id).map(Some).ok_or_else(|| Refusal::not_found().into()),
    }
}
