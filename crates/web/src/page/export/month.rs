//! One month: making its batch, and every batch that left with its files.

use app::Permission;
use app::books::batch::{Found, Making};
use app::books::months::{MonthOfClient, MonthOverview, MonthState};
use ledger::calendar::Month;
use ledger::money::{Currency, Money};
use store::batches::{Batch, BatchState};

use super::{Named, batch_badge, batch_name, covered_sentence, month_badge, scope_name};
use crate::address::Place;
use crate::component::{
    Action, Cell, Choice, Column, Confirm, Entry, Field, Finding, Findings, Form, Message, Part, Progress,
    Section, Table, Tone,
};
use crate::page::{Frame, Sheet};
use crate::text::Words;

/// A mebibyte, as batches are counted while they are written.
const MEBIBYTE: u64 = 1 << 20;

/// What the page of a month shows.
#[derive(Clone, Debug)]
pub struct MonthView {
    /// The month.
    pub month: Month,
    /// What is in it; none where it holds nothing.
    pub held: Option<MonthOfClient>,
    /// The connections of the client.
    pub connections: Vec<Named>,
    /// Every batch with its files, the newest first.
    pub batches: Vec<Found>,
    /// What is being made.
    pub making: Vec<Making>,
    /// Does work go on of which no piece is written yet?
    pub is_running: bool,
    /// Why the last step was refused.
    pub error: Option<String>,
}

/// The page.
pub fn page(frame: &Frame, view: &MonthView) -> Sheet {
    let t = &frame.t;
    let may_export = frame.may(Permission::Export);
    let here = frame.below(Place::Export, &format!("/{}", view.month));
    let lead = covered_sentence(t, view.month, view.held.as_ref());
    let title = t.export_title(t.month(view.month));
    let mut sheet = Sheet::new(frame.clone(), title, lead)
        .under(t.place_export(), frame.below(Place::Export, &format!("?year={}", view.month.first().year())))
        .also(t.export_preview(), frame.below(Place::Entries, &format!("?month={}", view.month)))
        .also(t.export_check(), frame.below(Place::Entries, &format!("/check?month={}", view.month)));
    if standing(view).next().is_some() {
        sheet = sheet.also(t.export_download_all(), format!("{here}/archive"));
    }
    if let Some(error) = &view.error {
        sheet = sheet.part(Part::Message(Message::new(Tone::Bad, error)));
    }
    if let Some(progress) = progress(frame, view) {
        let parts = vec![Part::Progress(progress), Part::Text(t.export_waits().to_owned())];
        sheet = sheet.card(Section::untitled(parts));
    }
    let mut state = vec![Part::Findings(Findings(findings(frame, view)))];
    if may_export && progress(frame, view).is_none() {
        state.extend(make_form(t, view, &here));
    }
    sheet = sheet.card(Section::new(t.state(), state));
    for found in &view.batches {
        sheet = sheet.card(batch_section(frame, view, found, may_export));
    }
    sheet
}

fn standing(view: &MonthView) -> impl Iterator<Item = &Batch> {
    view.batches.iter().map(|found| &found.batch).filter(|batch| batch.state != BatchState::Withdrawn)
}

/// How far the making of a batch is; nothing where none is made.
pub fn progress(frame: &Frame, view: &MonthView) -> Option<Progress> {
    let t = &frame.t;
    let written = match view.making.as_slice() {
        [] if !view.is_running => return None,
        making => making.iter().map(|making| making.written).sum::<u64>(),
    };
    let label = t.export_making(t.month(view.month), t.size(written));
    let address = frame.below(Place::Export, &format!("/{}/progress", view.month));
    Some(Progress::new(t, "export", label, written / MEBIBYTE, None).follow(address))
}

fn findings(frame: &Frame, view: &MonthView) -> Vec<Finding> {
    let t = &frame.t;
    let mut all = Vec::new();
    let Some(held) = &view.held else {
        return vec![Finding::new(Tone::Quiet, t.export_nothing_stands())];
    };
    for overview in &held.overviews {
        let badge = month_badge(t, overview);
        let mut finding = Finding::new(badge.tone, badge.text);
        if overview.connection.is_some() || view.connections.len() > 1 {
            finding = finding.note(scope_name(t, overview.connection.as_ref(), &view.connections));
        }
        if overview.state == MonthState::Changed {
            finding = finding.note(t.batch_correct_text());
        }
        all.push(finding);
    }
    if held.coverage.gap {
        all.push(Finding::new(Tone::Warn, t.export_has_gap()));
    }
    all
}

/// What can be made: the month, its correction, or nothing.
fn make_form(t: &Words, view: &MonthView, here: &str) -> Vec<Part> {
    let Some(held) = &view.held else { return Vec::new() };
    let changed: Vec<&MonthOverview> =
        held.overviews.iter().filter(|overview| overview.state == MonthState::Changed).collect();
    let mut parts = Vec::new();
    for overview in &changed {
        let connection = overview.connection.as_ref().map(ToString::to_string).unwrap_or_default();
        let entries = vec![Entry::Hidden("connection", connection)];
        let form = Form::new(format!("{here}/correct"), t.batch_correct(), entries);
        let unprocessed = overview.batches.iter().all(|batch| batch.state != BatchState::Processed);
        let form = if unprocessed { form.note(t.batch_correct_or_replace()) } else { form };
        let form = if parts.is_empty() { form } else { form.second() };
        parts.push(Part::Form(Box::new(form)));
    }
    let open = open_scopes(t, view, held);
    if open.is_empty() || !changed.is_empty() {
        return parts;
    }
    let again = held.overviews.iter().any(|overview| overview.state == MonthState::Withdrawn);
    let month = t.month_name(view.month);
    let button = if again { t.export_again(month) } else { t.export_button(month) };
    let entry = match open.as_slice() {
        [(only, _)] => Entry::Hidden("connection", only.clone()),
        several => {
            let choices = several.iter().map(|(id, name)| Choice::new(id.clone(), name.clone())).collect();
            Entry::from(Field::list("connection", t.export_scope(), choices))
        }
    };
    parts.push(Part::Form(Box::new(Form::new(here, button, vec![entry]))));
    parts
}

/// What has not left yet: all together, where nothing has; else each connection that has not.
fn open_scopes(t: &Words, view: &MonthView, held: &MonthOfClient) -> Vec<(String, String)> {
    let stands =
        |overview: &&MonthOverview| !matches!(overview.state, MonthState::New | MonthState::Withdrawn);
    let standing: Vec<&MonthOverview> = held.overviews.iter().filter(stands).collect();
    if standing.iter().any(|overview| overview.connection.is_none()) {
        return Vec::new();
    }
    let mut open = Vec::new();
    if standing.is_empty() {
        open.push((String::new(), t.export_all_connections().to_owned()));
    }
    if view.connections.len() > 1 || !standing.is_empty() {
        let left = |id| standing.iter().any(|overview| overview.connection.as_ref() == Some(id));
        let others = view.connections.iter().filter(|(id, _)| !left(id));
        open.extend(others.map(|(id, label)| (id.to_string(), label.clone())));
    }
    open
}

fn batch_section(frame: &Frame, view: &MonthView, found: &Found, may_export: bool) -> Section {
    let t = &frame.t;
    let batch = &found.batch;
    let begun = &batch.begun;
    let at = |rest: &str| frame.below(Place::Export, &format!("/{}/{}{rest}", view.month, begun.id));
    let name = format!("{} · {}", batch_name(t, batch), t.month(view.month));
    let mut facts = vec![
        (
            t.batch_when().to_owned(),
            format!("{}, {} {}", t.moment(begun.created_at), t.batch_author(), begun.author),
        ),
        (t.batch_settings().to_owned(), t.batch_settings_version(begun.settings)),
        (t.export_scope().to_owned(), scope_name(t, begun.connection.as_ref(), &view.connections)),
        (t.batch_hash().to_owned(), batch.content.sha256.clone()),
    ];
    if let Some((by, at)) = batch.changed_by.as_ref().zip(batch.changed_at) {
        let state = t.batch_state(batch.state);
        facts.push((t.state().to_owned(), t.batch_changed(state, t.moment(at), by)));
    }
    let mut parts = vec![Part::Table(files(t, found, &at("/files"))), Part::Facts(facts)];
    let mut line = vec![Part::Links(vec![
        Action::new(t.batch_sheet(), at("/sheet")),
        Action::new(t.batch_archive(), at("/archive")),
    ])];
    if may_export && batch.state == BatchState::Exported {
        line.push(Part::Buttons(vec![Action::new(t.batch_mark_processed(), at("/processed"))]));
        let mut confirms = vec![
            Confirm::new(t, format!("withdraw-{}", begun.id), at("/withdraw"), withdraw_texts(t, &name))
                .dangerous(),
        ];
        if begun.correction == 0 {
            let id = format!("replace-{}", begun.id);
            confirms.push(Confirm::new(t, id, at("/replace"), replace_texts(t, &name)).dangerous());
        }
        line.push(Part::Confirms(confirms));
    }
    parts.push(Part::Line(Box::new(Section::bare(line))));
    let badge = batch_badge(t, batch.state);
    Section::new(name, parts).note(badge.text).called(format!("batch-{}", begun.id))
}

/// Button, question and consequence of taking a batch back.
pub fn withdraw_texts(t: &Words, name: &str) -> [String; 3] {
    [t.batch_withdraw().to_owned(), t.batch_withdraw_question(name), t.batch_withdraw_text().to_owned()]
}

/// Button, question and consequence of making a batch anew.
pub fn replace_texts(t: &Words, name: &str) -> [String; 3] {
    [t.batch_replace().to_owned(), t.batch_replace_question(name), t.batch_replace_text().to_owned()]
}

fn files(t: &Words, found: &Found, address: &str) -> Table {
    let columns = vec![
        Column::text(t.batch_file()),
        Column::number(t.batch_postings()),
        Column::number(t.batch_debit()),
        Column::number(t.batch_credit()),
        Column::number(t.batch_size()),
        Column::text(t.batch_hash()),
        Column::acts(),
    ];
    let rows = found.files.iter().map(|file| {
        let postings = file.kind == "postings";
        let sum =
            |sum: i64| if postings { Cell::Figure(Money::new(sum, Currency::EUR)) } else { Cell::Empty };
        vec![
            Cell::Strong(file.name.clone()),
            if postings { Cell::Count(file.postings) } else { Cell::Empty },
            sum(file.debit),
            sum(file.credit),
            Cell::Text(t.size(file.bytes)),
            Cell::Code(file.sha256.chars().take(12).collect()),
            Cell::Link(Action::new(t.batch_download(), format!("{address}/{}", file.number))),
        ]
    });
    Table::new(t, t.batch_file(), columns).rows(rows)
}
