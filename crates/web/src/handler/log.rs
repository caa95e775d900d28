//! Protokoll: the journal of a client, paged by its numbers.

use app::Permission;
use app::people::log;
use axum::extract::{Query, State};
use axum::response::{IntoResponse as _, Response};
use serde::Deserialize;

use super::list_file::{self, Format};
use crate::address::Place;
use crate::component::{Cell, Column, Empty, Pager, Part, Section, Table};
use crate::page::sheet::Sheet;
use crate::server::{AtClient, Needs, Page, Problem, Route, Visitor, WebState, frame};
use crate::text::Words;

pub(crate) fn routes() -> Vec<Route> {
    vec![Route::get("/clients/{client}/log", Needs::Client(Permission::See), show)]
}

const LINES: u32 = 100;
/// A file holds more than a page, and is bounded as well; older lines follow with `before`.
const LINES_IN_FILE: u32 = 50_000;

#[derive(Debug, Default, Deserialize)]
struct Asked {
    before: Option<u64>,
    format: Option<Format>,
}

async fn show(
    State(state): State<WebState>,
    visitor: Visitor,
    at: AtClient,
    Query(asked): Query<Asked>,
) -> Result<Response, Problem> {
    let most = if asked.format.is_some() { LINES_IN_FILE } else { LINES };
    let lines = log::list(&state.app, &at.actor, &at.client.id, asked.before, most).await?;
    let frame = frame(&state, &visitor, Some(&at.client), Some(Place::Log)).await?;
    let t = frame.t.clone();
    let here = Place::Log.of(at.client.id.as_str());
    let ends = lines.first().zip(lines.last()).map(|(first, last)| (first.number, last.number));
    let full = lines.len() >= usize::try_from(LINES).unwrap_or(usize::MAX);
    let table = table(&t, lines);
    if let Some(format) = asked.format {
        return list_file::answer(&t, &table, "kontor-protokoll", format);
    }
    let mut sheet = Sheet::new(frame, t.place_log(), t.log_lead()).as_files(&here);
    if let Some((newest, oldest)) = ends {
        let after = full.then(|| format!("{here}?before={oldest}"));
        let before = asked.before.map(|_| here.clone());
        let pager = Pager::new(&t, t.log_shown(oldest, newest), before, after);
        sheet = sheet.card(Section::untitled(vec![Part::Table(table), Part::Pager(pager)]));
    } else {
        sheet = sheet.part(Part::Empty(Empty::new("info", t.log_empty(), t.log_empty_text())));
    }
    Ok(Page(sheet).into_response())
}

fn table(t: &Words, lines: Vec<store::journal::Line>) -> Table {
    let columns = vec![
        Column::number(t.log_number()),
        Column::text(t.log_when()),
        Column::text(t.log_who()),
        Column::text(t.log_what()),
        Column::text(t.log_subject()),
        Column::text(t.log_hash()),
    ];
    let rows = lines.into_iter().map(|line| {
        vec![
            Cell::Count(line.number),
            Cell::Moment(line.at),
            Cell::Text(line.actor),
            match t.action(&line.action) {
                Some(word) => Cell::Noted(word.to_owned(), line.action),
                None => Cell::Code(line.action),
            },
            Cell::Text(line.subject),
            Cell::Code(line.hash.chars().take(12).collect()),
        ]
    });
    Table::new(t, t.place_log(), columns).rows(rows)
}
