//! What is wrong in the fields, said at the field.

use exports::datev::review::Severity;

use super::Document;
use crate::configuration::{Configuration, Problem};
use crate::language::Language;

/// Where something stands in a form.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// The section: `client`, `account`, `store` …; empty for the settings as a whole.
    pub section: &'static str,
    /// Which one of several, counted from 0.
    pub index: Option<usize>,
    /// The key of the field; none for the section as a whole.
    pub key: Option<String>,
}

/// Something wrong or doubtful, at its field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FieldProblem {
    /// The field.
    pub place: Place,
    /// Refused, or only worth a word.
    pub severity: Severity,
    problem: Problem,
}

/// What the settings mean, and what is to be said about them.
#[derive(Clone, Debug)]
pub struct Review {
    /// What the settings say; none where any of them is refused.
    pub configuration: Option<Configuration>,
    /// What is wrong or doubtful, in the order of the form.
    pub problems: Vec<FieldProblem>,
}

impl Place {
    pub(super) fn section(section: &'static str) -> Self {
        Self { section, index: None, key: None }
    }
}

impl FieldProblem {
    /// Does it keep the settings from holding?
    pub fn is_refused(&self) -> bool {
        self.severity == Severity::Refused
    }

    /// What is wrong and what is allowed, in words that stand beside the field.
    pub fn text(&self, language: Language) -> String {
        self.problem.say_at_field(language)
    }
}

impl Document {
    /// Reads the settings as the engine does, and says at each field what is wrong with it.
    pub fn review(&self) -> Review {
        let written = self.written();
        let (configuration, problems) = match Configuration::read(&written.text) {
            Ok(configuration) => {
                let warnings = configuration.warnings.clone();
                (Some(configuration), warnings)
            }
            Err(error) => (None, error.problems),
        };
        let at_field = |problem: Problem| {
            let line = problem.position.line.saturating_sub(1);
            let mut place = written.places.get(line).cloned().unwrap_or(Place::section(""));
            // What is missing is told at the head of its section; the field that it belongs in has a name.
            if place.key.is_none() && !place.section.is_empty() {
                place.key = missing_key(&problem);
            }
            FieldProblem { place, severity: problem.severity(), problem }
        };
        Review { configuration, problems: problems.into_iter().map(at_field).collect() }
    }
}

/// `[client] chart` → `chart`.
fn missing_key(problem: &Problem) -> Option<String> {
    let (_, key) = problem.setting.rsplit_once("] ")?;
    key.chars().all(|letter| letter.is_ascii_lowercase() || letter == '-').then(|| key.to_owned())
}
