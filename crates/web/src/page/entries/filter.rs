//! The form that narrows the list by its address.

use store::movements::Identifier;

use super::EntriesView;
use crate::component::{Choice, Field, Form};
use crate::text::Words;

/// What the search can look into, by the words of addresses.
pub(crate) const AMOUNT: &str = "amount";

pub(super) fn form(t: &Words, view: &EntriesView, here: &str) -> Form {
    let narrowed = &view.narrowed;
    let all = || Choice::new("", t.entries_all());
    let months = view.months.iter().rev().map(|month| Choice::new(month.to_string(), t.month(*month)));
    let mut fields = vec![
        Field::list("month", t.entry_month(), std::iter::once(all()).chain(months).collect())
            .value(narrowed.month.map(|month| month.to_string()).unwrap_or_default()),
    ];
    if view.connections.len() > 1 {
        let connections =
            view.connections.iter().map(|(id, label)| Choice::new(id.to_string(), label.clone()));
        let choices = std::iter::once(all()).chain(connections).collect();
        fields.push(Field::list("connection", t.entry_connection(), choices).value(&narrowed.connection));
    }
    if !view.totals.is_empty() {
        let accounts = view.totals.iter().map(|total| total.account.clone());
        let mut accounts: Vec<String> = accounts.collect();
        accounts.dedup();
        let accounts = accounts.into_iter().map(|account| Choice::new(account.clone(), account));
        let choices = std::iter::once(all()).chain(accounts).collect();
        fields.push(Field::list("account", t.account_number(), choices).value(&narrowed.account));
    }
    fields.push(Field::text("q", t.entry_search()).value(&narrowed.query));
    fields.push(Field::list("in", t.entry_search_in(), places(t)).value(&narrowed.search_in));
    let exact = vec![Choice::new("", t.entry_beginning()), Choice::new("yes", t.entry_exact())];
    let is_exact = if narrowed.exact { "yes" } else { "" };
    fields.push(Field::list("exact", t.entry_match(), exact).value(is_exact));
    Form::search(here, t.entry_narrow(), fields)
}

fn places(t: &Words) -> Vec<Choice> {
    let name = |identifier: Identifier| match identifier {
        Identifier::SellerOrder => t.entry_search_order(),
        Identifier::OrderReference => t.entry_search_reference(),
        Identifier::Transaction => t.entry_search_transaction(),
        Identifier::SellerReference => t.entry_search_seller(),
    };
    let mut choices = vec![Choice::new("", t.entry_search_any())];
    choices.extend(Identifier::ALL.map(|identifier| Choice::new(identifier.name(), name(identifier))));
    choices.push(Choice::new(AMOUNT, t.entry_search_amount()));
    choices
}
