//! One member: another role, or away.

use app::people::member;
use app::{AppError, Permission, Refusal, Role};
use axum::Form as Sent;
use axum::extract::{Path, State};
use axum::response::{IntoResponse as _, Response};
use serde::Deserialize;
use store::id::UserId;

use super::{MANAGE, role_choices};
use crate::address::Place;
use crate::component::{Confirm, Field, Form, Part, Section};
use crate::handler::form::see;
use crate::page::error::{ConfirmPage, message_of};
use crate::page::sheet::Sheet;
use crate::server::{AtClient, Needs, Page, Problem, Route, Visitor, WebState, frame, status};

pub(super) fn routes() -> Vec<Route> {
    vec![
        Route::get("/clients/{client}/users/{user}", MANAGE, show),
        Route::post("/clients/{client}/users/{user}/role", MANAGE, set_role),
        // One may leave with any role.
        Route::post("/clients/{client}/users/{user}/remove", Needs::Client(Permission::See), remove),
    ]
}

async fn show(
    State(state): State<WebState>,
    visitor: Visitor,
    at: AtClient,
    Path((_, user)): Path<(String, String)>,
) -> Result<Response, Problem> {
    sheet(&state, &visitor, &at, &user, None).await
}

async fn sheet(
    state: &WebState,
    visitor: &Visitor,
    at: &AtClient,
    user: &str,
    error: Option<&AppError>,
) -> Result<Response, Problem> {
    let members = member::list(&state.app, &at.actor, &at.client.id).await?;
    let member = members.into_iter().find(|member| member.user.as_str() == user);
    let member = member.ok_or_else(Refusal::not_found)?;
    let frame = frame(state, visitor, Some(&at.client), Some(Place::Users)).await?;
    let t = frame.t.clone();
    let here = Place::Users.of(at.client.id.as_str());
    let role = Field::list("role", t.member_role(), role_choices(&t)).value(&member.role);
    let form = Form::new(format!("{here}/{user}/role"), t.role_change(), vec![role.into()]);
    let words =
        [t.member_remove().to_owned(), t.member_remove_ask(&member.name), t.member_remove_text().to_owned()];
    let confirm = Confirm::new(&t, "remove", format!("{here}/{user}/remove"), words).dangerous();
    let mut parts: Vec<Part> = message_of(&t, error).map(Part::Message).into_iter().collect();
    parts.extend([Part::Form(Box::new(form)), Part::Confirms(vec![confirm])]);
    let sheet = Sheet::new(frame, member.name, member.email)
        .under(t.place_users(), here)
        .card(Section::untitled(parts));
    Ok((error.map(status).unwrap_or_default(), Page(sheet)).into_response())
}

#[derive(Deserialize)]
struct Chosen {
    role: String,
}

async fn set_role(
    State(state): State<WebState>,
    visitor: Visitor,
    at: AtClient,
    Path((_, user)): Path<(String, String)>,
    Sent(chosen): Sent<Chosen>,
) -> Result<Response, Problem> {
    let id = UserId::parse(&user).ok_or_else(Refusal::not_found)?;
    let role = Role::parse(&chosen.role).ok_or_else(Refusal::not_found)?;
    match member::set_role(&state.app, &at.actor, &at.client.id, &id, role).await {
        Ok(()) => Ok(see(&Place::Users.of(at.client.id.as_str()))),
        Err(error) if is_conflict(&error) => sheet(&state, &visitor, &at, &user, Some(&error)).await,
        Err(error) => Err(error.into()),
    }
}

fn is_conflict(error: &AppError) -> bool {
    error.refusal().is_some_and(|refusal| refusal.code == "last-owner")
}

#[derive(Deserialize)]
struct Confirmed {
    confirmed: Option<String>,
}

async fn remove(
    State(state): State<WebState>,
    visitor: Visitor,
    at: AtClient,
    Path((_, user)): Path<(String, String)>,
    Sent(sent): Sent<Confirmed>,
) -> Result<Response, Problem> {
    let id = UserId::parse(&user).ok_or_else(Refusal::not_found)?;
    let here = Place::Users.of(at.client.id.as_str());
    if sent.confirmed.is_none() {
        let members = member::list(&state.app, &at.actor, &at.client.id).await?;
        let member = members.into_iter().find(|member| member.user == id).ok_or_else(Refusal::not_found)?;
        let frame = frame(&state, &visitor, Some(&at.client), Some(Place::Users)).await?;
        let t = frame.t.clone();
        let page = ConfirmPage {
            question: t.member_remove_ask(&member.name),
            text: t.member_remove_text().to_owned(),
            action: format!("{here}/{user}/remove"),
            button: t.member_remove().to_owned(),
            danger: true,
            back: here,
            t,
            frame,
        };
        return Ok(Page(page).into_response());
    }
    match member::remove(&state.app, &at.actor, &at.client.id, &id).await {
        Ok(()) => Ok(see(&here)),
        Err(error) if is_conflict(&error) => sheet(&state, &visitor, &at, &user, Some(&error)).await,
        Err(error) => Err(error.into()),
    }
}
