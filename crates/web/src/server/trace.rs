//! A number for each request, and one line in the log. An address may hold the token of a link, so the log tells the
//! route and not the address.

use std::time::Duration;

use axum::extract::{MatchedPath, Request, State};
use axum::http::{HeaderName, HeaderValue, Method};
use axum::middleware::Next;
use axum::response::Response;
use tracing::{Instrument as _, debug, info, info_span};

use super::state::WebState;
use crate::handler::health;

/// The header by which an answer tells its number.
pub(super) const NUMBER: HeaderName = HeaderName::from_static("x-request-id");

/// The number of a request, by which the log finds it.
#[derive(Clone, Debug)]
pub(super) struct Number(pub(super) String);

/// Numbers a request and follows it.
pub(super) async fn follow(State(state): State<WebState>, mut request: Request, next: Next) -> Response {
    let mut bytes = [0_u8; 6];
    state.app.machine.fill(&mut bytes);
    let number = store::journal::hex(&bytes);
    request.extensions_mut().insert(Number(number.clone()));
    let span = info_span!("request", number = %number, method = %request.method());
    let (route, method) = (request.extensions().get::<MatchedPath>().cloned(), request.method().clone());
    let begun = state.app.now();
    let mut response = next.run(request).instrument(span.clone()).await;
    if let Ok(number) = HeaderValue::from_str(&number) {
        response.headers_mut().insert(NUMBER, number);
    }
    let route = route.as_ref().map_or("-", MatchedPath::as_str);
    let status = response.status().as_u16();
    let took = Duration::try_from(state.app.now().duration_since(begun)).unwrap_or_default();
    state.app.metrics.answered(word_of(&method), route, status, took);
    let milliseconds = took.as_millis();
    if health::ROUTES.contains(&route) {
        // Somebody asks every few seconds.
        span.in_scope(|| debug!(route, status, milliseconds, "answered"));
    } else {
        span.in_scope(|| info!(route, status, milliseconds, "answered"));
    }
    response
}

/// A method as a label: whoever makes up methods makes no labels.
fn word_of(method: &Method) -> &str {
    match *method {
        Method::GET | Method::HEAD | Method::POST | Method::PUT | Method::PATCH | Method::DELETE => {
            method.as_str()
        }
        _ => "other",
    }
}
