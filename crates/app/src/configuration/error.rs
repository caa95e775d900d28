//! A configuration that is refused.

use std::fmt;

use super::position::{Lines, Position};
use super::problem::{Problem, What};
use crate::language::Language;

/// Everything that is wrong in a configuration, in the order of the file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConfigurationError {
    /// At least one problem; warnings stand among them.
    pub problems: Vec<Problem>,
}

impl ConfigurationError {
    /// The problems in words, one a line.
    pub fn say(&self, language: Language) -> String {
        let lines: Vec<String> = self.problems.iter().map(|problem| problem.say(language)).collect();
        lines.join("\n")
    }

    /// One problem of the file as a whole.
    pub(super) fn of_file(position: Position, what: What) -> Self {
        Self { problems: vec![Problem { position, setting: String::new(), found: String::new(), what }] }
    }

    /// The refusal of a text that is a configuration, but of a shape that no form has.
    pub(crate) fn shapeless() -> Self {
        Self::of_file(Position::START, What::Shapeless)
    }

    /// The refusal of bytes that are no text: up to `valid` they are.
    pub(super) fn not_utf8(bytes: &[u8], valid: usize) -> Self {
        let text = bytes.get(..valid).and_then(|start| std::str::from_utf8(start).ok()).unwrap_or_default();
        Self::of_file(Lines::of(text).position(valid), What::NotUtf8)
    }
}

impl fmt::Display for ConfigurationError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.say(Language::En))
    }
}

impl std::error::Error for ConfigurationError {}
