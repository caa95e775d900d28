//! The Dashboard: the first page of a client.

use app::{Permission, dashboard};
use axum::extract::{Query, State};
use axum::response::{IntoResponse as _, Response};
use ledger::money::Currency;
use serde::Deserialize;

use crate::address::Place;
use crate::page::dashboard::Dashboard;
use crate::server::{AtClient, Needs, Page, Problem, Route, Visitor, WebState, frame};

pub(crate) fn routes() -> Vec<Route> {
    vec![Route::get("/clients/{client}/dashboard", Needs::Client(Permission::See), show)]
}

#[derive(Debug, Default, Deserialize)]
struct Asked {
    /// In which currency the sums are shown, where there are several.
    #[serde(default)]
    currency: String,
}

async fn show(
    State(state): State<WebState>,
    visitor: Visitor,
    at: AtClient,
    Query(asked): Query<Asked>,
) -> Result<Response, Problem> {
    let seen = dashboard::dashboard(&state.app, &at.actor, &at.client.id).await?;
    let frame = frame(&state, &visitor, Some(&at.client), Some(Place::Dashboard)).await?;
    Ok(Page(Dashboard::new(frame, &seen, Currency::parse(&asked.currency))).into_response())
}
