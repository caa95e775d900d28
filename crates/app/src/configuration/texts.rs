//! `[texts]`: the templates of Buchungstext and Auftragsnummer.

use ledger::rules::{TextKey, Texts};

use super::account::template;
use super::document::{Problems, Section};
use super::values;

pub(super) const NAME: &str = "[texts]";

/// The provider's name as it stands in the default texts.
pub(super) const PROVIDER: &str = "Amazon Pay";

/// Reads the section; what it leaves out has its default text.
pub(super) fn read(root: &Section<'_>, problems: &mut Problems<'_>) -> Option<Texts> {
    let mut texts = Texts::of_provider(PROVIDER).ok()?;
    let Some(section) = root.section("texts", NAME, problems) else { return Some(texts) };
    for (name, field) in section.fields() {
        let Some(key) = TextKey::all().find(|key| key.name() == name) else {
            let names: Vec<String> = TextKey::all().map(TextKey::name).collect();
            let what = values::not_one_of(name, names.iter().map(String::as_str));
            problems.add(field.key, NAME, what);
            continue;
        };
        if let Some(template) = section.take(name, problems, template) {
            texts.set(key, template);
        }
    }
    Some(texts)
}
