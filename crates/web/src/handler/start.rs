//! `/`: leads to where somebody's work is.

use app::account::setup;
use app::clients;
use axum::extract::State;
use axum::response::Response;

use super::form::see;
use crate::address::{self, Place};
use crate::server::{Needs, Problem, Route, Visitor, WebState};

pub(crate) fn routes() -> Vec<Route> {
    vec![Route::get("/", Needs::Nobody, start)]
}

/// Who has one client works there; who has several chooses.
async fn start(State(state): State<WebState>, visitor: Visitor) -> Result<Response, Problem> {
    let Some(visit) = &visitor.visit else {
        let open = setup::is_open(&state.app).await?;
        return Ok(see(if open { address::SETUP } else { address::LOGIN }));
    };
    let clients = clients::list::list(&state.app, &visit.actor).await?;
    Ok(match clients.as_slice() {
        [(client, _)] => see(&Place::Dashboard.of(client.id.as_str())),
        _ => see(address::CLIENTS),
    })
}
