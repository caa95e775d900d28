//! Mandanten: the clients of a user, and new ones. For advisers the start page.

use app::{AppError, clients};
use axum::Form as Sent;
use axum::extract::State;
use axum::response::{IntoResponse as _, Response};
use serde::Deserialize;

use super::form::see;
use crate::address::{self, Place};
use crate::component::{Action, Cell, Column, Empty, Entry, Field, Form, Part, Section, Table};
use crate::page::error::message_of;
use crate::page::sheet::Sheet;
use crate::server::{Member, Needs, Page, Problem, Route, Visitor, WebState, frame, status};

pub(crate) fn routes() -> Vec<Route> {
    vec![
        Route::get(address::CLIENTS, Needs::Login, show),
        Route::post(address::CLIENTS, Needs::Account, create),
    ]
}

async fn show(State(state): State<WebState>, visitor: Visitor, member: Member) -> Result<Response, Problem> {
    sheet(&state, &visitor, &member, &New::default(), None).await
}

#[derive(Debug, Default, Deserialize)]
struct New {
    name: String,
    #[serde(default)]
    owner: String,
}

async fn create(
    State(state): State<WebState>,
    visitor: Visitor,
    member: Member,
    Sent(new): Sent<New>,
) -> Result<Response, Problem> {
    let owner = Some(new.owner.as_str());
    match clients::create::create(&state.app, &member.0.actor, &new.name, owner).await {
        Ok(created) => match created.invitation {
            Some(link) => {
                let back =
                    Action::new(crate::server::words(&state, visitor.language).clients(), address::CLIENTS);
                let place = super::invitation::address(link.reveal());
                super::people::once(&state, &visitor, None, (&new.owner, &state.site.link(&place)), back)
                    .await
            }
            None => Ok(see(&Place::Dashboard.of(created.client.id.as_str()))),
        },
        Err(error) if error.refusal().is_some() => sheet(&state, &visitor, &member, &new, Some(&error)).await,
        Err(error) => Err(error.into()),
    }
}

async fn sheet(
    state: &WebState,
    visitor: &Visitor,
    member: &Member,
    typed: &New,
    refused: Option<&AppError>,
) -> Result<Response, Problem> {
    let actor = &member.0.actor;
    let frame = frame(state, visitor, None, None).await?;
    let t = frame.t.clone();
    let mut rows = Vec::new();
    for (client, role) in clients::list::list(&state.app, actor).await? {
        let open = app::notices::open(&state.app, actor, &client.id).await?.len();
        rows.push(vec![
            Cell::Link(Action::new(client.name, Place::Dashboard.of(client.id.as_str()))),
            role.map_or(Cell::Empty, |role| Cell::Text(t.role(role).to_owned())),
            Cell::Count(u64::try_from(open).unwrap_or(u64::MAX)),
            Cell::Date(client.created_at.to_zoned(t.zone().clone()).date()),
        ]);
    }
    let columns = vec![
        Column::text(t.client()),
        Column::text(t.client_role()),
        Column::number(t.client_findings()),
        Column::text(t.client_since()),
    ];
    let list = if rows.is_empty() {
        Part::Empty(Empty::new("people", t.clients_empty(), t.clients_empty_text()))
    } else {
        Part::Table(Table::new(&t, t.clients(), columns).rows(rows))
    };
    let mut sheet = Sheet::new(frame, t.clients(), t.clients_lead()).card(Section::untitled(vec![list]));
    if clients::create::may_create(actor).is_ok() {
        let fields = vec![
            Field::text("name", t.client_name()).required().value(&typed.name).refused(&t, refused),
            Field::email("owner", t.client_owner())
                .autocomplete("off")
                .hint(t.client_owner_hint())
                .value(&typed.owner)
                .refused(&t, refused),
        ];
        let mut parts: Vec<Part> = message_of(&t, refused).map(Part::Message).into_iter().collect();
        let form = Form::new(address::CLIENTS, t.client_create(), vec![Entry::Fields(fields)]);
        parts.push(Part::Form(Box::new(form)));
        sheet = sheet.card(Section::new(t.client_new(), parts));
    }
    let code = refused.map(status).unwrap_or_default();
    Ok((code, Page(sheet)).into_response())
}
