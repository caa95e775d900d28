//! `[document-numbers]` and `[[store]]`: how order numbers become document numbers, for all shops and for single ones.

use std::collections::BTreeMap;

use ledger::document_number::NumberRule;
use ledger::rules::StoreRule;

use super::document::{Problems, Section};
use super::problem::{Need, What};
use super::values;

pub(super) const NUMBERS: &str = "[document-numbers]";
pub(super) const STORE: &str = "[[store]]";

/// The keys of `[document-numbers]`.
pub(super) const NUMBER_KEYS: &[&str] = &["unfit", "strip-prefix", "prefix"];
/// The keys of `[[store]]`.
pub(super) const STORE_KEYS: &[&str] = &["name", "prefix", "strip-prefix", "unfit", "order-key"];

/// Nobody has more shops than this.
const MOST: usize = 2_000;

/// The document numbers of all shops, and the shops with settings of their own.
pub(super) fn read(
    root: &Section<'_>,
    problems: &mut Problems<'_>,
) -> (NumberRule, BTreeMap<String, StoreRule>) {
    let general = match root.section("document-numbers", NUMBERS, problems) {
        Some(section) => {
            section.refuse_unknown(NUMBER_KEYS, problems);
            number_rule(&section, &NumberRule::default(), problems)
        }
        None => NumberRule::default(),
    };
    let mut stores = BTreeMap::new();
    let mut lines: BTreeMap<String, usize> = BTreeMap::new();
    for section in root.sections("store", STORE, MOST, problems) {
        section.refuse_unknown(STORE_KEYS, problems);
        let rule = store_rule(&section, &general, problems);
        let Some(name) = section.need("name", Need::Name, problems, values::words) else { continue };
        let line = problems.position(section.span.start).line;
        if let Some(first_line) = lines.insert(name.clone(), line) {
            let span = section.field("name").map_or(section.span.clone(), |field| field.span);
            problems.add(span, format!("{STORE} name"), What::Twice { first_line });
        }
        stores.insert(name, rule);
    }
    (general, stores)
}

/// What a section leaves out is as it is for all shops.
fn number_rule(section: &Section<'_>, general: &NumberRule, problems: &mut Problems<'_>) -> NumberRule {
    let strip_prefix =
        section.take("strip-prefix", problems, |field| values::printable(field).map(ToOwned::to_owned));
    let prefix = section.take("prefix", problems, values::prefix);
    NumberRule {
        unfit: section.take("unfit", problems, values::unfit).unwrap_or(general.unfit),
        strip_prefix: strip_prefix.unwrap_or_else(|| general.strip_prefix.clone()),
        prefix: prefix.unwrap_or_else(|| general.prefix.clone()),
    }
}

fn store_rule(section: &Section<'_>, general: &NumberRule, problems: &mut Problems<'_>) -> StoreRule {
    let keys = [("order", false), ("seller-reference", true)];
    let key = section.take("order-key", problems, |field| values::one_of(field, &keys));
    StoreRule {
        numbers: number_rule(section, general, problems),
        key_is_seller_reference: key.unwrap_or_default(),
    }
}
