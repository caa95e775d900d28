//! A TOML document as settings with places: every value knows where it stands and what it is called, and every problem
//! is noted instead of ending the reading.

use std::ops::Range;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::nearest::nearest;
use super::position::{Lines, Position};
use super::problem::{Need, Problem, Type, What};

/// How much of a text is shown in a problem, in characters.
const SHOWN: usize = 60;

/// The problems found so far.
#[derive(Debug)]
pub(super) struct Problems<'t> {
    lines: Lines<'t>,
    list: Vec<Problem>,
}

impl<'t> Problems<'t> {
    pub(super) fn of(text: &'t str) -> Self {
        Self { lines: Lines::of(text), list: Vec::new() }
    }

    /// Notes what is wrong with the text at a place.
    pub(super) fn add(&mut self, span: Range<usize>, setting: impl Into<String>, what: What) {
        let position = self.lines.position(span.start);
        let found = shown(self.lines.slice(span));
        self.list.push(Problem { position, setting: setting.into(), found, what });
    }

    /// Notes that something is missing, or wrong in more than one place.
    pub(super) fn add_at(&mut self, position: Position, setting: impl Into<String>, what: What) {
        self.list.push(Problem { position, setting: setting.into(), found: String::new(), what });
    }

    pub(super) fn position(&self, byte: usize) -> Position {
        self.lines.position(byte)
    }

    pub(super) fn count(&self) -> usize {
        self.list.len()
    }

    /// All problems in the order of the file.
    pub(super) fn into_list(mut self) -> Vec<Problem> {
        self.list.sort_by_key(|problem| problem.position);
        self.list
    }
}

/// The first line of a text, cut, without control characters.
fn shown(text: &str) -> String {
    let line = text.trim_start().lines().next().unwrap_or_default().trim_end();
    let clean = |character: char| if character.is_control() { '\u{fffd}' } else { character };
    let mut shown: String = line.chars().take(SHOWN).map(clean).collect();
    if line.chars().nth(SHOWN).is_some() || text.trim().len() > line.len() {
        shown.push('…');
    }
    shown
}

/// A section of the file: `[client]`, or one of the `[[account]]` tables.
#[derive(Clone, Debug)]
pub(super) struct Section<'d> {
    /// What it is called in problems.
    pub(super) name: &'static str,
    table: &'d DeTable<'d>,
    /// Its head.
    pub(super) span: Range<usize>,
}

/// A setting and its value.
#[derive(Clone, Debug)]
pub(super) struct Field<'d> {
    /// What it is called in problems: `[client] berater`.
    pub(super) setting: String,
    /// Where its name stands.
    pub(super) key: Range<usize>,
    pub(super) value: &'d DeValue<'d>,
    /// Where its value stands.
    pub(super) span: Range<usize>,
}

impl Field<'_> {
    /// What a section of the wrong shape is called: its head says that by itself, `key = value` does not.
    fn shape_setting(&self, key: &str) -> String {
        let has_head = match self.value {
            DeValue::Table(_) => true,
            DeValue::Array(array) => array.iter().all(|value| value.get_ref().is_table()),
            _ => false,
        };
        if has_head { String::new() } else { key.to_owned() }
    }
}

impl<'d> Section<'d> {
    /// The file itself.
    pub(super) fn root(table: &'d DeTable<'d>) -> Self {
        Self { name: "", table, span: 0..0 }
    }

    /// The section of a name, if the file has it and it is a single table.
    pub(super) fn section(&self, key: &str, name: &'static str, problems: &mut Problems<'_>) -> Option<Self> {
        let field = self.field(key)?;
        let DeValue::Table(table) = field.value else {
            problems.add(
                field.span.clone(),
                field.shape_setting(key),
                What::WrongType { wanted: Type::Table },
            );
            return None;
        };
        Some(Self { name, table, span: field.span })
    }

    /// The sections of a repeated name, at most `most`.
    pub(super) fn sections(
        &self,
        key: &str,
        name: &'static str,
        most: usize,
        problems: &mut Problems<'_>,
    ) -> Vec<Self> {
        let Some(field) = self.field(key) else { return Vec::new() };
        let section = |value: &'d Spanned<DeValue<'d>>| match value.get_ref() {
            DeValue::Table(table) => Some(Self { name, table, span: value.span() }),
            _ => None,
        };
        let array = field.value.as_array();
        let sections: Option<Vec<Self>> =
            array.and_then(|array| array.iter().take(most).map(section).collect());
        let Some((array, sections)) = array.zip(sections) else {
            problems.add(
                field.span.clone(),
                field.shape_setting(key),
                What::WrongType { wanted: Type::Tables },
            );
            return Vec::new();
        };
        if let Some(excess) = array.get(most) {
            problems.add(excess.span(), name, What::TooMany { most });
        }
        sections
    }

    /// Notes every key that is not among the known ones.
    pub(super) fn refuse_unknown(&self, allowed: &'static [&'static str], problems: &mut Problems<'_>) {
        for key in self.table.keys().filter(|key| !allowed.contains(&key.get_ref().as_ref())) {
            let nearest = nearest(key.get_ref(), allowed.iter().copied());
            problems.add(key.span(), self.name, What::UnknownKey { nearest, allowed });
        }
    }

    /// All settings by their names, in the order of the alphabet.
    pub(super) fn fields(&self) -> impl Iterator<Item = (&'d str, Field<'d>)> {
        let name = self.name;
        self.table.iter().map(move |(key, value)| {
            let setting = format!("{name} {}", key.get_ref());
            let (key_span, span) = (key.span(), value.span());
            (key.get_ref().as_ref(), Field { setting, key: key_span, value: value.get_ref(), span })
        })
    }

    /// A setting, if it is there.
    pub(super) fn field(&self, key: &str) -> Option<Field<'d>> {
        let (name, value) = self.table.get_key_value(key)?;
        let setting = format!("{} {key}", self.name);
        Some(Field { setting, key: name.span(), value: value.get_ref(), span: value.span() })
    }

    /// Reads a setting, if it is there; what is wrong with it is noted.
    pub(super) fn take<T>(
        &self,
        key: &str,
        problems: &mut Problems<'_>,
        read: impl FnOnce(&Field<'d>) -> Result<T, What>,
    ) -> Option<T> {
        let field = self.field(key)?;
        match read(&field) {
            Ok(value) => Some(value),
            Err(what) => {
                problems.add(field.span, field.setting, what);
                None
            }
        }
    }

    /// The same, and notes that the setting is missing if it is not there.
    pub(super) fn need<T>(
        &self,
        key: &str,
        need: Need,
        problems: &mut Problems<'_>,
        read: impl FnOnce(&Field<'d>) -> Result<T, What>,
    ) -> Option<T> {
        if self.table.get(key).is_none() {
            let position = problems.position(self.span.start);
            problems.add_at(position, format!("{} {key}", self.name), What::Missing { need });
        }
        self.take(key, problems, read)
    }
}
