//! The parts that pages are put together from: each a type with its template, so that a page says what it shows and not
//! how. In a template `{{ badge }}` is enough.

mod action;
mod badge;
mod empty;
mod field;
mod file_field;
mod finding;
mod icon;
mod message;
mod pager;
mod progress;
mod sheet;
mod table;
mod tile;

pub use action::{Action, Confirm, Download};
pub use badge::{Badge, Tone};
pub use empty::Empty;
pub use field::{Check, Choice, Field};
pub use file_field::FileField;
pub use finding::{Finding, Findings};
pub use icon::{ICON_NAMES, Icon};
pub use message::Message;
pub use pager::{Chip, Chips, Pager};
pub use progress::Progress;
pub use sheet::{Entry, Form, Part, SafeSvg, Section};
pub use table::{Cell, Column, Row, Table};
pub use tile::Tile;

/// Marks a part as safe to put into a page: its own template has escaped what it shows.
macro_rules! parts {
    ($($part:ty),+ $(,)?) => { $(impl askama::filters::HtmlSafe for $part {})+ };
}

parts![
    Badge, Check, Chips, Confirm, Download, Empty, Field, FileField, Findings, Form, Icon, Message, Pager,
    Progress, Section, Table, Tile,
];
