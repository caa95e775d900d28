//! Fields into the text of a file, one setting a line, so that a line leads back to its field.

use std::fmt::Write as _;

use jiff::civil::Date;

use super::review::Place;
use super::{Document, Section, Shape};

/// A text, and for each of its lines the field that it holds.
#[derive(Debug, Default)]
pub(super) struct Written {
    pub(super) text: String,
    pub(super) places: Vec<Place>,
}

impl Document {
    /// The settings as a configuration file. Whatever was typed is in it; [`Self::review`] says what is wrong.
    pub fn to_toml(&self) -> String {
        self.written().text
    }

    pub(super) fn written(&self) -> Written {
        let mut written = Written::default();
        written.table("client", "[client]", None, &self.client, true);
        written.table("document-numbers", "[document-numbers]", None, &self.document_numbers, false);
        written.tables("account", "[[account]]", &self.accounts);
        written.tables("store", "[[store]]", &self.stores);
        if !self.texts.is_empty() {
            written.line("\n[texts]", &Place::section("texts"));
        }
        for (key, text) in &self.texts {
            let setting = format!("{} = {}", quoted(key), quoted(text));
            written.line(&setting, &Place { section: "texts", index: None, key: Some(key.clone()) });
        }
        written.tables("rate", "[[rate]]", &self.rates);
        written.table("kontor", "[kontor]", None, &self.kontor, false);
        written
    }
}

impl Written {
    fn tables<S: Section>(&mut self, section: &'static str, head: &str, all: &[S]) {
        for (index, one) in all.iter().enumerate() {
            self.table(section, head, Some(index), one, true);
        }
    }

    fn table<S: Section>(
        &mut self,
        section: &'static str,
        head: &str,
        index: Option<usize>,
        values: &S,
        even_if_empty: bool,
    ) {
        if !even_if_empty && S::KEYS.iter().all(|(key, _)| values.get(key).is_none()) {
            return;
        }
        let head = if self.text.is_empty() { head.to_owned() } else { format!("\n{head}") };
        self.line(&head, &Place { index, ..Place::section(section) });
        for (key, shape) in S::KEYS {
            if let Some(value) = values.get(key) {
                let place = Place { section, index, key: Some((*key).to_owned()) };
                self.line(&format!("{key} = {}", literal(value, *shape)), &place);
            }
        }
    }

    fn line(&mut self, line: &str, place: &Place) {
        for part in line.split('\n') {
            self.text.push_str(part);
            self.text.push('\n');
            self.places.push(place.clone());
        }
    }
}

fn literal(value: &str, shape: Shape) -> String {
    let plain = match shape {
        Shape::Text => false,
        Shape::Integer => is_integer(value),
        Shape::Day => is_day(value),
        Shape::Boolean => matches!(value, "true" | "false"),
        Shape::Days => {
            let days: Vec<&str> = days(value).collect();
            let whole = !days.is_empty() && days.iter().all(|day| is_day(day));
            return if whole { format!("[{}]", days.join(", ")) } else { quoted(value) };
        }
    };
    if plain { value.to_owned() } else { quoted(value) }
}

fn days(value: &str) -> impl Iterator<Item = &str> {
    value.split([',', ' ']).filter(|day| !day.is_empty())
}

/// An integer that reads back as the same digits.
fn is_integer(value: &str) -> bool {
    value.parse::<u32>().is_ok_and(|number| number.to_string() == value)
}

fn is_day(value: &str) -> bool {
    value.parse::<Date>().is_ok_and(|day| day.to_string() == value && day.year() >= 0)
}

/// A basic string on one line.
fn quoted(text: &str) -> String {
    let mut quoted = String::with_capacity(text.len() + 2);
    quoted.push('"');
    for character in text.chars() {
        match character {
            '"' => quoted.push_str("\\\""),
            '\\' => quoted.push_str("\\\\"),
            '\n' => quoted.push_str("\\n"),
            '\r' => quoted.push_str("\\r"),
            '\t' => quoted.push_str("\\t"),
            control if control.is_control() => {
                // Writing into a String cannot fail.
                write!(quoted, "\\u{:04X}", u32::from(control)).unwrap_or(());
            }
            other => quoted.push(other),
        }
    }
    quoted.push('"');
    quoted
}
