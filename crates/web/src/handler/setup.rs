//! The first start: the owner makes his account with the code that the server printed.

use app::Token;
use app::account::setup::{self, Owner};
use axum::Form;
use axum::extract::{Query, State};
use axum::response::{IntoResponse as _, Response};
use secrecy::SecretString;
use serde::Deserialize;

use super::form::{see, see_with_cookie};
use crate::address::{self, Place};
use crate::page::login::{Setup, SetupEntries};
use crate::server::{Needs, Page, Problem, Route, Visitor, WebState, bare, session_cookie, status};

pub(crate) fn routes() -> Vec<Route> {
    vec![Route::get(address::SETUP, Needs::Nobody, show), Route::post(address::SETUP, Needs::Nobody, finish)]
}

#[derive(Debug, Default, Deserialize)]
struct Code {
    #[serde(default)]
    code: String,
}

async fn show(
    State(state): State<WebState>,
    visitor: Visitor,
    Query(given): Query<Code>,
) -> Result<Response, Problem> {
    if !setup::is_open(&state.app).await? {
        return Ok(see(address::LOGIN));
    }
    let typed = SetupEntries { code: given.code, ..SetupEntries::default() };
    Ok(Page(Setup::new(bare(&state, &visitor), &typed, None)).into_response())
}

#[derive(Deserialize)]
struct Entries {
    code: String,
    client: String,
    name: String,
    email: String,
    password: SecretString,
}

async fn finish(
    State(state): State<WebState>,
    visitor: Visitor,
    Form(given): Form<Entries>,
) -> Result<Response, Problem> {
    let owner = Owner {
        name: given.name.clone(),
        email: given.email.clone(),
        password: given.password,
        client: given.client.clone(),
        language: visitor.language,
    };
    let token = Token::of(given.code.trim());
    match setup::finish(&state.app, &token, &owner, visitor.origin()).await {
        Ok((session, client)) => {
            let cookie = session_cookie(&state.site, &session);
            Ok(see_with_cookie(&Place::Dashboard.of(client.as_str()), cookie))
        }
        Err(error) if error.refusal().is_some() => {
            let typed =
                SetupEntries { code: given.code, client: given.client, name: given.name, email: given.email };
            let page = Setup::new(bare(&state, &visitor), &typed, Some(&error));
            Ok((status(&error), Page(page)).into_response())
        }
        Err(error) => Err(error.into()),
    }
}
