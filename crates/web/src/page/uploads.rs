//! `Uploaddaten`: many files at once, and what became of each.

use app::documents::{Document, Imported};
use app::{AppError, Refusal};
use askama::Template;

use super::documents::{Labels, period};
use super::{Frame, documents};
use crate::{
    address::Place,
    component::{Action, Badge, Cell, Column, Field, FileField, Message, Part, Row, Section, Table, Tone},
    text::Words,
};

/// What became of a file.
#[derive(Clone, Debug)]
pub enum Outcome {
    /// It is new, and kept now.
    New(Box<Document>),
    /// The same was here already.
    Known(Box<Document>),
    /// Why it is not taken.
    Refused(Box<Refusal>),
    /// It did not arrive whole.
    Cut,
    /// Kontor failed.
    Failed,
}

/// A file and what became of it.
#[derive(Clone, Debug)]
pub struct Verdict {
    pub name: String,
    pub outcome: Outcome,
}

impl Outcome {
    /// The outcome of an import; an error of ours is for the log of the one who calls.
    pub fn of(imported: Result<Imported, AppError>) -> Self {
        match imported {
            Ok(Imported::New(document)) => Self::New(document),
            Ok(Imported::AlreadyThere(document)) => Self::Known(document),
            Err(AppError::Refused(refusal)) => Self::Refused(refusal),
            Err(_) => Self::Failed,
        }
    }

    /// Whether the report is here now.
    pub fn is_here(&self) -> bool {
        matches!(self, Self::New(_) | Self::Known(_))
    }
}

/// The verdicts as a list.
pub fn table(frame: &Frame, verdicts: &[Verdict], labels: &Labels) -> Table {
    let t = &frame.t;
    let columns = vec![
        Column::text(t.upload_file()),
        Column::text(t.upload_verdict()),
        Column::text(t.upload_content()),
        Column::acts(),
    ];
    Table::new(t, t.upload_results(), columns)
        .rows(verdicts.iter().map(|verdict| row(frame, verdict, labels)))
}

fn row(frame: &Frame, verdict: &Verdict, labels: &Labels) -> Row {
    let t = &frame.t;
    let link = |document: &Document| {
        let href = frame.below(Place::Documents, &format!("/{}", document.received.id));
        Cell::Link(Action::new(t.upload_seen(), href))
    };
    let (badge, content, link) = match &verdict.outcome {
        Outcome::New(document) => (
            Badge::new(Tone::Good, t.upload_new()),
            Cell::Noted(content(t, document), owner(t, document, labels)),
            link(document),
        ),
        Outcome::Known(document) => {
            let received = &document.received;
            let since = t.upload_since(&received.file_name, t.moment(received.received_at));
            (
                Badge::new(Tone::Quiet, t.upload_known()),
                Cell::Noted(content(t, document), since),
                link(document),
            )
        }
        Outcome::Refused(refusal) => {
            let text = refusal.text(t.language());
            // The name stands beside it already.
            let text = text.strip_prefix(&format!("{}: ", verdict.name)).unwrap_or(text);
            (Badge::new(Tone::Bad, t.upload_refused()), Cell::Text(sentence(text)), Cell::Empty)
        }
        Outcome::Cut => {
            (Badge::new(Tone::Bad, t.upload_broken()), Cell::Text(t.upload_cut().to_owned()), Cell::Empty)
        }
        Outcome::Failed => {
            (Badge::new(Tone::Bad, t.upload_broken()), Cell::Text(t.upload_ours().to_owned()), Cell::Empty)
        }
    };
    vec![Cell::Strong(verdict.name.clone()), Cell::Badge(badge), content, link].into()
}

/// With a capital letter at its head.
fn sentence(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

fn content(t: &Words, document: &Document) -> String {
    match &document.settlement {
        Some(of) => t.upload_settlement(&of.identifier, period(t, document)),
        None => t.upload_without_rows(period(t, document)),
    }
}

fn owner(t: &Words, document: &Document, labels: &Labels) -> String {
    let rows = t.row_count(document.received.rows);
    match labels.of(document.received.connection.as_ref()) {
        Some(label) => t.upload_for(rows, label),
        None => t.upload_for_seller(rows, &document.received.seller),
    }
}

/// What the page shows.
#[derive(Clone, Debug, Default)]
pub struct UploadView {
    pub verdicts: Vec<Verdict>,
    /// Why the form as a whole was refused.
    pub error: Option<String>,
    /// The reason that was typed.
    pub reason: String,
    pub labels: Labels,
    /// What was received last.
    pub recent: Vec<Document>,
}

impl UploadView {
    /// Some report contradicts itself, or a reason was given: it may be taken with one.
    fn wants_reason(&self) -> bool {
        let contradicts = |verdict: &Verdict| match &verdict.outcome {
            Outcome::Refused(refusal) => {
                matches!(refusal.code, "report-contradicts-itself" | "reason-missing")
            }
            _ => false,
        };
        !self.reason.is_empty() || self.verdicts.iter().any(contradicts)
    }
}

/// The page.
#[derive(Debug, Template)]
#[template(path = "page/uploads.html")]
pub struct Uploads {
    pub t: Words,
    pub frame: Frame,
    action: String,
    error: Option<Message>,
    reason: Field,
    wants_reason: bool,
    files: FileField,
    results: Option<Table>,
    recent: Option<Section>,
}

impl Uploads {
    /// The page with what became of the files that were sent last.
    pub fn new(frame: Frame, view: &UploadView) -> Self {
        let t = frame.t.clone();
        let files =
            FileField::many(&t, "files", t.upload_files(), ".csv,.gz,.txt").note(t.upload_files_note());
        let reason = Field::text("reason", t.upload_reason())
            .hint(t.upload_reason_hint())
            .value(&view.reason)
            .longest(500);
        let recent = (!view.recent.is_empty()).then(|| {
            let all = Action::new(t.upload_all(), frame.at(Place::Documents));
            let table = documents::table(&frame, &view.recent, &view.labels);
            Section::new(t.upload_recent(), vec![Part::Table(table), Part::Links(vec![all])])
        });
        Self {
            action: frame.at(Place::Uploads),
            error: view.error.as_ref().map(|error| Message::new(Tone::Bad, error)),
            reason,
            wants_reason: view.wants_reason(),
            files,
            results: (!view.verdicts.is_empty()).then(|| table(&frame, &view.verdicts, &view.labels)),
            recent,
            t,
            frame,
        }
    }
}
