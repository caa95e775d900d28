//! Kontierung: what the five pages have in common. They show the fields of a version, or what was typed into them with
//! what is wrong in it.

pub mod client;
pub mod rates;
pub mod rules;
pub mod stores;
pub mod texts;

use app::Permission;
use app::books::totals::MonthChange;
use app::configuration::Configuration;
use app::settings::stored::Settings;
use app::settings::{FieldProblem, Place as FieldPlace};
use ledger::calendar::Month;
use store::settings::Version;

use super::{Frame, Sheet};
use crate::address::Place;
use crate::component::{
    Action, Cell, Check, Choice, Column, Entry, Field, Finding, Findings, Form, Message, Part, Section,
    Table, Tone,
};
use crate::text::Words;

/// The settings that a page shows.
#[derive(Clone, Debug)]
pub struct SettingsView {
    /// The fields, as they hold or as they were typed; the version is the one that was edited.
    pub settings: Settings,
    /// The version that holds, with who made it.
    pub version: Option<Version>,
    /// Were the fields just sent, so that what is missing is told as well?
    pub sent: bool,
    /// Why nothing was saved, where no field is to blame.
    pub error: Option<String>,
}

impl SettingsView {
    /// What the settings mean, where they hold.
    pub fn configuration(&self) -> Option<&Configuration> {
        self.settings.review.configuration.as_ref()
    }

    fn problem(&self, section: &str, index: Option<usize>, key: &str) -> Option<&FieldProblem> {
        let at = |place: &FieldPlace| {
            place.section == section && place.index == index && place.key.as_deref() == Some(key)
        };
        self.settings.review.problems.iter().find(|problem| at(&problem.place))
    }

    /// The field with what is wrong or doubtful about it.
    pub(crate) fn told(
        &self,
        t: &Words,
        field: Field,
        (section, index, key): (&str, Option<usize>, &str),
    ) -> Field {
        let Some(problem) = self.problem(section, index, key) else { return field };
        let sentence = Some(sentence(problem.text(t.language())));
        match problem.is_refused() {
            true if self.sent || self.settings.version > 0 => field.error(sentence),
            true => field,
            false => field.warned(sentence),
        }
    }

    /// What is wrong at places that this page does not show.
    pub(crate) fn elsewhere(&self, t: &Words, here: impl Fn(&FieldPlace) -> bool) -> Option<Message> {
        let mut others = self
            .settings
            .review
            .problems
            .iter()
            .filter(|problem| self.sent && problem.is_refused() && !here(&problem.place))
            .peekable();
        others.peek()?;
        let message = Message::new(Tone::Bad, t.settings_elsewhere());
        Some(others.fold(message, |message, problem| {
            let place = &problem.place;
            let index = place.index.map(|index| format!(" {}", index + 1)).unwrap_or_default();
            let key = place.key.as_deref().unwrap_or_default();
            message.line(format!("{}{index} {key}: {}", place.section, problem.text(t.language())))
        }))
    }

    /// What was said about the form as a whole.
    pub(crate) fn messages(&self, sheet: Sheet, elsewhere: Option<Message>) -> Sheet {
        let error = self.error.as_ref().map(|error| Message::new(Tone::Bad, error));
        error.into_iter().chain(elsewhere).fold(sheet, |sheet, message| sheet.part(Part::Message(message)))
    }

    /// `Fassung 3 vom 23.11.2026, von erika@…`
    pub(crate) fn lead(&self, t: &Words, text: &str) -> String {
        match &self.version {
            Some(version) => {
                let told = t.settings_version(version.version, t.moment(version.at), &version.author);
                format!("{text} {told}.")
            }
            None => text.to_owned(),
        }
    }

    /// The version that a form was made from, so that two people do not overwrite each other.
    pub(crate) fn based_on(&self) -> Entry {
        Entry::Hidden("based-on", self.settings.version.to_string())
    }

    /// Before anything else the chart is chosen and the accounts are confirmed.
    pub(crate) fn first_things(&self, frame: &Frame) -> Option<Part> {
        let t = &frame.t;
        let text = match self.configuration() {
            None if self.settings.version == 0 => t.settings_first_chart(),
            Some(configuration) if !configuration.handling.accounts_confirmed => t.settings_not_confirmed(),
            _ => return None,
        };
        let finding =
            Finding::new(Tone::Warn, text).mend(t.settings_to_client(), frame.at(Place::ClientSettings));
        Some(Part::Findings(Findings(vec![finding])))
    }
}

/// A sentence begins with a capital and ends with a full stop.
fn sentence(text: String) -> String {
    let mut letters = text.chars();
    let Some(first) = letters.next() else { return text };
    let end = if text.ends_with(['.', '!', '?', '…']) { "" } else { "." };
    format!("{}{}{end}", first.to_uppercase(), letters.as_str())
}

/// May the settings be changed by who looks at them?
pub(crate) fn may_assign(frame: &Frame) -> bool {
    frame.may(Permission::Assign)
}

/// A field of a section, with what stands in it and what is wrong with it.
pub(crate) struct Fields<'a> {
    pub(crate) t: &'a Words,
    pub(crate) view: &'a SettingsView,
    pub(crate) section: &'static str,
    pub(crate) index: Option<usize>,
}

impl Fields<'_> {
    fn place<'k>(&self, key: &'k str) -> (&'static str, Option<usize>, &'k str) {
        (self.section, self.index, key)
    }

    pub(crate) fn text(&self, key: &'static str, label: &str, value: Option<&String>) -> Field {
        let field = Field::text(key, label).value(value.cloned().unwrap_or_default());
        self.view.told(self.t, field, self.place(key))
    }

    pub(crate) fn digits(&self, key: &'static str, label: &str, value: Option<&String>) -> Field {
        let field = Field::digits(key, label).value(value.cloned().unwrap_or_default());
        self.view.told(self.t, field, self.place(key))
    }

    pub(crate) fn day(&self, key: &'static str, label: &str, value: Option<&String>) -> Field {
        let field = Field::date(key, label).value(value.cloned().unwrap_or_default());
        self.view.told(self.t, field, self.place(key))
    }

    pub(crate) fn list(
        &self,
        key: &'static str,
        label: &str,
        choices: &[(&str, &str)],
        value: Option<&String>,
    ) -> Field {
        let mut choices: Vec<Choice> =
            choices.iter().map(|(value, text)| Choice::new(*value, *text)).collect();
        let value = value.map(|value| value.to_lowercase()).unwrap_or_default();
        // What stands in the file and in no list stays visible.
        if !choices.iter().any(|choice| choice.is(&value)) {
            choices.push(Choice::new(value.clone(), value.clone()));
        }
        let field = Field::list(key, label, choices).value(value);
        self.view.told(self.t, field, self.place(key))
    }

    pub(crate) fn check(key: &'static str, label: &str, value: Option<&String>, hint: &str) -> Entry {
        Entry::Check(Check::new(key, label, value.is_some_and(|value| value == "true")).hint(hint))
    }
}

/// «N Buchungen exportierter Monate wären zu ändern», with the ways to answer. `typed` is what was sent and is sent
/// again; a rule can hold from the first month not exported, `open`.
pub fn question(
    frame: &Frame,
    place: Place,
    action: &str,
    typed: &[(String, String)],
    months: &[MonthChange],
    open: Option<Month>,
) -> Sheet {
    let t = frame.t.clone();
    let columns = vec![Column::text(t.month_column()), Column::number(t.asks_entries())];
    let rows =
        months.iter().map(|change| vec![Cell::Strong(t.month(change.month)), Cell::Count(change.entries)]);
    let table = Table::new(&t, t.asks_entries(), columns).rows(rows);
    let total: u64 = months.iter().map(|change| change.entries).sum();
    let kept = |without: &str| -> Vec<Entry> {
        let wanted = typed.iter().filter(|(name, _)| name != without && name != "sure");
        wanted.map(|(name, value)| Entry::Kept(name.clone(), value.clone())).collect()
    };
    let mut parts = vec![Part::Text(t.asks_text().to_owned()), Part::Table(table)];
    if let Some(open) = open {
        let mut entries = kept("from");
        entries.push(Entry::Hidden("from", open.first().to_string()));
        parts.push(Part::Form(Box::new(Form::new(action, t.asks_from(t.month(open)), entries))));
    }
    let mut entries = kept("");
    entries.push(Entry::Hidden("sure", "yes".to_owned()));
    let back = Action::new(t.cancel(), frame.at(place));
    let anyway = Form::new(action, t.asks_sure(), entries).second().cancel(back).note(t.asks_sure_note());
    parts.push(Part::Form(Box::new(anyway)));
    let (title, list) = (t.asks_title(total), frame.at(place));
    Sheet::new(frame.clone(), title, "").under(t.place(place), list).card(Section::untitled(parts))
}
