//! A configuration file into fields, each as it stands there.

use toml::de::{DeTable, DeValue};

use super::{Document, Section};
use crate::configuration::{Configuration, ConfigurationError};

impl Document {
    /// Reads a configuration file into fields. A file that is no TOML, or has sections, keys or lists that no form has,
    /// is refused with everything that is wrong in it; values may be wrong, they stay as they are.
    pub fn from_toml(text: &str) -> Result<Self, ConfigurationError> {
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        let (document, slips) = DeTable::parse_recoverable(text);
        let read = if slips.is_empty() { of_table(document.get_ref()) } else { None };
        // What has no place in a form is wrong in the file as well, and there it is told with its line.
        read.ok_or_else(|| Configuration::read(text).err().unwrap_or_else(ConfigurationError::shapeless))
    }
}

fn of_table(root: &DeTable<'_>) -> Option<Document> {
    let mut document = Document::default();
    for (name, value) in root {
        let value = value.get_ref();
        match name.get_ref().as_ref() {
            "client" => document.client = section(value)?,
            "document-numbers" => document.document_numbers = section(value)?,
            "account" => document.accounts = sections(value)?,
            "store" => document.stores = sections(value)?,
            "rate" => document.rates = sections(value)?,
            "kontor" => document.kontor = section(value)?,
            "texts" => {
                for (key, text) in value.as_table()? {
                    let text = text.get_ref().as_str()?.to_owned();
                    document.texts.insert(key.get_ref().to_string(), text);
                }
            }
            _ => return None,
        }
    }
    Some(document)
}

fn sections<S: Section>(value: &DeValue<'_>) -> Option<Vec<S>> {
    value.as_array()?.iter().map(|one| section(one.get_ref())).collect()
}

fn section<S: Section>(value: &DeValue<'_>) -> Option<S> {
    let mut section = S::default();
    for (key, value) in value.as_table()? {
        if !section.set(key.get_ref(), Some(typed(value.get_ref())?)) {
            return None;
        }
    }
    Some(section)
}

/// A value as a person would type it. Numbers stay the digits that they are in the file.
fn typed(value: &DeValue<'_>) -> Option<String> {
    Some(match value {
        DeValue::String(text) => text.to_string(),
        DeValue::Integer(integer) if integer.radix() == 10 => integer.as_str().to_owned(),
        DeValue::Float(float) => float.as_str().to_owned(),
        DeValue::Boolean(boolean) => boolean.to_string(),
        DeValue::Datetime(moment) => moment.to_string(),
        DeValue::Array(values) => {
            let typed: Option<Vec<String>> =
                values.iter().map(|value| value.get_ref().as_datetime().map(ToString::to_string)).collect();
            typed?.join(", ")
        }
        DeValue::Integer(_) | DeValue::Table(_) => return None,
    })
}
