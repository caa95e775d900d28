use askama::Template;
use jiff::{Timestamp, civil::Date};
use ledger::money::Money;

use super::{Action, Badge, Confirm};
use crate::text::Words;

/// What stands in one place of a list. It is typed, so that the same list becomes a page, a CSV and a workbook.
#[derive(Clone, Debug)]
pub enum Cell {
    /// Nothing.
    Empty,
    /// Words.
    Text(String),
    /// What the row is called.
    Strong(String),
    /// What is less important.
    Quiet(String),
    /// A text with a smaller line below.
    Noted(String, String),
    /// A hash, a number of somebody else's: in the type of machines.
    Code(String),
    /// An amount with its currency.
    Money(Money),
    /// An amount in a column whose head names the currency.
    Figure(Money),
    /// A count.
    Count(u64),
    /// A share in hundredths of a percent.
    Share(i64),
    /// A date with its year.
    Date(Date),
    /// A date on a page that names the year.
    Day(Date),
    /// A moment in full.
    Moment(Timestamp),
    /// A moment as seen from now; files hold it in full.
    Recent(Timestamp),
    /// A link.
    Link(Action),
    /// A state.
    Badge(Badge),
    /// A state and what to do about it.
    State(Badge, Action),
    /// A button that posts to an address; not in files.
    Button(Action),
    /// A button that asks first; not in files.
    Confirm(Confirm),
}

impl Cell {
    /// The text of the cell as a page shows it, without its markup.
    pub fn text(&self, words: &Words) -> String {
        match self {
            Self::Empty | Self::Button(_) | Self::Confirm(_) => String::new(),
            Self::Text(text) | Self::Strong(text) | Self::Quiet(text) | Self::Code(text) => text.clone(),
            Self::Noted(text, note) => format!("{text} ({note})"),
            Self::Money(money) => words.money(*money),
            Self::Figure(money) => words.figure(*money),
            Self::Count(count) => words.number(*count),
            Self::Share(share) => words.share(*share),
            Self::Date(date) => words.date(*date),
            Self::Day(date) => words.day(*date),
            Self::Moment(moment) | Self::Recent(moment) => words.moment(*moment),
            Self::Link(action) => action.text.clone(),
            Self::Badge(badge) | Self::State(badge, _) => badge.text.clone(),
        }
    }
}

/// A column with its head.
#[derive(Clone, Debug)]
pub struct Column {
    pub(crate) label: String,
    class: &'static str,
}

impl Column {
    /// Words, set to the left.
    pub fn text(label: impl Into<String>) -> Self {
        Self { label: label.into(), class: "" }
    }

    /// Figures, set to the right.
    pub fn number(label: impl Into<String>) -> Self {
        Self { label: label.into(), class: "number" }
    }

    /// The last column, for links and buttons; its head is not shown and it is not in files.
    pub fn acts() -> Self {
        Self { label: String::new(), class: "mark" }
    }

    /// Whether files hold this column.
    pub fn in_files(&self) -> bool {
        !self.label.is_empty()
    }
}

/// One row.
#[derive(Clone, Debug)]
pub struct Row {
    /// As many as there are columns.
    pub cells: Vec<Cell>,
    /// Whether it is the one that the address names.
    pub chosen: bool,
    /// A name that addresses can lead to.
    pub id: Option<String>,
}

impl Row {
    /// A row to which addresses can lead.
    pub fn called(cells: Vec<Cell>, id: impl Into<String>, chosen: bool) -> Self {
        Self { cells, chosen, id: Some(id.into()) }
    }
}

impl From<Vec<Cell>> for Row {
    fn from(cells: Vec<Cell>) -> Self {
        Self { cells, chosen: false, id: None }
    }
}

/// A list. Below 560 pixels each row becomes a card.
#[derive(Clone, Debug, Template)]
#[template(path = "component/table.html")]
pub struct Table {
    pub(crate) t: Words,
    caption: String,
    seen: bool,
    /// The columns.
    pub columns: Vec<Column>,
    /// The rows.
    pub rows: Vec<Row>,
    /// Sums below the rows, as many cells as columns.
    pub sums: Vec<Cell>,
}

impl Table {
    /// A list; the caption says what it holds, to screen readers only.
    pub fn new(words: &Words, caption: impl Into<String>, columns: Vec<Column>) -> Self {
        let (t, caption) = (words.clone(), caption.into());
        Self { t, caption, seen: false, columns, rows: Vec::new(), sums: Vec::new() }
    }

    /// Shows the caption to everybody.
    #[must_use]
    pub fn captioned(self) -> Self {
        Self { seen: true, ..self }
    }

    /// With rows.
    #[must_use]
    pub fn rows<R: Into<Row>>(mut self, rows: impl IntoIterator<Item = R>) -> Self {
        self.rows.extend(rows.into_iter().map(Into::into));
        self
    }

    /// With sums below.
    #[must_use]
    pub fn sums(self, sums: Vec<Cell>) -> Self {
        Self { sums, ..self }
    }

    /// Whether there are no rows.
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    fn placed<'a>(&'a self, cells: &'a [Cell]) -> impl Iterator<Item = (&'a Column, &'a Cell)> {
        self.columns.iter().zip(cells)
    }
}
