//! `Schnittstellen`: the list, and one of them with its state and its fetches.

use app::connections::{Connection, ConnectionState, Overview, Shown};
use app::documents::chain::MerchantChain;
use app::{AppError, Permission};
use store::fetches::{Fetch, FetchOutcome, ProviderReport};
use store::jobs::JobState;

use super::{Frame, Sheet, chain};
use crate::{
    address::Place,
    component::{
        Action, Badge, Cell, Column, Confirm, Empty, Entry, Field, Finding, Findings, Form, Message, Part,
        Progress, Section, Table, Tone,
    },
    text::Words,
};

/// The state of a connection as people know it.
pub fn state_badge(t: &Words, shown: Shown) -> Badge {
    let tone = match shown {
        Shown::Ok => Tone::Good,
        Shown::Running => Tone::Busy,
        Shown::Waiting => Tone::Warn,
        Shown::Error => Tone::Bad,
        Shown::Paused | Shown::Never => Tone::Quiet,
    };
    Badge::new(tone, shown.text(t.language()))
}

/// The list of connections.
pub fn table(frame: &Frame, overviews: &[Overview]) -> Table {
    let t = &frame.t;
    Table::new(
        t,
        t.place_connections(),
        vec![
            Column::text(t.connection_name()),
            Column::text(t.provider()),
            Column::text(t.state()),
            Column::text(t.last_success()),
            Column::text(t.fetched_until()),
            Column::text(t.fetch_trouble()),
            Column::acts(),
        ],
    )
    .rows(overviews.iter().map(|overview| {
        let connection = &overview.connection;
        let trouble = connection.trouble.as_ref().map(|trouble| {
            let text = t.pick(&trouble.german, &trouble.english);
            Cell::Text(text.clone())
        });
        vec![
            Cell::Strong(connection.label.clone()),
            Cell::Text("Amazon Pay".to_owned()),
            Cell::Badge(state_badge(t, overview.shown)),
            connection.last_success_at.map_or_else(|| Cell::Quiet(t.never().to_owned()), Cell::Recent),
            connection.fetched_until.map_or(Cell::Empty, Cell::Recent),
            trouble.unwrap_or(Cell::Empty),
            Cell::Link(Action::new(
                t.open(),
                frame.below(Place::Connections, &format!("/{}", connection.id)),
            )),
        ]
    }))
}

/// The page of all connections.
pub fn list(frame: Frame, overviews: &[Overview]) -> Sheet {
    let t = frame.t.clone();
    let may_connect = frame.may(Permission::Connect);
    let new = frame.below(Place::Connections, "/new");
    let status = frame.below(Place::Connections, "/status");
    let content = if overviews.is_empty() {
        let empty = Empty::new("plug", t.connections_none(), t.connections_none_text());
        Part::Empty(if frame.has(Place::Uploads) {
            empty.first(Action::new(t.connect_to_uploads(), frame.at(Place::Uploads)))
        } else {
            empty
        })
    } else {
        Part::Table(table(&frame, overviews))
    };
    let sheet = Sheet::new(frame, t.place_connections(), t.connections_lead());
    let sheet = if may_connect { sheet.first(format!("+ {}", t.connect_new()), new) } else { sheet };
    let sheet = if overviews.is_empty() { sheet } else { sheet.also(t.status(), status) };
    sheet.card(Section::untitled(vec![content]))
}

/// What the page of a connection shows.
#[derive(Clone, Debug)]
pub struct ConnectionView {
    pub overview: Overview,
    pub history: Vec<Fetch>,
    pub refused: Vec<ProviderReport>,
    /// Its settlements of the last half year.
    pub chain: Option<MerchantChain>,
    /// Why the last form was refused.
    pub error: Option<String>,
}

/// How far the fetch of a connection is; nothing where none waits or runs.
pub fn progress(frame: &Frame, overview: &Overview) -> Option<Progress> {
    let t = &frame.t;
    let job = overview.job.as_ref()?;
    let label = match job.state {
        JobState::Running if job.step.is_empty() => t.connection_running().to_owned(),
        JobState::Running => format!("{} · {}", t.connection_running(), job.step),
        JobState::Waiting => t.connection_waiting(t.recent(job.due_at)),
        JobState::Done | JobState::Failed | JobState::Cancelled => return None,
    };
    let total = (job.total > 0).then_some(job.total);
    let address = frame.below(Place::Connections, &format!("/{}/progress", overview.connection.id));
    Some(Progress::new(t, "fetch", label, job.done, total).follow(address))
}

/// The page of one connection.
pub fn page(frame: Frame, view: &ConnectionView) -> Sheet {
    let t = frame.t.clone();
    let connection = &view.overview.connection;
    let at = |rest: &str| frame.below(Place::Connections, &format!("/{}{rest}", connection.id));
    let (may_work, may_connect) = (frame.may(Permission::Work), frame.may(Permission::Connect));
    let is_active = connection.state == ConnectionState::Active;
    let mut state = vec![Part::Findings(Findings(findings(&t, view, may_connect.then(|| at("/key")))))];
    if let Some(error) = &view.error {
        state.insert(0, Part::Message(Message::new(Tone::Bad, error)));
    }
    if let Some(progress) = progress(&frame, &view.overview) {
        state.push(Part::Progress(progress));
    }
    if may_work && is_active {
        state.push(Part::Buttons(vec![Action::new(t.connection_fetch_now(), at("/fetch"))]));
    }
    if may_connect && !is_active {
        state.push(Part::Buttons(vec![Action::new(t.connection_resume(), at("/resume"))]));
    }
    let mut access = vec![Part::Facts(facts(&t, connection))];
    if may_connect {
        access.push(Part::Links(vec![Action::new(t.connection_replace_key(), at("/key"))]));
        let label = Field::text("label", t.connection_name()).value(&connection.label).longest(80).required();
        let rename = Form::new(at("/rename"), t.connection_rename(), vec![Entry::from(label)]).second();
        access.push(Part::Form(Box::new(rename)));
    }
    let history = if view.history.is_empty() {
        Part::Text(t.connection_no_history().to_owned())
    } else {
        Part::Table(history(&t, &view.history))
    };
    let refused = (!view.refused.is_empty())
        .then(|| Section::new(t.connection_refused(), vec![Part::Table(refused_table(&t, &view.refused))]));
    let end = may_connect.then(|| end_section(&t, connection, &at("/pause"), &at("/remove")));
    let settlements = view.chain.as_ref().map(|chain| {
        let all = Action::new(t.status(), frame.below(Place::Connections, "/status"));
        let documents = frame.below(Place::Documents, &format!("?connection={}", connection.id));
        let links = vec![all, Action::new(t.place_documents(), documents)];
        let picture = Part::Timeline(Box::new(chain::timeline(&t, chain)));
        Section::new(t.settlements_in_time(), vec![picture, Part::Links(links)])
    });
    let list = frame.at(Place::Connections);
    let badge = state_badge(&t, view.overview.shown).text;
    Sheet::new(frame, &connection.label, format!("Amazon Pay · {badge}"))
        .under(t.place_connections(), list)
        .part(Part::Halves(vec![Section::new(t.state(), state), Section::new(t.connection_facts(), access)]))
        .card_if(settlements)
        .card_if(refused)
        .card(Section::new(t.connection_history(), vec![history]))
        .card_if(end)
}

fn findings(t: &Words, view: &ConnectionView, key: Option<String>) -> Vec<Finding> {
    let connection = &view.overview.connection;
    let badge = state_badge(t, view.overview.shown);
    let mut state = Finding::new(badge.tone, badge.text);
    if let Some(success) = connection.last_success_at {
        state = state.note(format!("{}: {}", t.last_success(), t.recent(success)));
    }
    let mut all = vec![state];
    if let Some(trouble) = &connection.trouble {
        let text = t.pick(&trouble.german, &trouble.english);
        let mut finding = Finding::new(Tone::Bad, text).note(t.connection_what_now());
        if let Some(key) = key {
            finding = finding.mend(t.connection_replace_key(), key);
        }
        all.push(finding);
    }
    if let Some(next) = view.overview.next_run_at() {
        all.push(Finding::new(Tone::Quiet, format!("{}: {}", t.next_run(), t.recent(next))));
    }
    all
}

fn facts(t: &Words, connection: &Connection) -> Vec<(String, String)> {
    let start = connection.start_date.map_or_else(String::new, |date| t.date(date));
    let fact = |name: &str, value: &str| (name.to_owned(), value.to_owned());
    let mut facts = vec![
        fact(t.seller_id(), &connection.seller_id),
        fact(t.public_key_id(), &connection.public_key_id),
        fact(t.private_key(), t.connection_key_hidden()),
        fact(t.connection_region(), &connection.region),
    ];
    if !start.is_empty() {
        facts.push(fact(t.start_date(), &start));
    }
    facts
}

fn history(t: &Words, fetches: &[Fetch]) -> Table {
    Table::new(
        t,
        t.connection_history(),
        vec![
            Column::text(t.fetch_started()),
            Column::text(t.fetch_by()),
            Column::text(t.fetch_result()),
            Column::number(t.fetch_new()),
            Column::number(t.fetch_known()),
            Column::number(t.fetch_rows()),
            Column::text(t.fetch_trouble()),
        ],
    )
    .rows(fetches.iter().map(|fetch| {
        let badge = match fetch.outcome {
            FetchOutcome::Done => Badge::new(Tone::Good, t.fetch_done()),
            FetchOutcome::Partly => Badge::new(Tone::Warn, t.fetch_partly()),
            FetchOutcome::Waiting => Badge::new(Tone::Warn, t.fetch_patience()),
            FetchOutcome::Failed => Badge::new(Tone::Bad, t.fetch_failed()),
            FetchOutcome::Cancelled => Badge::new(Tone::Quiet, t.fetch_cancelled()),
        };
        let by = if fetch.asked_by == "system" { t.by_schedule() } else { &fetch.asked_by };
        let trouble = fetch.trouble.as_ref();
        let trouble = trouble.map(|trouble| t.pick(&trouble.german, &trouble.english).clone());
        vec![
            Cell::Recent(fetch.started_at),
            Cell::Quiet(by.to_owned()),
            Cell::Badge(badge),
            Cell::Count(fetch.counts.imported),
            Cell::Count(fetch.counts.known),
            Cell::Count(fetch.counts.movements),
            trouble.map_or(Cell::Empty, Cell::Text),
        ]
    }))
}

fn refused_table(t: &Words, reports: &[ProviderReport]) -> Table {
    Table::new(
        t,
        t.connection_refused(),
        vec![
            Column::text(t.report()),
            Column::text(t.fetch_trouble()),
            Column::number(t.tries()),
            Column::text(t.next_try()),
        ],
    )
    .rows(reports.iter().map(|report| {
        let trouble = report.trouble.as_ref();
        let trouble = trouble.map(|trouble| t.pick(&trouble.german, &trouble.english).clone());
        vec![
            Cell::Code(report.report.clone()),
            trouble.map_or(Cell::Empty, Cell::Text),
            Cell::Count(u64::from(report.tries)),
            report.next_try_at.map_or(Cell::Empty, Cell::Recent),
        ]
    }))
}

fn end_section(t: &Words, connection: &Connection, pause: &str, remove: &str) -> Section {
    let name = &connection.label;
    let texts = [
        t.connection_pause().to_owned(),
        t.connection_pause_question(name),
        t.connection_pause_text().to_owned(),
    ];
    let mut buttons = Vec::new();
    if connection.state == ConnectionState::Active {
        buttons.push(Confirm::new(t, "pause", pause, texts));
    }
    buttons.push(Confirm::new(t, "remove", remove, remove_texts(t, name)).dangerous());
    Section::new(t.connection_end(), vec![Part::Confirms(buttons)])
}

/// Button, question and consequence of removing a connection.
pub fn remove_texts(t: &Words, name: &str) -> [String; 3] {
    let text = t.connection_remove_text().to_owned();
    [t.connection_remove().to_owned(), t.connection_remove_question(name), text]
}

/// The sentence of a refusal, for pages whose form is a single button.
pub fn sentence(t: &Words, error: &AppError) -> String {
    error.refusal().map_or_else(|| t.error_ours().to_owned(), |refusal| refusal.text(t.language()).to_owned())
}

/// What the page says after something was done, by the word in its address.
pub fn said(t: &Words, word: &str) -> Option<Message> {
    let text = match word {
        "connected" => t.said_connected(),
        "paused" => t.said_paused(),
        "resumed" => t.said_resumed(),
        "fetch" => t.said_fetch(),
        "key" => t.said_key(),
        "renamed" => t.said_renamed(),
        "removed" => t.said_removed(),
        _ => return None,
    };
    Some(Message::new(Tone::Good, text))
}
