//! `Benachrichtigungen`: what a user hears of by mail, per client and kind.

use std::collections::BTreeMap;

use app::Permission;
use app::notices::{self, NoticeKind, Rhythm};
use axum::Form as Sent;
use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Response};

use super::form::{Said, see};
use crate::address;
use crate::component::{Message, Tone};
use crate::page::notices as pages;
use crate::server::{AtClient, Needs, Page, Problem, Route, Visitor, WebState, frame};

pub(crate) fn routes() -> Vec<Route> {
    let see = Needs::Client(Permission::See);
    vec![
        Route::get("/clients/{client}/notices", see, show),
        Route::post("/clients/{client}/notices", see, save),
    ]
}

async fn show(
    State(state): State<WebState>,
    visitor: Visitor,
    at: AtClient,
    Query(said): Query<Said>,
) -> Result<Response, Problem> {
    page(&state, &visitor, &at, said.said == "saved", false).await
}

async fn page(
    state: &WebState,
    visitor: &Visitor,
    at: &AtClient,
    saved: bool,
    refused: bool,
) -> Result<Response, Problem> {
    let (app, client) = (&state.app, &at.client.id);
    let rhythms = notices::rhythms(app, &at.actor, client).await?;
    let open = notices::open(app, &at.actor, client).await?;
    let mut frame = frame(state, visitor, Some(&at.client), None).await?;
    if saved {
        frame.messages.push(Message::new(Tone::Good, frame.t.notices_saved()));
    }
    let here = address::notices(client.as_str());
    let status = if refused { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    Ok((status, Page(pages::page(frame, &here, &rhythms, &open, refused))).into_response())
}

async fn save(
    State(state): State<WebState>,
    visitor: Visitor,
    at: AtClient,
    Sent(sent): Sent<BTreeMap<String, String>>,
) -> Result<Response, Problem> {
    let chosen = |kind: NoticeKind| Some((kind, Rhythm::parse(sent.get(kind.name())?)?));
    let chosen: Vec<_> = NoticeKind::ALL.into_iter().filter_map(chosen).collect();
    if chosen.len() != NoticeKind::ALL.len() {
        return page(&state, &visitor, &at, false, true).await;
    }
    match notices::set_rhythms(&state.app, &at.actor, &at.client.id, &chosen).await {
        Ok(()) => Ok(see(&format!("{}?said=saved", address::notices(at.client.id.as_str())))),
        Err(error) => Err(error.into()),
    }
}
