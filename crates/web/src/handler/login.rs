//! Logging in and out.

use app::AppError;
use app::account::login::{self, Factor, Outcome};
use app::account::session;
use axum::Form;
use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Response};
use secrecy::SecretString;
use serde::Deserialize;

use super::form::{back, see, see_with_cookie};
use crate::address;
use crate::page::error::message_of;
use crate::page::login::{Login, SecondFactor};
use crate::server::{
    Needs, Page, Problem, Route, Visitor, WebState, bare, clear_session, session_cookie, status,
};

pub(crate) fn routes() -> Vec<Route> {
    vec![
        Route::get(address::LOGIN, Needs::Nobody, show),
        Route::post(address::LOGIN, Needs::Nobody, log_in),
        Route::get(address::SECOND_FACTOR, Needs::Nobody, show_second),
        Route::post(address::SECOND_FACTOR, Needs::Nobody, log_in_second),
        Route::post(address::LOGOUT, Needs::Nobody, log_out),
    ]
}

/// Where to go afterwards.
#[derive(Debug, Default, Deserialize)]
struct Back {
    #[serde(default)]
    back: String,
}

async fn show(State(state): State<WebState>, visitor: Visitor, Query(to): Query<Back>) -> Response {
    if visitor.visit.is_some() {
        return see(back(&to.back));
    }
    Page(Login::new(bare(&state, &visitor), "", back(&to.back), None)).into_response()
}

#[derive(Deserialize)]
struct Credentials {
    email: String,
    password: SecretString,
    #[serde(default)]
    back: String,
}

async fn log_in(
    State(state): State<WebState>,
    visitor: Visitor,
    Form(given): Form<Credentials>,
) -> Result<Response, Problem> {
    let outcome = login::with_password(&state.app, &given.email, &given.password, visitor.origin()).await;
    match outcome {
        Ok(Outcome::Complete(token)) => {
            Ok(see_with_cookie(back(&given.back), session_cookie(&state.site, &token)))
        }
        Ok(Outcome::SecondFactor(token)) => {
            let place = format!("{}?back={}", address::SECOND_FACTOR, query(back(&given.back)));
            Ok(see_with_cookie(&place, session_cookie(&state.site, &token)))
        }
        Err(error) => {
            let status = refused(&error)?;
            let frame = bare(&state, &visitor);
            let message = message_of(&frame.t, Some(&error));
            Ok((status, Page(Login::new(frame, &given.email, back(&given.back), message))).into_response())
        }
    }
}

/// Shows a refusal in the form; what is ours goes on as an error.
fn refused(error: &AppError) -> Result<StatusCode, Problem> {
    match error.refusal() {
        Some(_) => Ok(status(error)),
        None => Err(AppError::failed("log in")(error.to_string()).into()),
    }
}

async fn show_second(State(state): State<WebState>, visitor: Visitor, Query(to): Query<Back>) -> Response {
    Page(SecondFactor::new(bare(&state, &visitor), back(&to.back), None)).into_response()
}

#[derive(Deserialize)]
struct Code {
    code: String,
    #[serde(default)]
    back: String,
}

async fn log_in_second(
    State(state): State<WebState>,
    visitor: Visitor,
    Form(given): Form<Code>,
) -> Result<Response, Problem> {
    let Some(token) = &visitor.token else { return Ok(see(address::LOGIN)) };
    let digits = given.code.chars().filter(|letter| !letter.is_whitespace());
    let factor = if digits.clone().count() == 6 && digits.clone().all(|letter| letter.is_ascii_digit()) {
        Factor::Code(given.code.clone())
    } else {
        Factor::Recovery(given.code.clone())
    };
    match login::with_second_factor(&state.app, token, &factor, visitor.origin()).await {
        Ok(token) => Ok(see_with_cookie(back(&given.back), session_cookie(&state.site, &token))),
        Err(error) if error.refusal().is_some_and(|refusal| refusal.code == "login-expired") => {
            Ok(see_with_cookie(address::LOGIN, clear_session(&state.site)))
        }
        Err(error) => {
            let status = refused(&error)?;
            let frame = bare(&state, &visitor);
            let message = message_of(&frame.t, Some(&error));
            Ok((status, Page(SecondFactor::new(frame, back(&given.back), message))).into_response())
        }
    }
}

async fn log_out(State(state): State<WebState>, visitor: Visitor) -> Result<Response, Problem> {
    if let Some(token) = &visitor.token {
        session::log_out(&state.app, token).await?;
    }
    Ok(see_with_cookie(address::LOGIN, clear_session(&state.site)))
}

/// A path as a value of a query.
fn query(path: &str) -> String {
    path.replace('%', "%25").replace('&', "%26").replace('#', "%23").replace('+', "%2B")
}
