//! A forgotten password: what to do, and the link by which a new one is set.

use app::account::reset;
use app::{AppError, Token};
use axum::Form as Sent;
use axum::extract::{Query, State};
use axum::response::{IntoResponse as _, Response};
use secrecy::SecretString;
use serde::Deserialize;

use crate::address;
use crate::component::{Action, Entry, Field, Form, Message, Part, Section, Tone};
use crate::page::error::message_of;
use crate::page::sheet::Sheet;
use crate::server::{Needs, Page, Problem, Route, Visitor, WebState, bare, status};

const FORGOTTEN: &str = "/forgotten";

pub(crate) fn routes() -> Vec<Route> {
    vec![
        Route::get(FORGOTTEN, Needs::Nobody, forgotten),
        Route::post(FORGOTTEN, Needs::Nobody, ask),
        Route::get(address::PASSWORD, Needs::Nobody, show),
        Route::post(address::PASSWORD, Needs::Nobody, finish),
    ]
}

async fn forgotten(State(state): State<WebState>, visitor: Visitor) -> Response {
    if reset::by_mail(&state.app) {
        return ask_for_link(&state, &visitor, "", None);
    }
    let frame = bare(&state, &visitor);
    let t = frame.t.clone();
    let parts = vec![
        Part::Text(t.forgotten_text().to_owned()),
        Part::Once("kontor user reset-password name@example.org".to_owned()),
        Part::Links(vec![Action::new(t.login(), address::LOGIN)]),
    ];
    Page(Sheet::new(frame, t.forgotten_title(), "").card(Section::untitled(parts))).into_response()
}

fn ask_for_link(state: &WebState, visitor: &Visitor, typed: &str, error: Option<&AppError>) -> Response {
    let frame = bare(state, visitor);
    let t = frame.t.clone();
    let field = Field::email("email", t.email()).required().value(typed.to_owned()).refused(&t, error);
    let mut parts: Vec<Part> = message_of(&t, error).map(Part::Message).into_iter().collect();
    parts.push(Part::Text(t.forgotten_mail().to_owned()));
    parts.push(Part::Form(Box::new(Form::new(FORGOTTEN, t.forgotten_send(), vec![field.into()]))));
    parts.push(Part::Links(vec![Action::new(t.login(), address::LOGIN)]));
    let sheet = Sheet::new(frame, t.forgotten_title(), "").card(Section::untitled(parts));
    (error.map(status).unwrap_or_default(), Page(sheet)).into_response()
}

#[derive(Debug, Deserialize)]
struct Asking {
    #[serde(default)]
    email: String,
}

/// Sends a link, and says the same whether the address has an account or not.
async fn ask(
    State(state): State<WebState>,
    visitor: Visitor,
    Sent(asking): Sent<Asking>,
) -> Result<Response, Problem> {
    let site = state.site.clone();
    let link = move |token: &Token| site.link(&format!("{}?code={}", address::PASSWORD, token.reveal()));
    match reset::ask(&state.app, &asking.email, &visitor.address, link).await {
        Ok(()) => {
            let frame = bare(&state, &visitor);
            let t = frame.t.clone();
            let parts = vec![
                Part::Message(Message::new(Tone::Good, t.forgotten_sent())),
                Part::Links(vec![Action::new(t.login(), address::LOGIN)]),
            ];
            let sheet = Sheet::new(frame, t.forgotten_title(), "").card(Section::untitled(parts));
            Ok(Page(sheet).into_response())
        }
        Err(error) if error.refusal().is_some() => {
            Ok(ask_for_link(&state, &visitor, &asking.email, Some(&error)))
        }
        Err(error) => Err(error.into()),
    }
}

#[derive(Debug, Deserialize)]
struct Code {
    code: String,
}

async fn show(
    State(state): State<WebState>,
    visitor: Visitor,
    Query(given): Query<Code>,
) -> Result<Response, Problem> {
    sheet(&state, &visitor, &given.code, None).await
}

async fn sheet(
    state: &WebState,
    visitor: &Visitor,
    code: &str,
    error: Option<&AppError>,
) -> Result<Response, Problem> {
    let email = reset::look(&state.app, &Token::of(code)).await?;
    let frame = bare(state, visitor);
    let t = frame.t.clone();
    let entries = vec![
        Entry::Hidden("code", code.to_owned()),
        Field::password("password", t.new_password(), "new-password")
            .hint(t.setup_password_hint())
            .required()
            .refused(&t, error)
            .into(),
    ];
    let mut parts: Vec<Part> = message_of(&t, error).map(Part::Message).into_iter().collect();
    parts.push(Part::Form(Box::new(Form::new(address::PASSWORD, t.password_set(), entries))));
    let sheet = Sheet::new(frame, t.new_password(), t.password_for(email)).card(Section::untitled(parts));
    Ok((error.map(status).unwrap_or_default(), Page(sheet)).into_response())
}

#[derive(Deserialize)]
struct New {
    code: String,
    password: SecretString,
}

async fn finish(
    State(state): State<WebState>,
    visitor: Visitor,
    Sent(new): Sent<New>,
) -> Result<Response, Problem> {
    match reset::finish(&state.app, &Token::of(&new.code), &new.password).await {
        Ok(()) => {
            let frame = bare(&state, &visitor);
            let t = frame.t.clone();
            let parts = vec![
                Part::Message(Message::new(Tone::Good, t.password_done())),
                Part::Links(vec![Action::new(t.login(), address::LOGIN)]),
            ];
            let sheet = Sheet::new(frame, t.new_password(), "").card(Section::untitled(parts));
            Ok(Page(sheet).into_response())
        }
        Err(error) if error.refusal().is_some_and(|refusal| refusal.field.is_some()) => {
            sheet(&state, &visitor, &new.code, Some(&error)).await
        }
        Err(error) => Err(error.into()),
    }
}
