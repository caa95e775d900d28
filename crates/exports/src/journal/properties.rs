//! What an entry says besides accounts, amounts and text, as names and values: tags for hledger, metadata for beancount.

use std::borrow::Cow;

use ledger::entry::Entry;

/// The names, so that a journal can declare them.
pub(crate) const PROPERTIES: [&str; 9] =
    ["settlement", "order", "kind", "store", "tax-key", "fact-code", "cost-centre", "eu-vat-id", "line"];

/// The properties that the entry has, in the order of the names; texts as they came.
pub(crate) fn properties<'e>(entry: &'e Entry<'_>) -> impl Iterator<Item = (&'static str, Cow<'e, str>)> {
    let (details, assignment) = (entry.details(), entry.assignment());
    let number = |value: u16| Cow::Owned(value.to_string());
    let values: [Option<Cow<'e, str>>; 9] = [
        Some(details.settlement.into()),
        Some(details.order_reference.into()),
        Some(entry.kind().name().into()),
        Some(details.store.into()),
        assignment.tax_key.map(|key| number(key.value())),
        assignment.fact_code.map(|code| number(code.value())),
        assignment.cost_centre.as_deref().map(Cow::from),
        assignment.eu_vat_id.as_deref().map(Cow::from),
        Some(details.line.to_string().into()),
    ];
    let named = PROPERTIES.into_iter().zip(values);
    named.filter_map(|(name, value)| Some((name, value.filter(|value| !value.is_empty())?)))
}
