//! An invitation, opened by its link.

use app::people::invite::{self, Invitation};
use app::{Actor, AppError, Token};
use axum::Form as Sent;
use axum::extract::{Query, State};
use axum::response::{IntoResponse as _, Response};
use secrecy::SecretString;
use serde::Deserialize;

use super::form::{see, see_with_cookie};
use crate::address::{self, Place};
use crate::component::{Action, Entry, Field, Form, Part, Section};
use crate::page::error::message_of;
use crate::page::sheet::Sheet;
use crate::server::{Needs, Page, Problem, Route, Visitor, WebState, frame, session_cookie, status};

const HERE: &str = address::INVITATION;

/// The page of an invitation.
pub(super) fn address(code: &str) -> String {
    format!("{HERE}?code={code}")
}

pub(crate) fn routes() -> Vec<Route> {
    vec![
        Route::get(HERE, Needs::Nobody, show),
        Route::post(HERE, Needs::Nobody, accept_as_new),
        Route::post("/invitation/accept", Needs::Account, accept),
    ]
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
    sheet(&state, &visitor, &given.code, "", None).await
}

async fn sheet(
    state: &WebState,
    visitor: &Visitor,
    code: &str,
    name: &str,
    error: Option<&AppError>,
) -> Result<Response, Problem> {
    let invitation = invite::look(&state.app, &Token::of(code)).await?;
    let frame = frame(state, visitor, None, None).await?;
    let t = frame.t.clone();
    let Invitation { by, client, role, email, has_account } = invitation;
    let mut parts: Vec<Part> = message_of(&t, error).map(Part::Message).into_iter().collect();
    let hidden = Entry::Hidden("code", code.to_owned());
    let oneself = visitor
        .visit
        .as_ref()
        .is_some_and(|visit| matches!(&visit.actor, Actor::User { email: own, .. } if *own == email));
    if oneself {
        let form = Form::new("/invitation/accept", t.invitation_accept(), vec![hidden]);
        parts.push(Part::Form(Box::new(form)));
    } else if has_account {
        let back = format!("{}?back=/invitation%3Fcode={code}", address::LOGIN);
        parts.push(Part::Text(t.invitation_log_in(&email)));
        parts.push(Part::Links(vec![Action::new(t.login(), back)]));
    } else {
        let entries = vec![
            hidden,
            Field::text("name", t.setup_name())
                .autocomplete("name")
                .required()
                .value(name)
                .refused(&t, error)
                .into(),
            Field::password("password", t.password(), "new-password")
                .hint(t.setup_password_hint())
                .required()
                .refused(&t, error)
                .into(),
        ];
        let form = Form::new(HERE, t.invitation_accept(), entries).note(email);
        parts.push(Part::Form(Box::new(form)));
    }
    let lead = t.invitation_lead(by, client, t.role(role));
    let sheet = Sheet::new(frame, t.invitation(), lead).card(Section::untitled(parts));
    Ok((error.map(status).unwrap_or_default(), Page(sheet)).into_response())
}

#[derive(Deserialize)]
struct New {
    code: String,
    name: String,
    password: SecretString,
}

async fn accept_as_new(
    State(state): State<WebState>,
    visitor: Visitor,
    Sent(new): Sent<New>,
) -> Result<Response, Problem> {
    let (token, language) = (Token::of(&new.code), visitor.language);
    let origin = visitor.origin();
    match invite::accept_as_new(&state.app, &token, &new.name, &new.password, language, origin).await {
        Ok((session, client)) => {
            let cookie = session_cookie(&state.site, &session);
            Ok(see_with_cookie(&Place::Dashboard.of(client.as_str()), cookie))
        }
        Err(error) if error.refusal().is_some_and(|refusal| refusal.field.is_some()) => {
            sheet(&state, &visitor, &new.code, &new.name, Some(&error)).await
        }
        Err(error) => Err(error.into()),
    }
}

async fn accept(
    State(state): State<WebState>,
    visitor: Visitor,
    Sent(given): Sent<Code>,
) -> Result<Response, Problem> {
    let Some(visit) = &visitor.visit else { return Ok(see(address::LOGIN)) };
    let client = invite::accept(&state.app, &visit.actor, &Token::of(&given.code)).await?;
    Ok(see(&Place::Dashboard.of(client.as_str())))
}
