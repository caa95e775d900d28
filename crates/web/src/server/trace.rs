//! A number for each request, and one line in the log. An address may hold the token of a link, so the log tells the
//! route and not the address.

use axum::extract::{MatchedPath, Request, State};
use axum::http::{HeaderName, HeaderValue};
use axum::middleware::Next;
use axum::response::Response;
use tracing::{Instrument as _, info, info_span};

use super::state::WebState;

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
    let route = request.extensions().get::<MatchedPath>().cloned();
    let begun = state.app.now();
    let mut response = next.run(request).instrument(span.clone()).await;
    if let Ok(number) = HeaderValue::from_str(&number) {
        response.headers_mut().insert(NUMBER, number);
    }
    let route = route.as_ref().map_or("-", MatchedPath::as_str);
    let milliseconds = state.app.now().duration_since(begun).as_millis();
    span.in_scope(|| info!(route, status = response.status().as_u16(), milliseconds, "answered"));
    response
}
