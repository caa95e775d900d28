//! Protokoll: the lines of the journal that concern the client.

use app::Permission;
use app::people::log;
use axum::Json;
use axum::extract::{Query, State};
use serde::Serialize;
use store::journal::Line;
use utoipa::ToSchema;

use super::Operation;
use super::shape::{Before, List, given, most};
use crate::server::{AtClient, Needs, Problem, Route, WebState};

pub(super) fn routes() -> Vec<Route> {
    vec![Route::get("/api/v1/clients/{client}/log", Needs::Key(Permission::See), list).told(
        Operation::lists::<LineView>("log", "The journal of the client, the newest first").query::<Before>(),
    )]
}

/// A line of the journal.
#[derive(Debug, Serialize, ToSchema)]
struct LineView {
    number: u64,
    at: String,
    actor: String,
    action: String,
    subject: String,
    /// SHA-256 of the document, batch or settings; empty where there is no content.
    content: String,
    /// The hash of the line before, which may be another client's.
    previous: String,
    hash: String,
}

async fn list(
    State(state): State<WebState>,
    at: AtClient,
    Query(asked): Query<Before>,
) -> Result<Json<List<LineView>>, Problem> {
    let most = most(asked.limit)?;
    let before = asked.before.map(|text| given("before", text.parse::<u64>().ok())).transpose()?;
    let found = log::list(&state.app, &at.actor, &at.client.id, before, most).await?;
    let view = |line: Line| LineView {
        number: line.number,
        at: line.at.to_string(),
        actor: line.actor,
        action: line.action,
        subject: line.subject,
        content: line.content,
        previous: line.previous,
        hash: line.hash,
    };
    let items = found.into_iter().map(view).collect();
    Ok(Json(List::part(items, most, |line: &LineView| line.number.to_string())))
}
