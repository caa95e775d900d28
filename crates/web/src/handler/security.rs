//! Sicherheit: one's own password, second factor, recovery codes and sessions.

use app::account::{password, second_factor, session};
use app::{AppError, Refusal};
use axum::Form as Sent;
use axum::extract::{Path, State};
use axum::response::{IntoResponse as _, Response};
use secrecy::{ExposeSecret as _, SecretString};
use serde::Deserialize;
use store::id::SessionId;

use super::form::see;
use crate::address;
use crate::component::{
    Action, Badge, Cell, Column, Entry, Field, Form, Part, SafeSvg, Section, Table, Tone,
};
use crate::format::browser;
use crate::page::error::message_of;
use crate::page::sheet::Sheet;
use crate::server::{Member, Needs, Page, Problem, Route, Visitor, WebState, frame, status};
use crate::text::Words;

const FACTOR: &str = "/security/second-factor";

pub(crate) fn routes() -> Vec<Route> {
    vec![
        Route::get(address::SECURITY, Needs::Account, show),
        Route::post("/security/password", Needs::Account, change_password),
        Route::get(FACTOR, Needs::Account, show_factor),
        Route::post(FACTOR, Needs::Account, begin_factor),
        Route::post("/security/second-factor/confirm", Needs::Account, finish_factor),
        Route::post("/security/second-factor/remove", Needs::Account, remove_factor),
        Route::post("/security/recovery-codes", Needs::Account, renew_codes),
        Route::post("/security/sessions/end-others", Needs::Account, end_others),
        Route::post("/security/sessions/{session}/end", Needs::Account, end_session),
    ]
}

/// The forms of the page, each with a password of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Asks {
    Password,
    Factor,
    Removal,
    Codes,
}

async fn show(State(state): State<WebState>, visitor: Visitor, member: Member) -> Result<Response, Problem> {
    sheet(&state, &visitor, &member, None).await
}

async fn sheet(
    state: &WebState,
    visitor: &Visitor,
    member: &Member,
    refused: Option<(Asks, &AppError)>,
) -> Result<Response, Problem> {
    let frame = frame(state, visitor, None, None).await?;
    let t = frame.t.clone();
    let at = |asks| refused.filter(|(form, _)| *form == asks).map(|(_, error)| error);
    let left = second_factor::codes_left(&state.app, &member.0.actor).await?;
    let mut sheet = Sheet::new(frame, t.place_security(), t.security_lead());
    if let Some(message) = message_of(&t, refused.map(|(_, error)| error)) {
        sheet = sheet.part(Part::Message(message));
    }
    let sheet = sheet
        .card(password_section(&t, at(Asks::Password)))
        .card(factor_section(&t, left, at))
        .card(sessions_section(state, member, &t).await?)
        .card(Section::new(
            t.keys(),
            vec![
                Part::Text(t.keys_are_there().to_owned()),
                Part::Links(vec![Action::new(t.all_clients(), address::CLIENTS)]),
            ],
        ));
    Ok((refused.map(|(_, error)| status(error)).unwrap_or_default(), Page(sheet)).into_response())
}

/// The field for the password that is asked again. Its name differs in each form of the page.
fn current(t: &Words, name: &'static str, error: Option<&AppError>) -> Field {
    let sentence = error
        .and_then(AppError::refusal)
        .filter(|refusal| refusal.field == Some("current"))
        .map(|refusal| refusal.text(t.language()).to_owned());
    Field::password(name, t.current_password(), "current-password").required().error(sentence)
}

fn password_section(t: &Words, error: Option<&AppError>) -> Section {
    let new = Field::password("password", t.new_password(), "new-password")
        .hint(t.setup_password_hint())
        .required()
        .refused(t, error);
    let entries = vec![Entry::Fields(vec![current(t, "current", error), new])];
    let form = Form::new("/security/password", t.change_password(), entries).note(t.change_password_note());
    Section::new(t.password(), vec![Part::Form(Box::new(form))])
}

fn factor_section<'e>(
    t: &Words,
    left: Option<u64>,
    refused: impl Fn(Asks) -> Option<&'e AppError>,
) -> Section {
    let ask = |name, asks, action: &str, button: &str| {
        let field = current(t, name, refused(asks));
        Part::Form(Box::new(Form::new(action, button, vec![field.into()]).second()))
    };
    let parts = match left {
        None => vec![
            Part::Text(t.factor_off().to_owned()),
            ask("current-factor", Asks::Factor, FACTOR, t.factor_set_up()),
        ],
        Some(left) => vec![
            Part::Text(t.factor_on().to_owned()),
            Part::Text(t.codes_left(left)),
            ask("current-codes", Asks::Codes, "/security/recovery-codes", t.codes_renew()),
            ask("current-removal", Asks::Removal, "/security/second-factor/remove", t.factor_remove()),
        ],
    };
    Section::new(t.second_factor(), parts)
}

async fn sessions_section(state: &WebState, member: &Member, t: &Words) -> Result<Section, Problem> {
    let sessions = session::list(&state.app, &member.0.actor).await?;
    let others = sessions.len() > 1;
    let columns = vec![
        Column::text(t.session_browser()),
        Column::text(t.session_since()),
        Column::text(t.session_seen()),
        Column::acts(),
    ];
    let rows = sessions.into_iter().map(|session| {
        let last = if session.id == member.0.session.id {
            Cell::Badge(Badge::new(Tone::Good, t.session_here()))
        } else {
            Cell::Button(Action::new(t.session_end(), format!("/security/sessions/{}/end", session.id)))
        };
        vec![
            Cell::Strong(browser(&session.agent)),
            Cell::Moment(session.created_at),
            Cell::Recent(session.seen_at),
            last,
        ]
    });
    let mut parts = vec![Part::Table(Table::new(t, t.sessions(), columns).rows(rows))];
    if others {
        let action = Action::new(t.sessions_end_others(), "/security/sessions/end-others");
        parts.push(Part::Buttons(vec![action]));
    }
    Ok(Section::new(t.sessions(), parts))
}

/// Shows what was refused on the page; other errors go on.
async fn again(
    state: &WebState,
    visitor: &Visitor,
    member: &Member,
    asks: Asks,
    error: AppError,
) -> Result<Response, Problem> {
    if error.refusal().is_none() {
        return Err(error.into());
    }
    sheet(state, visitor, member, Some((asks, &error))).await
}

#[derive(Deserialize)]
struct Passwords {
    current: SecretString,
    password: SecretString,
}

async fn change_password(
    State(state): State<WebState>,
    visitor: Visitor,
    member: Member,
    Sent(given): Sent<Passwords>,
) -> Result<Response, Problem> {
    match password::change(&state.app, &member.0, &given.current, &given.password).await {
        Ok(()) => Ok(see(address::SECURITY)),
        Err(error) => again(&state, &visitor, &member, Asks::Password, error).await,
    }
}

#[derive(Deserialize)]
struct ForFactor {
    #[serde(rename = "current-factor")]
    current: SecretString,
}

async fn begin_factor(
    State(state): State<WebState>,
    visitor: Visitor,
    member: Member,
    Sent(given): Sent<ForFactor>,
) -> Result<Response, Problem> {
    match second_factor::begin(&state.app, &member.0.actor, &given.current).await {
        Ok(()) => Ok(see(FACTOR)),
        Err(error) => again(&state, &visitor, &member, Asks::Factor, error).await,
    }
}

async fn show_factor(
    State(state): State<WebState>,
    visitor: Visitor,
    member: Member,
) -> Result<Response, Problem> {
    factor_sheet(&state, &visitor, &member, None).await
}

async fn factor_sheet(
    state: &WebState,
    visitor: &Visitor,
    member: &Member,
    error: Option<&AppError>,
) -> Result<Response, Problem> {
    let Some(pending) = second_factor::pending(&state.app, &member.0.actor).await? else {
        return Ok(see(address::SECURITY));
    };
    let squares = second_factor::modules(&pending.address)?;
    let svg = SafeSvg::squares(squares.len(), |x, y| {
        squares.get(y).and_then(|row| row.get(x)).copied().unwrap_or_default()
    });
    let frame = frame(state, visitor, None, None).await?;
    let t = frame.t.clone();
    let code = Field::text("code", t.second_code())
        .autocomplete("one-time-code")
        .class("code")
        .required()
        .refused(&t, error);
    let form = Form::new("/security/second-factor/confirm", t.factor_prove(), vec![code.into()])
        .cancel(Action::new(t.cancel(), address::SECURITY));
    let secret = vec![(t.factor_secret().to_owned(), pending.secret.expose_secret().to_owned())];
    let beside =
        vec![Part::Text(t.factor_scan().to_owned()), Part::Facts(secret), Part::Form(Box::new(form))];
    let mut parts: Vec<Part> = message_of(&t, error).map(Part::Message).into_iter().collect();
    parts.push(Part::Code(svg, Box::new(Section::bare(beside))));
    let sheet = Sheet::new(frame, t.factor_set_up(), "")
        .under(t.place_security(), address::SECURITY)
        .card(Section::untitled(parts));
    Ok((error.map(status).unwrap_or_default(), Page(sheet)).into_response())
}

#[derive(Deserialize)]
struct Code {
    code: String,
}

async fn finish_factor(
    State(state): State<WebState>,
    visitor: Visitor,
    member: Member,
    Sent(given): Sent<Code>,
) -> Result<Response, Problem> {
    match second_factor::finish(&state.app, &member.0, &given.code).await {
        Ok(codes) => show_codes(&state, &visitor, codes).await,
        Err(error) if error.refusal().is_some_and(|refusal| refusal.code != "not-found") => {
            factor_sheet(&state, &visitor, &member, Some(&error)).await
        }
        Err(error) => Err(error.into()),
    }
}

async fn show_codes(
    state: &WebState,
    visitor: &Visitor,
    codes: Vec<SecretString>,
) -> Result<Response, Problem> {
    let frame = frame(state, visitor, None, None).await?;
    let t = frame.t.clone();
    let codes = codes.iter().map(|code| code.expose_secret().to_owned()).collect();
    let parts = vec![
        Part::Text(t.codes_once().to_owned()),
        Part::Codes(codes),
        Part::Links(vec![Action::new(t.go_on(), address::SECURITY)]),
    ];
    let sheet = Sheet::new(frame, t.codes(), "")
        .under(t.place_security(), address::SECURITY)
        .card(Section::untitled(parts));
    Ok(Page(sheet).into_response())
}

#[derive(Deserialize)]
struct ForRemoval {
    #[serde(rename = "current-removal")]
    current: SecretString,
}

async fn remove_factor(
    State(state): State<WebState>,
    visitor: Visitor,
    member: Member,
    Sent(given): Sent<ForRemoval>,
) -> Result<Response, Problem> {
    match second_factor::remove(&state.app, &member.0, &given.current).await {
        Ok(()) => Ok(see(address::SECURITY)),
        Err(error) => again(&state, &visitor, &member, Asks::Removal, error).await,
    }
}

#[derive(Deserialize)]
struct ForCodes {
    #[serde(rename = "current-codes")]
    current: SecretString,
}

async fn renew_codes(
    State(state): State<WebState>,
    visitor: Visitor,
    member: Member,
    Sent(given): Sent<ForCodes>,
) -> Result<Response, Problem> {
    match second_factor::renew_codes(&state.app, &member.0.actor, &given.current).await {
        Ok(codes) => show_codes(&state, &visitor, codes).await,
        Err(error) => again(&state, &visitor, &member, Asks::Codes, error).await,
    }
}

async fn end_session(
    State(state): State<WebState>,
    member: Member,
    Path(session): Path<String>,
) -> Result<Response, Problem> {
    let id = SessionId::parse(&session).ok_or_else(Refusal::not_found)?;
    session::end(&state.app, &member.0.actor, &id).await?;
    Ok(see(address::SECURITY))
}

async fn end_others(State(state): State<WebState>, member: Member) -> Result<Response, Problem> {
    session::end_others(&state.app, &member.0).await?;
    Ok(see(address::SECURITY))
}
