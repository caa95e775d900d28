//! Is this process alive, and can it answer? For whoever keeps it running: a service manager, a balancer, a container.

use app::metrics;
use axum::extract::State;
use axum::http::StatusCode;
use axum::http::header::CONTENT_TYPE;
use axum::response::{IntoResponse as _, Response};
use tracing::warn;

use crate::server::{Needs, Route, WebState};

const ALIVE: &str = "/healthz";
const READY: &str = "/readyz";

/// Their addresses.
pub(crate) const ROUTES: [&str; 2] = [ALIVE, READY];

pub(crate) fn routes() -> Vec<Route> {
    vec![Route::get(ALIVE, Needs::Nobody, alive), Route::get(READY, Needs::Nobody, ready)]
}

/// It answers, so it is alive.
async fn alive() -> &'static str {
    "ok\n"
}

/// It is ready when the database answers. Why it does not stands in the log, not in the answer.
async fn ready(State(state): State<WebState>) -> Response {
    match metrics::ready(&state.app).await {
        Ok(()) => "ready\n".into_response(),
        Err(error) => {
            warn!(%error, "the database does not answer");
            (StatusCode::SERVICE_UNAVAILABLE, "the database does not answer\n").into_response()
        }
    }
}

/// What was counted, as Prometheus reads it.
pub(crate) async fn counted(State(state): State<WebState>) -> Response {
    match metrics::text(&state.app).await {
        Ok(text) => ([(CONTENT_TYPE, "application/openmetrics-text; version=1.0.0; charset=utf-8")], text)
            .into_response(),
        Err(error) => {
            warn!(%error, "the metrics could not be told");
            (StatusCode::SERVICE_UNAVAILABLE, "the database does not answer\n").into_response()
        }
    }
}
