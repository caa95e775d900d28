//! What a person does with a batch: withdraw, replace, mark as processed; and its hand-over sheet.

use app::books::batch;
use app::books::sheet::Sheet;
use app::{AppError, Refusal};
use axum::Form;
use axum::extract::{Path, Query, State};
use axum::response::{IntoResponse as _, Response};
use serde::Deserialize;

use super::{EXPORT, SEE, found, make, month_of, named, page, work_name};
use crate::address::Place;
use crate::handler::amount::hundredths;
use crate::handler::form::{Confirmed, see};
use crate::page::error::ConfirmPage;
use crate::page::export::month::{replace_texts, withdraw_texts};
use crate::page::export::{batch_name, sheet};
use crate::server::{AtClient, Page, Problem, Route, Visitor, WebState, frame};
use crate::text::Words;

pub(super) fn routes() -> Vec<Route> {
    vec![
        Route::get("/clients/{client}/export/{month}/{batch}/sheet", SEE, show_sheet),
        Route::post("/clients/{client}/export/{month}/{batch}/processed", EXPORT, processed),
        Route::post("/clients/{client}/export/{month}/{batch}/withdraw", EXPORT, withdraw),
        Route::post("/clients/{client}/export/{month}/{batch}/replace", EXPORT, replace),
    ]
}

type At = Path<(String, String, String)>;

#[derive(Debug, Default, Deserialize)]
struct Compared {
    #[serde(default)]
    datev: String,
}

async fn show_sheet(
    State(state): State<WebState>,
    visitor: Visitor,
    at: AtClient,
    Path((_, month, id)): At,
    Query(typed): Query<Compared>,
) -> Result<Response, Problem> {
    let found = found(&state, &at, month_of(&at.actor, &month)?, &id).await?;
    let content: Sheet = serde_json::from_str(&found.batch.content.sheet)
        .map_err(AppError::failed("reading a stored sheet"))?;
    let frame = frame(&state, &visitor, Some(&at.client), Some(Place::Export)).await?;
    let typed = sheet::Typed { minor: hundredths(&typed.datev), text: typed.datev };
    let connections = named(&state, &at).await?;
    Ok(Page(sheet::page(&frame, &found, &content, &connections, &typed)).into_response())
}

async fn processed(
    State(state): State<WebState>,
    visitor: Visitor,
    at: AtClient,
    Path((_, month, id)): At,
) -> Result<Response, Problem> {
    let month = month_of(&at.actor, &month)?;
    let found = found(&state, &at, month, &id).await?;
    let id = &found.batch.begun.id;
    let outcome = batch::mark_processed(&state.app, &at.actor, &at.client.id, id).await;
    done(outcome, (&state, &visitor, &at), month, "processed").await
}

/// Back to the month: with what was done, or with why not.
async fn done(
    outcome: Result<(), AppError>,
    (state, visitor, at): (&WebState, &Visitor, &AtClient),
    month: ledger::calendar::Month,
    said: &str,
) -> Result<Response, Problem> {
    match outcome {
        Ok(()) => Ok(see(&format!("{}/{month}?said={said}", Place::Export.of(at.client.id.as_str())))),
        Err(error) if error.refusal().is_some() => page(state, visitor, at, month, "", Some(&error)).await,
        Err(error) => Err(error.into()),
    }
}

async fn withdraw(
    State(state): State<WebState>,
    visitor: Visitor,
    at: AtClient,
    Path((_, month, id)): At,
    Form(given): Form<Confirmed>,
) -> Result<Response, Problem> {
    let month = month_of(&at.actor, &month)?;
    let found = found(&state, &at, month, &id).await?;
    if !given.is_given() {
        return question((&state, &visitor, &at), &found, "withdraw", withdraw_texts).await;
    }
    let outcome = batch::withdraw(&state.app, &at.actor, &at.client.id, &found.batch.begun.id).await;
    done(outcome, (&state, &visitor, &at), month, "withdrawn").await
}

async fn replace(
    State(state): State<WebState>,
    visitor: Visitor,
    at: AtClient,
    Path((_, month, id)): At,
    Form(given): Form<Confirmed>,
) -> Result<Response, Problem> {
    let month = month_of(&at.actor, &month)?;
    let found = found(&state, &at, month, &id).await?;
    if !given.is_given() {
        return question((&state, &visitor, &at), &found, "replace", replace_texts).await;
    }
    let (app, actor, client) = (state.app.clone(), at.actor.clone(), at.client.id.clone());
    let old = found.batch.begun.id;
    let work = Box::pin(async move { batch::replace(&app, &actor, &client, &old).await });
    let begun = state.work.begin(work_name(&at, month), work).await;
    make::after((&state, &visitor, &at), month, begun, "exported").await
}

/// Asks before a batch is taken back, for browsers without scripts.
async fn question(
    (state, visitor, at): (&WebState, &Visitor, &AtClient),
    found: &batch::Found,
    step: &str,
    texts: fn(&Words, &str) -> [String; 3],
) -> Result<Response, Problem> {
    if found.batch.state != store::batches::BatchState::Exported {
        return Err(Refusal::not_found().into());
    }
    let frame = frame(state, visitor, Some(&at.client), Some(Place::Export)).await?;
    let t = frame.t.clone();
    let begun = &found.batch.begun;
    let name = format!("{} · {}", batch_name(&t, &found.batch), t.month(begun.month));
    let [button, question, text] = texts(&t, &name);
    let back = frame.below(Place::Export, &format!("/{}", begun.month));
    let action = format!("{back}/{}/{step}", begun.id);
    Ok(Page(ConfirmPage { t, frame, question, text, action, button, danger: true, back }).into_response())
}
