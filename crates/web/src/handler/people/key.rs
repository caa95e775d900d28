//! API keys of a client.

use app::people::key;
use app::{AppError, Refusal, Scope};
use axum::Form as Sent;
use axum::extract::{Path, State};
use axum::response::{IntoResponse as _, Response};
use jiff::civil::Date;
use serde::Deserialize;
use store::id::ApiKeyId;

use super::{MANAGE, Typed, auditor, back_to_users, refused};
use crate::address::Place;
use crate::component::{Action, Cell, Check, Column, Entry, Field, Form, Part, Section, Table};
use crate::handler::form::see;
use crate::page::sheet::Sheet;
use crate::server::{AtClient, Page, Problem, Route, Visitor, WebState, frame, words};
use crate::text::Words;

pub(super) fn routes() -> Vec<Route> {
    vec![
        Route::post("/clients/{client}/users/keys", MANAGE, create),
        Route::post("/clients/{client}/users/keys/{key}/revoke", MANAGE, revoke),
    ]
}

fn scope(t: &Words, scope: Scope) -> &'static str {
    match scope {
        Scope::Read => t.scope_read(),
        Scope::Write => t.scope_write(),
        Scope::Export => t.scope_export(),
        Scope::Settings => t.scope_settings(),
    }
}

fn field(scope: Scope) -> &'static str {
    match scope {
        Scope::Read => "scope-read",
        Scope::Write => "scope-write",
        Scope::Export => "scope-export",
        Scope::Settings => "scope-settings",
    }
}

pub(super) async fn section(
    state: &WebState,
    at: &AtClient,
    t: &Words,
    here: &str,
    typed: &Typed<'_>,
    error: Option<&AppError>,
) -> Result<Section, Problem> {
    let fields = vec![
        Field::text("name", t.key_name()).required().value(typed.of("name")).refused(t, error),
        Field::date("expires", t.expires()).value(typed.of("expires")).refused(t, error),
    ];
    let mut entries = vec![Entry::Fields(fields)];
    entries.extend(
        Scope::ALL.map(|one| Entry::Check(Check::new(field(one), scope(t, one), one == Scope::Read))),
    );
    let form = Form::new(format!("{here}/keys"), t.key_create(), entries).second();
    let mut parts = vec![Part::Text(t.keys_text().to_owned())];
    let keys = key::list(&state.app, &at.actor, &at.client.id).await?;
    if !keys.is_empty() {
        let columns = vec![
            Column::text(t.key_name()),
            Column::text(t.key_begins()),
            Column::text(t.key_scopes()),
            Column::text(t.key_used()),
            Column::text(t.expires()),
            Column::acts(),
        ];
        let rows = keys.into_iter().map(|key| {
            let scopes = key.scopes.iter().filter_map(|word| Scope::parse(word));
            let scopes: Vec<&str> = scopes.map(|one| scope(t, one)).collect();
            let last = if key.revoked_at.is_some() {
                Cell::Quiet(t.key_revoked().to_owned())
            } else {
                Cell::Button(Action::new(t.key_revoke(), format!("{here}/keys/{}/revoke", key.id)))
            };
            vec![
                Cell::Strong(key.name),
                Cell::Code(format!("{}…", key.prefix)),
                Cell::Text(scopes.join(", ")),
                key.used_at.map_or(Cell::Empty, Cell::Recent),
                key.expires_at.map_or(Cell::Empty, Cell::Moment),
                last,
            ]
        });
        parts.push(Part::Table(Table::new(t, t.keys(), columns).rows(rows)));
    }
    parts.push(Part::Form(Box::new(form)));
    Ok(Section::new(t.keys(), parts))
}

#[derive(Deserialize)]
#[serde(rename_all = "kebab-case")]
struct New {
    name: String,
    #[serde(default)]
    expires: String,
    scope_read: Option<String>,
    scope_write: Option<String>,
    scope_export: Option<String>,
    scope_settings: Option<String>,
}

async fn create(
    State(state): State<WebState>,
    visitor: Visitor,
    at: AtClient,
    Sent(new): Sent<New>,
) -> Result<Response, Problem> {
    let t = words(&state, visitor.language);
    let ticked = [
        (Scope::Read, &new.scope_read),
        (Scope::Write, &new.scope_write),
        (Scope::Export, &new.scope_export),
        (Scope::Settings, &new.scope_settings),
    ];
    let scopes: Vec<Scope> =
        ticked.into_iter().filter(|(_, ticked)| ticked.is_some()).map(|(scope, _)| scope).collect();
    let expires = if new.expires.trim().is_empty() { None } else { Some(new.expires.parse::<Date>()) };
    let expires = expires.transpose().map_err(|_| not_a_day())?.map(|day| auditor::end_of(day, &t));
    match key::create(&state.app, &at.actor, &at.client.id, &new.name, &scopes, expires).await {
        Ok((token, key)) => {
            let frame = frame(&state, &visitor, Some(&at.client), Some(Place::Users)).await?;
            let parts = vec![
                Part::Once(token.reveal().to_owned()),
                Part::Text(t.keys_text().to_owned()),
                Part::Links(vec![back_to_users(&state, &visitor, &at.client)]),
            ];
            let sheet = Sheet::new(frame, t.key_once(), key.name).card(Section::untitled(parts));
            Ok(Page(sheet).into_response())
        }
        Err(error) => {
            let typed = [("name", new.name.as_str()), ("expires", &new.expires)];
            refused(&state, &visitor, &at, &typed, error).await
        }
    }
}

fn not_a_day() -> Refusal {
    Refusal::invalid(
        "expires",
        "not-a-day",
        "Erwartet wird ein Tag wie 2027-12-31.",
        "A day such as 2027-12-31 is expected.",
    )
}

async fn revoke(
    State(state): State<WebState>,
    at: AtClient,
    Path((_, key)): Path<(String, String)>,
) -> Result<Response, Problem> {
    let key = ApiKeyId::parse(&key).ok_or_else(Refusal::not_found)?;
    key::revoke(&state.app, &at.actor, &at.client.id, &key).await?;
    Ok(see(&Place::Users.of(at.client.id.as_str())))
}
