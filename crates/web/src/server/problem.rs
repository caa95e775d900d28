//! Errors into answers: a page for people, a problem (RFC 9457) for programs, the login for who has to log in first.

use std::error::Error as _;
use std::sync::Arc;

use app::{AppError, Language, Refusal, RefusalKind};
use axum::Json;
use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::header::{ACCEPT, ALLOW, CONTENT_TYPE, LOCATION, WWW_AUTHENTICATE};
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, Uri};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use serde_json::json;
use tower_http::csrf::ProtectionError;
use tracing::{error, warn};

use super::state::WebState;
use super::trace::Number;
use super::visitor::Visitor;
use crate::address;
use crate::page::error::ErrorPage;
use crate::page::{Frame, Theme};

/// With which htmx marks its requests, and by which it is sent elsewhere.
const HTMX: HeaderName = HeaderName::from_static("hx-request");
const HTMX_REDIRECT: HeaderName = HeaderName::from_static("hx-redirect");

/// An error on its way to the one who asked. Handlers give `Result<_, Problem>`, and `?` takes every [`AppError`] and
/// [`Refusal`].
#[derive(Clone, Debug)]
pub struct Problem(Arc<AppError>);

impl<E: Into<AppError>> From<E> for Problem {
    fn from(error: E) -> Self {
        Self(Arc::new(error.into()))
    }
}

impl Problem {
    /// An error that somebody else holds as well.
    pub fn shared(error: Arc<AppError>) -> Self {
        Self(error)
    }

    /// The error.
    pub fn error(&self) -> &AppError {
        &self.0
    }
}

impl IntoResponse for Problem {
    /// An answer without a body, which `explain` fills in.
    fn into_response(self) -> Response {
        let mut response = status(&self.0).into_response();
        response.extensions_mut().insert(self);
        response
    }
}

/// The status of an error.
pub fn status(error: &AppError) -> StatusCode {
    match error.refusal().map(|refusal| refusal.kind) {
        Some(RefusalKind::Unknown) => StatusCode::UNAUTHORIZED,
        Some(RefusalKind::Forbidden) => StatusCode::FORBIDDEN,
        Some(RefusalKind::NotFound) => StatusCode::NOT_FOUND,
        Some(RefusalKind::Invalid) => StatusCode::UNPROCESSABLE_ENTITY,
        Some(RefusalKind::Conflict) => StatusCode::CONFLICT,
        Some(RefusalKind::TooLarge) => StatusCode::PAYLOAD_TOO_LARGE,
        Some(RefusalKind::TooOften) => StatusCode::TOO_MANY_REQUESTS,
        Some(RefusalKind::Elsewhere) => StatusCode::BAD_GATEWAY,
        None => StatusCode::INTERNAL_SERVER_ERROR,
    }
}

/// An address that leads nowhere.
pub(super) async fn nothing_here() -> Problem {
    Refusal::not_found().into()
}

/// What an answer is made for.
struct Asked {
    program: bool,
    htmx: bool,
    method: Method,
    language: Language,
    theme: Theme,
    path: String,
    number: String,
}

impl Asked {
    fn of(method: &Method, uri: &Uri, headers: &HeaderMap) -> Self {
        let accept = headers.get(ACCEPT).and_then(|accept| accept.to_str().ok()).unwrap_or_default();
        let program = uri.path().starts_with("/api/") || accept.starts_with("application/json");
        Self {
            program,
            htmx: headers.contains_key(HTMX),
            method: method.clone(),
            language: if program { Language::En } else { Language::De },
            theme: Theme::default(),
            path: uri.path_and_query().map_or("/", |path| path.as_str()).to_owned(),
            number: String::new(),
        }
    }
}

/// Gives errors their words.
pub(super) async fn explain(
    State(state): State<WebState>,
    visitor: Visitor,
    request: Request,
    next: Next,
) -> Response {
    let mut asked = Asked::of(request.method(), request.uri(), request.headers());
    if !asked.program {
        (asked.language, asked.theme) = (visitor.language, visitor.theme);
    }
    asked.number = visitor.number;
    let response = next.run(request).await;
    let Some(problem) = problem_in(&response) else { return response };
    let mut said = answer(&state, &asked, &problem, response.status());
    // Which methods there are (RFC 9110, 15.5.6).
    if let Some(methods) = response.headers().get(ALLOW) {
        said.headers_mut().insert(ALLOW, methods.clone());
    }
    said
}

/// The answer to an error that came before anything was known of the one who asks.
pub(super) fn bare(state: &WebState, parts: &Parts, error: AppError) -> Response {
    let mut asked = Asked::of(&parts.method, &parts.uri, &parts.headers);
    asked.number = parts.extensions.get::<Number>().map(|number| number.0.clone()).unwrap_or_default();
    let status = status(&error);
    answer(state, &asked, &error.into(), status)
}

/// The error of an answer: ours, or one of the layers and extractors between, which answer in plain English text.
fn problem_in(response: &Response) -> Option<Problem> {
    if let Some(problem) = response.extensions().get::<Problem>() {
        return Some(problem.clone());
    }
    if response.extensions().get::<ProtectionError>().is_some() {
        return Some(foreign().into());
    }
    let text =
        response.headers().get(CONTENT_TYPE).is_none_or(|kind| kind.as_bytes().starts_with(b"text/plain"));
    match response.status() {
        StatusCode::METHOD_NOT_ALLOWED => Some(wrong_method().into()),
        StatusCode::PAYLOAD_TOO_LARGE if text => Some(too_large().into()),
        StatusCode::NOT_FOUND if text => Some(Refusal::not_found().into()),
        status if text && status.is_client_error() => Some(malformed().into()),
        _ => None,
    }
}

fn answer(state: &WebState, asked: &Asked, problem: &Problem, status: StatusCode) -> Response {
    let error = problem.error();
    note(error, &asked.number);
    let unknown = error.refusal().is_some_and(|refusal| refusal.kind == RefusalKind::Unknown);
    if asked.program {
        return with_status(program(error, asked, status), status, unknown);
    }
    if unknown {
        return to_login(asked);
    }
    page(state, asked, error, status)
}

/// What is ours goes into the log with everything that led to it.
fn note(error: &AppError, number: &str) {
    match error.refusal() {
        Some(refusal) if refusal.kind == RefusalKind::Forbidden => {
            warn!(number, code = refusal.code, "refused");
        }
        Some(_) => {}
        None => {
            let mut text = error.to_string();
            let mut source = error.source();
            while let Some(cause) = source {
                text.push_str(": ");
                text.push_str(&cause.to_string());
                source = cause.source();
            }
            error!(number, "failed: {text}");
        }
    }
}

fn with_status(mut response: Response, status: StatusCode, unknown: bool) -> Response {
    *response.status_mut() = status;
    if unknown {
        response.headers_mut().insert(WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
    }
    response
}

/// RFC 9457. The type is a relative reference, so it needs no address of ours in the world.
fn program(error: &AppError, asked: &Asked, status: StatusCode) -> Response {
    let title = status.canonical_reason().unwrap_or("Error");
    let body = match error.refusal() {
        Some(refusal) => json!({
            "type": format!("/api/problems/{}", refusal.code),
            "title": title,
            "status": status.as_u16(),
            "code": refusal.code,
            "detail": refusal.text(asked.language),
            "detail_de": refusal.text(Language::De),
            "field": refusal.field,
            "request": asked.number,
        }),
        None => json!({
            "type": "/api/problems/internal",
            "title": title,
            "status": status.as_u16(),
            "code": "internal",
            "detail": "Kontor failed. The operator finds the reason in the log by the number of this request.",
            "request": asked.number,
        }),
    };
    let mut response = Json(body).into_response();
    response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static("application/problem+json"));
    response
}

fn to_login(asked: &Asked) -> Response {
    let back = if asked.method == Method::GET { asked.path.as_str() } else { "/" };
    let back: String = back
        .bytes()
        .map(|byte| match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'/' | b'-' | b'_' | b'.' => {
                char::from(byte).to_string()
            }
            _ => format!("%{byte:02X}"),
        })
        .collect();
    let place = format!("{}?back={back}", address::LOGIN);
    let place = HeaderValue::from_str(&place).unwrap_or(HeaderValue::from_static(address::LOGIN));
    let (status, header) = if asked.htmx {
        (StatusCode::UNAUTHORIZED, HTMX_REDIRECT)
    } else {
        (StatusCode::SEE_OTHER, LOCATION)
    };
    let mut response = (status, Body::empty()).into_response();
    response.headers_mut().insert(header, place);
    response
}

fn page(state: &WebState, asked: &Asked, error: &AppError, status: StatusCode) -> Response {
    let words = crate::server::words(state, asked.language);
    let frame = Frame::bare(words, asked.theme, asked.path.clone());
    let page = ErrorPage::new(frame, error, &asked.number);
    (status, crate::server::Page(page)).into_response()
}

fn foreign() -> Refusal {
    Refusal::new(
        RefusalKind::Forbidden,
        "other-site",
        "Diese Anfrage kam von einer anderen Seite und wurde nicht ausgeführt. Stimmt die Adresse in der Zeile des \
         Browsers mit der öffentlichen Adresse von Kontor (--public-url) überein?",
        "This request came from another site and was not carried out. Is the address in the browser the public \
         address of Kontor (--public-url)?",
    )
}

fn wrong_method() -> Refusal {
    Refusal::new(
        RefusalKind::NotFound,
        "method-not-allowed",
        "Diese Adresse gibt es, aber nicht auf diese Weise.",
        "This address exists, but does not take this method.",
    )
}

fn too_large() -> Refusal {
    Refusal::new(
        RefusalKind::TooLarge,
        "too-large",
        "Das ist größer, als hier angenommen wird.",
        "This is larger than what is taken here.",
    )
}

fn malformed() -> Refusal {
    Refusal::new(
        RefusalKind::Invalid,
        "malformed",
        "Die Anfrage ist unvollständig oder hat nicht die erwartete Form.",
        "The request is incomplete or does not have the expected form.",
    )
}
