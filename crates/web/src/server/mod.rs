//! The server of pages and programs: every answer passes through here.
//!
//! What a request meets, from outside to inside: a number and a line in the log (`trace`), security headers
//! (`headers`), compression, who is asking (`visitor`), errors into pages or problems (`problem`), requests from
//! other sites refused, and per route a limit of its body and what it needs (`route`, `guard`).

mod guard;
mod headers;
mod page;
mod problem;
mod route;
mod state;
mod trace;
mod visitor;
mod work;

use std::net::SocketAddr;

use axum::Router;
use axum::middleware::from_fn_with_state;
use axum::routing::get;
use tokio::net::TcpListener;
use tower_http::compression::CompressionLayer;
use tower_http::csrf::CsrfLayer;

use crate::handler::health;

pub use guard::{AtClient, Member};
pub use page::{Page, bare, frame, words};
pub use problem::{Problem, status};
pub use route::{Needs, Route};
pub use state::{Site, SiteError, WebState};
pub use visitor::{Visitor, clear_session, session_cookie};
pub(crate) use visitor::{language_cookie, theme_cookie};
pub use work::{Begun, Task, Work};

/// Puts routes together into one service.
pub fn service(state: &WebState, table: Vec<Route>) -> Router {
    let router = table.into_iter().fold(Router::new(), |router, route| route.add_to(router, state));
    let foreign = CsrfLayer::new().add_trusted_origin(state.site.origin()).unwrap_or_default();
    router
        .fallback(problem::nothing_here)
        .layer(foreign)
        .layer(from_fn_with_state(state.clone(), problem::explain))
        .layer(from_fn_with_state(state.clone(), visitor::recognise))
        .layer(CompressionLayer::new())
        .layer(from_fn_with_state(state.clone(), headers::secure))
        .layer(from_fn_with_state(state.clone(), trace::follow))
        .with_state(state.clone())
}

/// What an operator's machines ask, on a listener of its own that nobody else reaches: `/metrics`, `/healthz`, `/readyz`.
pub fn monitoring(state: &WebState) -> Router {
    let router = Router::new().route("/metrics", get(health::counted));
    let router = health::routes().into_iter().fold(router, |router, route| route.add_to(router, state));
    // Guards ask who it is; here it is nobody, and nothing is kept of him.
    router.layer(from_fn_with_state(state.clone(), visitor::recognise)).with_state(state.clone())
}

/// Serves until `stop` is done; what has begun is finished.
pub async fn serve(
    listener: TcpListener,
    service: Router,
    stop: impl Future<Output = ()> + Send + 'static,
) -> std::io::Result<()> {
    let service = service.into_make_service_with_connect_info::<SocketAddr>();
    axum::serve(listener, service).with_graceful_shutdown(stop).await
}
