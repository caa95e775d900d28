use std::fmt::Write as _;

use askama::Template;

use super::{
    Action, Check, Chips, Confirm, Download, Empty, Field, FileField, Findings, Message, Pager, Progress,
    Table,
};
use crate::chart::{MoneyChart, ShareChart, Timeline};

/// A line of a form.
#[derive(Clone, Debug)]
pub enum Entry {
    /// One field.
    Field(Box<Field>),
    /// Fields side by side.
    Fields(Vec<Field>),
    /// A box to tick.
    Check(Check),
    /// A field for files.
    Files(Box<FileField>),
    /// A value that is sent and not seen: name and value.
    Hidden(&'static str, String),
    /// The same where the name is not known before: what was typed, sent again with an answer.
    Kept(String, String),
    /// A heading for the lines below.
    Heading(String),
    /// A sentence between fields.
    Text(String),
    /// How it looks with what is entered: a label, and the text in the type of machines.
    Example(String, String),
}

impl From<Field> for Entry {
    fn from(field: Field) -> Self {
        Self::Field(Box::new(field))
    }
}

impl From<Check> for Entry {
    fn from(check: Check) -> Self {
        Self::Check(check)
    }
}

impl From<FileField> for Entry {
    fn from(field: FileField) -> Self {
        Self::Files(Box::new(field))
    }
}

/// A form: where it is sent, its lines, its button.
#[derive(Clone, Debug, Template)]
#[template(path = "component/form.html")]
pub struct Form {
    action: String,
    is_search: bool,
    has_files: bool,
    entries: Vec<Entry>,
    button: String,
    first: bool,
    cancel: Option<Action>,
    note: Option<String>,
    other: Option<(&'static str, String)>,
    live: Option<(String, &'static str)>,
}

impl Form {
    /// A form that posts to `action`; its button is the page's primary one.
    pub fn new(action: impl Into<String>, button: impl Into<String>, entries: Vec<Entry>) -> Self {
        let has_files = entries.iter().any(|entry| matches!(entry, Entry::Files(_)));
        let (action, button) = (action.into(), button.into());
        Self {
            action,
            is_search: false,
            has_files,
            entries,
            button,
            first: true,
            cancel: None,
            note: None,
            other: None,
            live: None,
        }
    }

    /// A form that narrows a list by the address; its button is an ordinary one.
    pub fn search(action: impl Into<String>, button: impl Into<String>, fields: Vec<Field>) -> Self {
        Self { is_search: true, first: false, ..Self::new(action, button, vec![Entry::Fields(fields)]) }
    }

    /// Gives it an ordinary button.
    #[must_use]
    pub fn second(self) -> Self {
        Self { first: false, ..self }
    }

    /// A second button that sends the same with `name=yes`.
    #[must_use]
    pub fn other(self, name: &'static str, text: impl Into<String>) -> Self {
        Self { other: Some((name, text.into())), ..self }
    }

    /// With a script, whatever is typed is sent to an address at once, and what comes back takes the place of the element
    /// of an id.
    #[must_use]
    pub fn live(self, address: impl Into<String>, id: &'static str) -> Self {
        Self { live: Some((address.into(), id)), ..self }
    }

    /// The way out.
    #[must_use]
    pub fn cancel(self, cancel: Action) -> Self {
        Self { cancel: Some(cancel), ..self }
    }

    /// What happens then, beside the button.
    #[must_use]
    pub fn note(self, note: impl Into<String>) -> Self {
        Self { note: Some(note.into()), ..self }
    }
}

/// What a page or a card is put together from.
#[derive(Clone, Debug)]
pub enum Part {
    /// A list.
    Table(Table),
    /// Findings.
    Findings(Findings),
    /// What to do first.
    Empty(Empty),
    /// What just happened.
    Message(Message),
    /// How far a job is.
    Progress(Progress),
    /// A form.
    Form(Box<Form>),
    /// Ways to narrow.
    Chips(Chips),
    /// The neighbours of a list.
    Pager(Pager),
    /// The list as a file.
    Download(Download),
    /// Names and what they are.
    Facts(Vec<(String, String)>),
    /// A sentence.
    Text(String),
    /// A secret that is shown once.
    Once(String),
    /// Codes, one below the other.
    Codes(Vec<String>),
    /// An SVG that was made here, and what stands beside it.
    Code(SafeSvg, Box<Section>),
    /// Links as buttons.
    Links(Vec<Action>),
    /// Buttons that ask first.
    Confirms(Vec<Confirm>),
    /// Buttons that post: text and address.
    Buttons(Vec<Action>),
    /// Money per month.
    Money(Box<MoneyChart>),
    /// Share of fees.
    Share(Box<ShareChart>),
    /// Settlements in time.
    Timeline(Box<Timeline>),
    /// Figures in a row, each with what it is: a sum with its parts.
    Proof(Vec<[String; 2]>),
    /// Parts in one line.
    Line(Box<Section>),
    /// Parts side by side, cards each.
    Halves(Vec<Section>),
    /// The same with the first one wider: a form and what helps with it.
    Beside(Vec<Section>),
}

/// An SVG without scripts, made by this program: a QR code.
#[derive(Clone, Debug)]
pub struct SafeSvg {
    path: String,
    size: usize,
}

impl SafeSvg {
    /// The dark squares of a square grid, row by row.
    pub fn squares(size: usize, dark: impl Fn(usize, usize) -> bool) -> Self {
        let mut path = String::new();
        for y in 0..size {
            for x in 0..size {
                if dark(x, y) {
                    // Writing into a String does not fail.
                    let _ = write!(path, "M{x} {y}h1v1h-1z");
                }
            }
        }
        Self { path, size }
    }
}

/// A card with its title.
#[derive(Clone, Debug, Template)]
#[template(path = "component/section.html")]
pub struct Section {
    title: Option<String>,
    note: Option<String>,
    parts: Vec<Part>,
    danger: bool,
    bare: bool,
    id: Option<String>,
}

impl Section {
    /// A card with a title.
    pub fn new(title: impl Into<String>, parts: Vec<Part>) -> Self {
        Self { title: Some(title.into()), ..Self::untitled(parts) }
    }

    /// A card that needs no title.
    pub fn untitled(parts: Vec<Part>) -> Self {
        Self { title: None, note: None, parts, danger: false, bare: false, id: None }
    }

    /// Parts without a card around them.
    pub fn bare(parts: Vec<Part>) -> Self {
        Self { bare: true, ..Self::untitled(parts) }
    }

    /// A few words at the right of the title.
    #[must_use]
    pub fn note(self, note: impl Into<String>) -> Self {
        Self { note: Some(note.into()), ..self }
    }

    /// Marks what takes something away.
    #[must_use]
    pub fn dangerous(self) -> Self {
        Self { danger: true, ..self }
    }

    /// A name that addresses can lead to.
    #[must_use]
    pub fn called(self, id: impl Into<String>) -> Self {
        Self { id: Some(id.into()), ..self }
    }
}
