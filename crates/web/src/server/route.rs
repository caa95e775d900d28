//! The table of routes: address, method, what it needs, and the handler. What is not in the table cannot be reached,
//! and the tests walk all of it as everybody.

use app::Permission;
use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::handler::Handler;
use axum::http::Method;
use axum::middleware::from_fn_with_state;
use axum::routing::{MethodFilter, MethodRouter, on};
use tower_http::limit::RequestBodyLimitLayer;

use super::guard::{self, Guard};
use super::state::WebState;
use crate::api::Operation;

/// The body of an ordinary form, in bytes.
const FORM_BYTES: usize = 256 * 1024;

/// What a route needs before its handler is called.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Needs {
    /// Nothing: login, links, files of the pages.
    Nobody,
    /// Somebody who is logged in, an auditor too.
    Login,
    /// Somebody who is logged in with an account of his own.
    Account,
    /// The operator of the machine.
    Operator,
    /// A permission for the client `{client}` in the address; the handler can take [`super::AtClient`].
    Client(Permission),
    /// The same for a program, which shows an API key (`Authorization: Bearer kontor_…`) and never a cookie.
    Key(Permission),
}

/// A line of the table.
#[derive(Clone, Debug)]
pub struct Route {
    /// The method.
    pub method: Method,
    /// The address, with `{client}` and other parts in braces.
    pub path: &'static str,
    /// What it needs.
    pub needs: Needs,
    /// What programs are told of it; none for pages.
    pub(crate) operation: Option<Operation>,
    handler: MethodRouter<WebState>,
    body_bytes: usize,
}

impl Route {
    /// A page.
    pub fn get<H: Handler<T, WebState>, T: 'static>(path: &'static str, needs: Needs, handler: H) -> Self {
        Self::new(Method::GET, MethodFilter::GET, path, needs, handler)
    }

    /// A form that is sent.
    pub fn post<H: Handler<T, WebState>, T: 'static>(path: &'static str, needs: Needs, handler: H) -> Self {
        Self::new(Method::POST, MethodFilter::POST, path, needs, handler)
    }

    /// Something that is put in a place (REST).
    pub fn put<H: Handler<T, WebState>, T: 'static>(path: &'static str, needs: Needs, handler: H) -> Self {
        Self::new(Method::PUT, MethodFilter::PUT, path, needs, handler)
    }

    /// A part that is changed (REST).
    pub fn patch<H: Handler<T, WebState>, T: 'static>(path: &'static str, needs: Needs, handler: H) -> Self {
        Self::new(Method::PATCH, MethodFilter::PATCH, path, needs, handler)
    }

    /// Something that is removed (REST).
    pub fn delete<H: Handler<T, WebState>, T: 'static>(path: &'static str, needs: Needs, handler: H) -> Self {
        Self::new(Method::DELETE, MethodFilter::DELETE, path, needs, handler)
    }

    fn new<H: Handler<T, WebState>, T: 'static>(
        method: Method,
        filter: MethodFilter,
        path: &'static str,
        needs: Needs,
        handler: H,
    ) -> Self {
        Self { method, path, needs, operation: None, handler: on(filter, handler), body_bytes: FORM_BYTES }
    }

    /// Takes bodies of up to so many bytes, for uploads.
    #[must_use]
    pub fn body(self, bytes: usize) -> Self {
        Self { body_bytes: bytes, ..self }
    }

    /// Tells programs of it, in the OpenAPI document.
    #[must_use]
    pub(crate) fn told(self, operation: Operation) -> Self {
        Self { operation: Some(operation), ..self }
    }

    pub(super) fn add_to(self, router: Router<WebState>, state: &WebState) -> Router<WebState> {
        let guard = Guard { state: state.clone(), needs: self.needs };
        let handler = self
            .handler
            .route_layer(DefaultBodyLimit::disable())
            .route_layer(RequestBodyLimitLayer::new(self.body_bytes))
            .route_layer(from_fn_with_state(guard, guard::check));
        router.route(self.path, handler)
    }
}
