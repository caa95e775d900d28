//! Mandanten: the clients of a user, and new ones. For advisers the start page.

use app::{Actor, AppError, Refusal, Role, clients};
use axum::Form as Sent;
use axum::body::Body;
use axum::extract::{Query, State};
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::{IntoResponse as _, Response};
use futures_util::{StreamExt as _, stream};
use ledger::calendar::Month;
use serde::Deserialize;
use store::client::Client;

use super::form::see;
use super::list_file::{self, Format};
use crate::address::{self, Place};
use crate::component::{
    Action, Badge, Cell, Choice, Column, Empty, Entry, Field, Form, Message, Pager, Part, Section, Table,
    Tone,
};
use crate::page::error::message_of;
use crate::page::sheet::Sheet;
use crate::server::{Member, Needs, Page, Problem, Route, Visitor, WebState, frame, status};
use crate::text::Words;

pub(crate) fn routes() -> Vec<Route> {
    vec![
        Route::get(address::CLIENTS, Needs::Login, show),
        Route::post(address::CLIENTS, Needs::Account, create),
        Route::get("/clients/archive", Needs::Login, archive),
    ]
}

async fn show(
    State(state): State<WebState>,
    visitor: Visitor,
    member: Member,
    Query(asked): Query<Asked>,
) -> Result<Response, Problem> {
    sheet(&state, &visitor, &member, &asked, (&New::default(), None)).await
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
        Err(error) if error.refusal().is_some() => {
            sheet(&state, &visitor, &member, &Asked::default(), (&new, Some(&error))).await
        }
        Err(error) => Err(error.into()),
    }
}

/// Clients on a page.
const PAGE: usize = 50;

/// How many months can be downloaded from the page.
const MONTHS: i32 = 24;

#[derive(Debug, Default, Deserialize)]
struct Asked {
    #[serde(default)]
    from: usize,
    format: Option<Format>,
    /// A month of which nothing is there.
    empty: Option<String>,
}

#[derive(Debug, Deserialize)]
struct OfMonth {
    month: String,
}

/// The batches of a month of all clients, packed while they are sent.
async fn archive(
    State(state): State<WebState>,
    member: Member,
    Query(asked): Query<OfMonth>,
) -> Result<Response, Problem> {
    let month = Month::parse(&asked.month).ok_or_else(Refusal::not_found)?;
    let found = clients::archive::of_month(&state.app, &member.0.actor, month).await?;
    if found.is_empty() {
        return Ok(see(&format!("{}?empty={month}", address::CLIENTS)));
    }
    let blocks = app::books::archive::packed(&state.app, found);
    let bytes =
        stream::unfold(blocks, |mut blocks| async move { Some((blocks.recv().await?, blocks)) }).fuse();
    let disposition = format!("attachment; filename=\"kontor-{month}.zip\"");
    let headers = [(CONTENT_TYPE, "application/zip".to_owned()), (CONTENT_DISPOSITION, disposition)];
    Ok((headers, Body::from_stream(bytes)).into_response())
}

async fn sheet(
    state: &WebState,
    visitor: &Visitor,
    member: &Member,
    asked: &Asked,
    (typed, refused): (&New, Option<&AppError>),
) -> Result<Response, Problem> {
    let actor = &member.0.actor;
    let mut frame = frame(state, visitor, None, None).await?;
    let t = frame.t.clone();
    let all = clients::list::list(&state.app, actor).await?;
    let number = all.len();
    if let Some(format) = asked.format {
        let table = table(state, actor, &t, &all).await?;
        return list_file::answer(&t, &table, "kontor-mandanten", format);
    }
    if let Some(month) = asked.empty.as_deref().and_then(Month::parse) {
        frame.messages.push(Message::new(Tone::Warn, t.clients_archive_empty(t.month(month))));
    }
    let first = asked.from.min(number);
    let shown = &all[first..number.min(first + PAGE)];
    let mut list = if all.is_empty() {
        vec![Part::Empty(Empty::new("people", t.clients_empty(), t.clients_empty_text()))]
    } else {
        vec![Part::Table(table(state, actor, &t, shown).await?)]
    };
    if number > PAGE {
        let at = |from: usize| format!("{}?from={from}", address::CLIENTS);
        let before = (first > 0).then(|| at(first.saturating_sub(PAGE)));
        let after = (first + PAGE < number).then(|| at(first + PAGE));
        let text = t.clients_shown(first + 1, first + shown.len(), number);
        list.push(Part::Pager(Pager::new(&t, text, before, after)));
    }
    let mut sheet = Sheet::new(frame, t.clients(), t.clients_lead())
        .as_files(address::CLIENTS)
        .card(Section::untitled(list));
    if !all.is_empty() {
        sheet = sheet.card(of_month(&t));
    }
    if clients::create::may_create(actor).is_ok() {
        sheet = sheet.card(new_client(&t, actor, typed, refused));
    }
    let code = refused.map(status).unwrap_or_default();
    Ok((code, Page(sheet)).into_response())
}

async fn table(
    state: &WebState,
    actor: &Actor,
    t: &Words,
    clients: &[(Client, Option<Role>)],
) -> Result<Table, Problem> {
    let mut rows = Vec::with_capacity(clients.len());
    for (client, role) in clients {
        let findings = app::notices::open(&state.app, actor, &client.id).await?.len();
        let open = app::dashboard::open_counts(&state.app, actor, &client.id).await?;
        rows.push(vec![
            Cell::Link(Action::new(client.name.clone(), Place::Dashboard.of(client.id.as_str()))),
            role.map_or(Cell::Empty, |role| Cell::Text(t.role(role).to_owned())),
            counted(open.months, t, Tone::Warn),
            counted(open.connections, t, Tone::Bad),
            counted(u64::try_from(findings).unwrap_or(u64::MAX), t, Tone::Warn),
            Cell::Date(client.created_at.to_zoned(t.zone().clone()).date()),
        ]);
    }
    let columns = vec![
        Column::text(t.client()),
        Column::text(t.client_role()),
        Column::text(t.client_months()),
        Column::text(t.client_connections()),
        Column::text(t.client_findings()),
        Column::text(t.client_since()),
    ];
    Ok(Table::new(t, t.clients(), columns).rows(rows))
}

/// What is open stands out; nothing stays quiet.
fn counted(count: u64, t: &Words, tone: Tone) -> Cell {
    if count == 0 { Cell::Quiet("0".to_owned()) } else { Cell::Badge(Badge::new(tone, t.number(count))) }
}

/// The form that downloads a month of everybody.
fn of_month(t: &Words) -> Section {
    let this = t.now().to_zoned(t.zone().clone()).date().first_of_month();
    let months = (1..=MONTHS).map(|back| Month::of(this.saturating_sub(jiff::Span::new().months(back))));
    let choices = months.map(|month| Choice::new(month.to_string(), t.month(month))).collect();
    let field = Field::list("month", t.clients_archive_month(), choices);
    let form = Form::search("/clients/archive", t.clients_archive_get(), vec![field]);
    let text = Part::Text(t.clients_archive_text().to_owned());
    Section::new(t.clients_archive(), vec![text, Part::Form(Box::new(form))])
}

fn new_client(t: &Words, actor: &Actor, typed: &New, refused: Option<&AppError>) -> Section {
    // The operator himself sees no data of clients, so he has to name somebody.
    let owner = Field::email("owner", t.client_owner()).autocomplete("off");
    let owner =
        if actor.may_operate().is_ok() { owner.required() } else { owner.hint(t.client_owner_hint()) };
    let fields = vec![
        Field::text("name", t.client_name()).required().value(&typed.name).refused(t, refused),
        owner.value(&typed.owner).refused(t, refused),
    ];
    let mut parts: Vec<Part> = message_of(t, refused).map(Part::Message).into_iter().collect();
    let form = Form::new(address::CLIENTS, t.client_create(), vec![Entry::Fields(fields)]);
    parts.push(Part::Form(Box::new(form)));
    Section::new(t.client_new(), parts)
}
