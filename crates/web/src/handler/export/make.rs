//! Making a batch: the month, or its correction. What takes longer than a moment goes on and shows how far it is.

use app::AppError;
use app::books::{correct, export, months};
use axum::Form;
use axum::extract::{Path, State};
use axum::http::HeaderName;
use axum::response::{IntoResponse as _, Response};
use ledger::calendar::Month;
use serde::Deserialize;

use super::{EXPORT, SEE, connection_of, month_of, page, view, work_name};
use crate::address::Place;
use crate::handler::form::see;
use crate::page::error::ConfirmPage;
use crate::page::export::month::progress;
use crate::server::{AtClient, Begun, Page, Problem, Route, Visitor, WebState, frame};

pub(super) fn routes() -> Vec<Route> {
    vec![
        Route::post("/clients/{client}/export/{month}", EXPORT, make),
        Route::post("/clients/{client}/export/{month}/correct", EXPORT, make_correction),
        Route::get("/clients/{client}/export/{month}/progress", SEE, show_progress),
    ]
}

#[derive(Debug, Default, Deserialize)]
struct Ordered {
    #[serde(default)]
    connection: String,
    #[serde(default)]
    confirmed: String,
}

async fn make(
    State(state): State<WebState>,
    visitor: Visitor,
    at: AtClient,
    Path((_, month)): Path<(String, String)>,
    axum::extract::Query(asked): axum::extract::Query<Ordered>,
    Form(given): Form<Ordered>,
) -> Result<Response, Problem> {
    let month = month_of(&at.actor, &month)?;
    let connection = if given.connection.is_empty() { asked.connection } else { given.connection };
    let wanted = connection_of(&connection)?;
    if given.confirmed != "yes" && !is_covered(&state, &at, month).await? {
        return question(&state, &visitor, &at, month, &connection).await;
    }
    let (app, actor, client) = (state.app.clone(), at.actor.clone(), at.client.id.clone());
    let work = Box::pin(async move { export::export(&app, &actor, &client, month, wanted.as_ref()).await });
    let begun = state.work.begin(work_name(&at, month), work).await;
    after((&state, &visitor, &at), month, begun, "exported").await
}

/// A month that is not wholly covered is exported only after a question.
async fn is_covered(state: &WebState, at: &AtClient, month: Month) -> Result<bool, AppError> {
    let held = months::months(&state.app, &at.actor, &at.client.id, (month, month)).await?;
    // An empty month is refused by itself, with a better sentence.
    Ok(held.first().is_none_or(|held| held.coverage.complete))
}

async fn question(
    state: &WebState,
    visitor: &Visitor,
    at: &AtClient,
    month: Month,
    connection: &str,
) -> Result<Response, Problem> {
    let frame = frame(state, visitor, Some(&at.client), Some(Place::Export)).await?;
    let t = frame.t.clone();
    let back = frame.below(Place::Export, &format!("/{month}"));
    let action = format!("{back}?connection={connection}");
    let question = t.export_uncovered_question(t.month(month));
    let (text, button) = (t.export_uncovered_text().to_owned(), t.export_button(t.month_name(month)));
    Ok(Page(ConfirmPage { t, frame, question, text, action, button, danger: false, back }).into_response())
}

async fn make_correction(
    State(state): State<WebState>,
    visitor: Visitor,
    at: AtClient,
    Path((_, month)): Path<(String, String)>,
    Form(given): Form<Ordered>,
) -> Result<Response, Problem> {
    let month = month_of(&at.actor, &month)?;
    let wanted = connection_of(&given.connection)?;
    let (app, actor, client) = (state.app.clone(), at.actor.clone(), at.client.id.clone());
    let work = Box::pin(async move { correct::correct(&app, &actor, &client, month, wanted.as_ref()).await });
    let begun = state.work.begin(work_name(&at, month), work).await;
    after((&state, &visitor, &at), month, begun, "corrected").await
}

/// Back to the month: with what was done, with its progress, or with why not.
pub(super) async fn after(
    (state, visitor, at): (&WebState, &Visitor, &AtClient),
    month: Month,
    begun: Begun,
    said: &str,
) -> Result<Response, Problem> {
    let here = format!("{}/{month}", Place::Export.of(at.client.id.as_str()));
    match begun {
        Begun::Done => Ok(see(&format!("{here}?said={said}"))),
        Begun::GoesOn => Ok(see(&here)),
        Begun::Failed(error) if error.refusal().is_some() => {
            page(state, visitor, at, month, "", Some(&error)).await
        }
        Begun::Failed(error) => Err(Problem::shared(error)),
    }
}

/// The part of the page that asks again and again; when the batch is there, the page loads anew.
async fn show_progress(
    State(state): State<WebState>,
    visitor: Visitor,
    at: AtClient,
    Path((_, month)): Path<(String, String)>,
) -> Result<Response, Problem> {
    let month = month_of(&at.actor, &month)?;
    let view = view(&state, &at, month).await?;
    let frame = frame(&state, &visitor, Some(&at.client), Some(Place::Export)).await?;
    Ok(match progress(&frame, &view) {
        Some(part) => Page(part).into_response(),
        None => [(HeaderName::from_static("hx-refresh"), "true")].into_response(),
    })
}
