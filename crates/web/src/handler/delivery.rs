//! Automatischer Export: when the finished month leaves by itself, where it goes, and what arrived.

use app::automation::{self, Delivery, Way, Ways, WaysForm};
use app::{AppError, Permission};
use axum::Form as Sent;
use axum::extract::{Query, State};
use axum::response::{IntoResponse as _, Response};
use serde::Deserialize;

use super::form::{Said, see};
use super::list_file::{self, Format};
use crate::address::Place;
use crate::component::{
    Action, Badge, Cell, Column, Empty, Entry, Field, Form, Message, Part, Section, Table, Tone,
};
use crate::page::error::message_of;
use crate::page::sheet::Sheet;
use crate::server::{AtClient, Needs, Page, Problem, Route, Visitor, WebState, frame, status};
use crate::text::Words;

/// How many deliveries the page lists, and a file of them.
const LISTED: u32 = 50;
const LISTED_IN_FILE: u32 = 10_000;

pub(crate) fn routes() -> Vec<Route> {
    const ADDRESS: &str = "/clients/{client}/export/delivery";
    vec![
        Route::get(ADDRESS, Needs::Client(Permission::See), show),
        Route::post(ADDRESS, Needs::Client(Permission::Export), save),
    ]
}

#[derive(Debug, Default, Deserialize)]
struct Asked {
    format: Option<Format>,
}

async fn show(
    State(state): State<WebState>,
    visitor: Visitor,
    at: AtClient,
    Query(asked): Query<Asked>,
    Query(said): Query<Said>,
) -> Result<Response, Problem> {
    if let Some(format) = asked.format {
        let found = automation::deliveries(&state.app, &at.actor, &at.client.id, LISTED_IN_FILE).await?;
        let t = frame(&state, &visitor, Some(&at.client), Some(Place::Export)).await?.t;
        return list_file::answer(&t, &table(&t, &found), "kontor-zustellungen", format);
    }
    let ways = automation::see(&state.app, &at.actor, &at.client.id).await?;
    let form = WaysForm {
        mail: ways.mail.join(" "),
        folder: ways.folder.clone().unwrap_or_default(),
        webhook: ways.webhook.clone().unwrap_or_default(),
    };
    let saved = said.said == "saved";
    Ok(Page(sheet(&state, &visitor, &at, (&ways, &form), None, saved).await?).into_response())
}

#[derive(Debug, Deserialize)]
struct Typed {
    #[serde(default)]
    mail: String,
    #[serde(default)]
    folder: String,
    #[serde(default)]
    webhook: String,
}

async fn save(
    State(state): State<WebState>,
    visitor: Visitor,
    at: AtClient,
    Sent(typed): Sent<Typed>,
) -> Result<Response, Problem> {
    let form = WaysForm { mail: typed.mail, folder: typed.folder, webhook: typed.webhook };
    let here = format!("{}/delivery", Place::Export.of(at.client.id.as_str()));
    match automation::save(&state.app, &at.actor, &at.client.id, &form).await {
        Ok(saved) => match saved.secret {
            None => Ok(see(&format!("{here}?said=saved"))),
            Some(secret) => {
                let frame = frame(&state, &visitor, Some(&at.client), Some(Place::Export)).await?;
                let t = frame.t.clone();
                let parts = vec![
                    Part::Text(t.delivery_secret_text().to_owned()),
                    Part::Once(secret.reveal().to_owned()),
                    Part::Links(vec![Action::new(t.delivery(), here)]),
                ];
                let page = Sheet::new(frame, t.delivery_secret(), "").card(Section::untitled(parts));
                Ok(Page(page).into_response())
            }
        },
        Err(error) if error.refusal().is_some() => {
            let ways = automation::see(&state.app, &at.actor, &at.client.id).await?;
            let page = sheet(&state, &visitor, &at, (&ways, &form), Some(&error), false).await?;
            Ok((status(&error), Page(page)).into_response())
        }
        Err(error) => Err(error.into()),
    }
}

async fn sheet(
    state: &WebState,
    visitor: &Visitor,
    at: &AtClient,
    (ways, typed): (&Ways, &WaysForm),
    refused: Option<&AppError>,
    saved: bool,
) -> Result<Sheet, Problem> {
    let client = at.client.id.as_str();
    let found = automation::deliveries(&state.app, &at.actor, &at.client.id, LISTED).await?;
    let mut frame = frame(state, visitor, Some(&at.client), Some(Place::Export)).await?;
    let t = frame.t.clone();
    if saved {
        frame.messages.push(Message::new(Tone::Good, t.delivery_saved()));
    }
    let here = format!("{}/delivery", Place::Export.of(client));
    let mut where_to: Vec<Part> = message_of(&t, refused).map(Part::Message).into_iter().collect();
    where_to.push(if at.actor.may(Permission::Export, &at.client.id).is_ok() {
        Part::Form(Box::new(form(&t, &here, ways, typed, refused)))
    } else {
        Part::Facts(facts(&t, ways))
    });
    let list = if found.is_empty() {
        Part::Empty(Empty::new("export", t.deliveries_none(), t.deliveries_none_text()))
    } else {
        Part::Table(table(&t, &found))
    };
    Ok(Sheet::new(frame, t.delivery(), t.delivery_lead())
        .under(t.place_export(), Place::Export.of(client))
        .as_files(&here)
        .card(Section::new(t.delivery_when(), when(&t, client, ways)))
        .card(Section::new(t.delivery_where(), where_to))
        .card(Section::new(t.deliveries(), vec![list])))
}

fn when(t: &Words, client: &str, ways: &Ways) -> Vec<Part> {
    let text = match (ways.day, ways.next_run_at) {
        (Some(day), Some(next)) => t.delivery_on(day, t.moment(next)),
        _ => t.delivery_never().to_owned(),
    };
    let change = Action::new(t.delivery_day_change(), Place::ClientSettings.of(client));
    vec![Part::Text(text), Part::Links(vec![change])]
}

fn form(t: &Words, here: &str, ways: &Ways, typed: &WaysForm, refused: Option<&AppError>) -> Form {
    let mail_hint = if ways.mail_offered { t.delivery_mail_hint() } else { t.delivery_no_mail() };
    let folder_hint = if ways.folders_offered { t.delivery_folder_hint() } else { t.delivery_no_folder() };
    let mail = Field::text("mail", t.delivery_mail()).hint(mail_hint).longest(1_000);
    let folder = Field::text("folder", t.delivery_folder()).hint(folder_hint);
    let webhook = Field::text("webhook", t.delivery_webhook()).hint(t.delivery_webhook_hint()).longest(500);
    let entries = [(mail, &typed.mail), (folder, &typed.folder), (webhook, &typed.webhook)]
        .into_iter()
        .map(|(field, value)| Entry::from(field.value(value).refused(t, refused)))
        .collect();
    Form::new(here, t.delivery_save(), entries)
}

fn facts(t: &Words, ways: &Ways) -> Vec<(String, String)> {
    let text = |text: &Option<String>| text.clone().unwrap_or_else(|| "–".to_owned());
    let mail = if ways.mail.is_empty() { "–".to_owned() } else { ways.mail.join(", ") };
    vec![
        (t.delivery_mail().to_owned(), mail),
        (t.delivery_folder().to_owned(), text(&ways.folder)),
        (t.delivery_webhook().to_owned(), text(&ways.webhook)),
    ]
}

fn table(t: &Words, deliveries: &[Delivery]) -> Table {
    let columns = vec![
        Column::text(t.delivery_since()),
        Column::text(t.delivery_way()),
        Column::text(t.delivery_target()),
        Column::number(t.delivery_tries()),
        Column::text(t.delivery_state()),
    ];
    let rows = deliveries.iter().map(|delivery| {
        let way = match delivery.way {
            Way::Mail => t.way_mail(),
            Way::Folder => t.way_folder(),
            Way::Webhook => t.way_webhook(),
        };
        vec![
            Cell::Moment(delivery.created_at),
            Cell::Text(way.to_owned()),
            Cell::Text(delivery.target.clone()),
            Cell::Count(u64::from(delivery.tries)),
            state_of(t, delivery),
        ]
    });
    Table::new(t, t.deliveries(), columns).rows(rows)
}

fn state_of(t: &Words, delivery: &Delivery) -> Cell {
    match (&delivery.delivered_at, &delivery.trouble) {
        (Some(at), _) => Cell::Noted(t.delivery_arrived().to_owned(), t.moment(*at)),
        (None, Some(trouble)) => {
            let words = t.pick(&trouble.german, &trouble.english).clone();
            Cell::Noted(t.delivery_failed().to_owned(), words)
        }
        (None, None) => Cell::Badge(Badge::new(Tone::Busy, t.delivery_under_way())),
    }
}
