//! Auditors' links of a client.

use app::AppError;
use app::people::auditor;
use axum::Form as Sent;
use axum::extract::State;
use axum::response::Response;
use jiff::civil::Date;
use jiff::{Timestamp, ToSpan as _};
use serde::Deserialize;

use super::{MANAGE, Typed, back_to_users, once, refused};
use crate::component::{Action, Cell, Column, Entry, Field, Form, Part, Section, Table};
use crate::handler::audit;
use crate::server::{AtClient, Problem, Route, Visitor, WebState, words};
use crate::text::Words;

pub(super) fn routes() -> Vec<Route> {
    vec![Route::post("/clients/{client}/users/auditors", MANAGE, create)]
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
        Field::text("auditor", t.auditor_name()).required().value(typed.of("auditor")),
        Field::date("from", t.from_day()).required().value(typed.of("from")),
        Field::date("until", t.until_day()).required().value(typed.of("until")).refused(t, error),
        Field::date("ends", t.expires()).required().value(typed.of("ends")),
    ];
    let entries = vec![Entry::Fields(fields)];
    let form = Form::new(format!("{here}/auditors"), t.auditor_create(), entries).second();
    let mut parts = vec![Part::Text(t.auditors_text().to_owned())];
    let links = auditor::list(&state.app, &at.actor, &at.client.id).await?;
    if !links.is_empty() {
        let columns = vec![
            Column::text(t.auditor_name()),
            Column::text(t.period()),
            Column::text(t.expires()),
            Column::acts(),
        ];
        let rows = links.into_iter().map(|link| {
            let period = link.period.map(|(from, until)| format!("{}–{}", t.date(from), t.date(until)));
            vec![
                Cell::Strong(link.email),
                Cell::Text(period.unwrap_or_default()),
                Cell::Moment(link.expires_at),
                Cell::Button(Action::new(t.withdraw(), format!("{here}/links/{}/withdraw", link.id))),
            ]
        });
        parts.push(Part::Table(Table::new(t, t.auditors(), columns).rows(rows)));
    }
    parts.push(Part::Form(Box::new(form)));
    Ok(Section::new(t.auditors(), parts))
}

#[derive(Deserialize)]
struct New {
    auditor: String,
    from: Date,
    until: Date,
    ends: Date,
}

async fn create(
    State(state): State<WebState>,
    visitor: Visitor,
    at: AtClient,
    Sent(new): Sent<New>,
) -> Result<Response, Problem> {
    let t = words(&state, visitor.language);
    let ends = end_of(new.ends, &t);
    let period = (new.from, new.until);
    match auditor::create(&state.app, &at.actor, &at.client.id, &new.auditor, period, ends).await {
        Ok(link) => {
            let link = state.site.link(&audit::address(link.reveal()));
            let back = back_to_users(&state, &visitor, &at.client);
            once(&state, &visitor, Some(&at.client), (&new.auditor, &link), back).await
        }
        Err(error) => {
            let days = [new.from, new.until, new.ends].map(|day| day.to_string());
            let [from, until, ends] = &days;
            let typed = [("auditor", new.auditor.as_str()), ("from", from), ("until", until), ("ends", ends)];
            refused(&state, &visitor, &at, &typed, error).await
        }
    }
}

/// The end of a day in the zone of the page.
pub(super) fn end_of(day: Date, t: &Words) -> Timestamp {
    let next = day.checked_add(1.day()).unwrap_or(day);
    next.to_zoned(t.zone().clone()).map_or(Timestamp::MIN, |midnight| midnight.timestamp())
}
