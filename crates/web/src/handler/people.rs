//! Benutzer und Rechte of a client: members with their roles, invitations, auditors' links, API keys.

mod auditor;
mod key;
mod member;

use app::people::invite;
use app::{AppError, Permission, Refusal, Role, clients, people};
use axum::Form as Sent;
use axum::extract::{Path, State};
use axum::response::{IntoResponse as _, Response};
use serde::Deserialize;
use store::client::Client;
use store::id::LinkId;

use super::form::see;
use crate::address::{self, Place};
use crate::component::{
    Action, Cell, Choice, Column, Entry, Field, Form, Message, Part, Section, Table, Tone,
};
use crate::page::error::message_of;
use crate::page::sheet::Sheet;
use crate::server::{AtClient, Needs, Page, Problem, Route, Visitor, WebState, frame, status};
use crate::text::Words;

const MANAGE: Needs = Needs::Client(Permission::Manage);

pub(crate) fn routes() -> Vec<Route> {
    let own = vec![
        Route::get("/clients/{client}/users", Needs::Client(Permission::See), show),
        Route::post("/clients/{client}/users/invitations", MANAGE, send_invitation),
        Route::post("/clients/{client}/users/links/{link}/withdraw", MANAGE, withdraw),
        Route::post("/clients/{client}/users/delete-client", MANAGE, delete_client),
    ];
    [own, member::routes(), auditor::routes(), key::routes()].into_iter().flatten().collect()
}

/// What was typed into one of the forms, by the names of the fields; it stays where it was refused.
#[derive(Debug, Default)]
struct Typed<'a>(&'a [(&'a str, &'a str)]);

impl Typed<'_> {
    fn of(&self, name: &str) -> String {
        self.0.iter().find(|(key, _)| *key == name).map(|(_, value)| (*value).to_owned()).unwrap_or_default()
    }
}

async fn show(State(state): State<WebState>, visitor: Visitor, at: AtClient) -> Result<Response, Problem> {
    sheet(&state, &visitor, &at, &Typed::default(), None).await
}

/// The page again with what was refused; other errors go on.
async fn refused(
    state: &WebState,
    visitor: &Visitor,
    at: &AtClient,
    typed: &[(&str, &str)],
    error: AppError,
) -> Result<Response, Problem> {
    if error.refusal().is_none() {
        return Err(error.into());
    }
    sheet(state, visitor, at, &Typed(typed), Some(&error)).await
}

async fn sheet(
    state: &WebState,
    visitor: &Visitor,
    at: &AtClient,
    typed: &Typed<'_>,
    error: Option<&AppError>,
) -> Result<Response, Problem> {
    let frame = frame(state, visitor, Some(&at.client), Some(Place::Users)).await?;
    let t = frame.t.clone();
    let here = Place::Users.of(at.client.id.as_str());
    let manages = at.actor.may(Permission::Manage, &at.client.id).is_ok();
    let mut sheet = Sheet::new(frame, t.place_users(), t.users_lead());
    if let Some(message) = message_of(&t, error) {
        sheet = sheet.part(Part::Message(message));
    }
    sheet = sheet.card(members(state, at, &t, &here, manages).await?);
    if manages {
        sheet = sheet.card(invitations(state, at, &t, &here, typed, error).await?);
    }
    sheet = sheet.card(Section::new(t.rights(), vec![Part::Table(rights(&t))]));
    if manages {
        sheet = sheet
            .card(key::section(state, at, &t, &here, typed, error).await?)
            .card(auditor::section(state, at, &t, &here, typed, error).await?)
            .card(deletion(&t, &here, error));
    }
    Ok((error.map(status).unwrap_or_default(), Page(sheet)).into_response())
}

async fn members(
    state: &WebState,
    at: &AtClient,
    t: &Words,
    here: &str,
    manages: bool,
) -> Result<Section, Problem> {
    let members = people::member::list(&state.app, &at.actor, &at.client.id).await?;
    let mut columns = vec![
        Column::text(t.member_name()),
        Column::text(t.email()),
        Column::text(t.member_role()),
        Column::text(t.member_factor()),
        Column::text(t.member_seen()),
    ];
    if manages {
        columns.push(Column::acts());
    }
    let rows = members.into_iter().map(|member| {
        let role = Role::parse(&member.role).map_or("", |role| t.role(role));
        let mut cells = vec![
            Cell::Strong(member.name),
            Cell::Text(member.email),
            Cell::Text(role.to_owned()),
            Cell::Text(if member.second_factor { t.yes() } else { t.no() }.to_owned()),
            member.seen_at.map_or(Cell::Empty, Cell::Recent),
        ];
        if manages {
            cells.push(Cell::Link(Action::new(t.member_edit(), format!("{here}/{}", member.user))));
        }
        cells
    });
    let table = Table::new(t, t.members(), columns).rows(rows);
    Ok(Section::new(t.members(), vec![Part::Table(table)]))
}

/// Role by role, what each may: drawn from the very table by which it is decided.
fn rights(t: &Words) -> Table {
    let mut columns = vec![Column::text(t.may())];
    columns.extend(Role::ALL.map(|role| Column::text(t.role(role))));
    let rows = Permission::ALL.map(|permission| {
        let mut cells = vec![Cell::Strong(t.permission(permission).to_owned())];
        cells.extend(
            Role::ALL
                .map(|role| Cell::Text(if permission.of_role(role) { t.yes() } else { t.no() }.to_owned())),
        );
        cells
    });
    Table::new(t, t.rights(), columns).rows(rows)
}

fn role_choices(t: &Words) -> Vec<Choice> {
    Role::ALL.map(|role| Choice::new(role.name(), t.role(role))).into()
}

async fn invitations(
    state: &WebState,
    at: &AtClient,
    t: &Words,
    here: &str,
    typed: &Typed<'_>,
    error: Option<&AppError>,
) -> Result<Section, Problem> {
    let fields = vec![
        Field::email("email", t.email())
            .autocomplete("off")
            .required()
            .value(typed.of("email"))
            .refused(t, error),
        Field::list("role", t.member_role(), role_choices(t)).value(typed.of("role")),
    ];
    let form = Form::new(format!("{here}/invitations"), t.invite(), vec![Entry::Fields(fields)]);
    let mut parts = vec![Part::Form(Box::new(form))];
    let open = invite::list(&state.app, &at.actor, &at.client.id).await?;
    if !open.is_empty() {
        let columns = vec![
            Column::text(t.email()),
            Column::text(t.member_role()),
            Column::text(t.expires()),
            Column::acts(),
        ];
        let rows = open.into_iter().map(|link| {
            let role = link.role.as_deref().and_then(Role::parse).map_or("", |role| t.role(role));
            vec![
                Cell::Strong(link.email),
                Cell::Text(role.to_owned()),
                Cell::Moment(link.expires_at),
                Cell::Button(Action::new(t.withdraw(), format!("{here}/links/{}/withdraw", link.id))),
            ]
        });
        parts.push(Part::Table(Table::new(t, t.invitations(), columns).captioned().rows(rows)));
    }
    Ok(Section::new(t.invite_title(), parts))
}

fn deletion(t: &Words, here: &str, error: Option<&AppError>) -> Section {
    let field = Field::text("typed", t.client_name()).refused(t, error);
    let form = Form::new(format!("{here}/delete-client"), t.client_delete(), vec![field.into()]).second();
    let parts = vec![Part::Text(t.client_delete_text().to_owned()), Part::Form(Box::new(form))];
    Section::new(t.client_delete(), parts).dangerous()
}

#[derive(Deserialize)]
struct Invited {
    email: String,
    role: String,
}

async fn send_invitation(
    State(state): State<WebState>,
    visitor: Visitor,
    at: AtClient,
    Sent(invited): Sent<Invited>,
) -> Result<Response, Problem> {
    let role = Role::parse(&invited.role).ok_or_else(Refusal::not_found)?;
    match invite::invite(&state.app, &at.actor, &at.client.id, &invited.email, role).await {
        Ok(link) => {
            let link = state.site.link(&super::invitation::address(link.reveal()));
            let language = visitor.language;
            let sending =
                invite::send(&state.app, &at.actor, &at.client, &invited.email, &link, language).await;
            let back = back_to_users(&state, &visitor, &at.client);
            match sending {
                Ok(true) => sent(&state, &visitor, &at.client, &invited.email, back).await,
                Ok(false) => once(&state, &visitor, Some(&at.client), (&invited.email, &link), back).await,
                Err(why) => {
                    let shown = Shown { who: &invited.email, link: &link, not_sent: Some(&why) };
                    handed_over(&state, &visitor, Some(&at.client), shown, back).await
                }
            }
        }
        Err(error) => {
            let typed = [("email", invited.email.as_str()), ("role", &invited.role)];
            refused(&state, &visitor, &at, &typed, error).await
        }
    }
}

fn back_to_users(state: &WebState, visitor: &Visitor, client: &Client) -> Action {
    let text = crate::server::words(state, visitor.language).back_to_users();
    Action::new(text, Place::Users.of(client.id.as_str()))
}

/// A link that is shown once.
struct Shown<'a> {
    who: &'a str,
    link: &'a str,
    /// Why it did not go by mail, where it should have.
    not_sent: Option<&'a AppError>,
}

/// A page that shows a link once: for whom it is, and the link.
pub(super) async fn once(
    state: &WebState,
    visitor: &Visitor,
    client: Option<&Client>,
    (who, link): (&str, &str),
    back: Action,
) -> Result<Response, Problem> {
    handed_over(state, visitor, client, Shown { who, link, not_sent: None }, back).await
}

async fn handed_over(
    state: &WebState,
    visitor: &Visitor,
    client: Option<&Client>,
    shown: Shown<'_>,
    back: Action,
) -> Result<Response, Problem> {
    let frame = frame(state, visitor, client, client.map(|_| Place::Users)).await?;
    let t = frame.t.clone();
    let parts = vec![
        Part::Once(shown.link.to_owned()),
        Part::Text(t.link_once_text(shown.who)),
        Part::Links(vec![back]),
    ];
    let mut sheet = Sheet::new(frame, t.link_once(), "");
    if let Some(why) = shown.not_sent.and_then(AppError::refusal) {
        let message = Message::new(Tone::Warn, t.invitation_not_sent());
        sheet = sheet.part(Part::Message(message.line(why.text(visitor.language))));
    }
    Ok(Page(sheet.card(Section::untitled(parts))).into_response())
}

/// The invitation went by mail.
async fn sent(
    state: &WebState,
    visitor: &Visitor,
    client: &Client,
    who: &str,
    back: Action,
) -> Result<Response, Problem> {
    let frame = frame(state, visitor, Some(client), Some(Place::Users)).await?;
    let t = frame.t.clone();
    let message = Message::new(Tone::Good, t.invitation_sent(who)).line(t.invitation_sent_text());
    let parts = vec![Part::Message(message), Part::Links(vec![back])];
    Ok(Page(Sheet::new(frame, t.invite_title(), "").card(Section::untitled(parts))).into_response())
}

async fn withdraw(
    State(state): State<WebState>,
    at: AtClient,
    Path((_, link)): Path<(String, String)>,
) -> Result<Response, Problem> {
    let link = LinkId::parse(&link).ok_or_else(Refusal::not_found)?;
    invite::withdraw(&state.app, &at.actor, &at.client.id, &link).await?;
    Ok(see(&Place::Users.of(at.client.id.as_str())))
}

#[derive(Deserialize)]
struct Deletion {
    #[serde(default)]
    typed: String,
}

async fn delete_client(
    State(state): State<WebState>,
    visitor: Visitor,
    at: AtClient,
    Sent(deletion): Sent<Deletion>,
) -> Result<Response, Problem> {
    match clients::delete::delete(&state.app, &at.actor, &at.client.id, &deletion.typed).await {
        Ok(()) => Ok(see(address::CLIENTS)),
        Err(error) => refused(&state, &visitor, &at, &[], error).await,
    }
}
