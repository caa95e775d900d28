//! An auditor's link: it opens one period of one client, again and again until it expires.

use app::Token;
use app::people::auditor;
use axum::Form as Sent;
use axum::extract::{Query, State};
use axum::response::{IntoResponse as _, Response};
use serde::Deserialize;

use super::form::see_with_cookie;
use crate::address::Place;
use crate::component::{Entry, Form, Part, Section};
use crate::page::sheet::Sheet;
use crate::server::{Needs, Page, Problem, Route, Visitor, WebState, frame, session_cookie};

const HERE: &str = "/audit";

/// The page of an auditor's link.
pub(super) fn address(code: &str) -> String {
    format!("{HERE}?code={code}")
}

pub(crate) fn routes() -> Vec<Route> {
    vec![Route::get(HERE, Needs::Nobody, show), Route::post(HERE, Needs::Nobody, enter)]
}

#[derive(Debug, Deserialize)]
struct Code {
    code: String,
}

async fn show(
    State(state): State<WebState>,
    visitor: Visitor,
    Query(given): Query<Code>,
) -> Result<Response, Problem> {
    let (name, client, (from, until)) = auditor::look(&state.app, &Token::of(&given.code)).await?;
    let frame = frame(&state, &visitor, None, None).await?;
    let t = frame.t.clone();
    let form = Form::new(HERE, t.auditor_enter(), vec![Entry::Hidden("code", given.code)]);
    let period = format!("{}–{}", t.date(from), t.date(until));
    let parts = vec![Part::Text(period), Part::Form(Box::new(form))];
    let lead = t.auditor_lead(name, client);
    Ok(Page(Sheet::new(frame, t.auditor_door(), lead).card(Section::untitled(parts))).into_response())
}

async fn enter(
    State(state): State<WebState>,
    visitor: Visitor,
    Sent(given): Sent<Code>,
) -> Result<Response, Problem> {
    let (session, client) = auditor::enter(&state.app, &Token::of(&given.code), visitor.origin()).await?;
    Ok(see_with_cookie(&Place::Dashboard.of(client.as_str()), session_cookie(&state.site, &session)))
}
