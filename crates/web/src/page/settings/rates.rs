//! Exchange rates, on the page of payment accounts.

use super::rules::removal_texts;
use super::{Fields, SettingsView};
use crate::address::Place;
use crate::component::{Cell, Column, Confirm, Entry, Form, Part, Section, Table};
use crate::page::Frame;

/// So many of the newest are listed; the version's file holds all.
const LISTED: usize = 60;

/// The list of rates, and the form for another one.
pub(super) fn section(frame: &Frame, view: &SettingsView, assigns: bool) -> Section {
    let t = &frame.t;
    let rates = &view.settings.document.rates;
    let here = frame.below(Place::PaymentAccounts, "/rate");
    let columns = vec![
        Column::text(t.rate_currency()),
        Column::text(t.rate_for()),
        Column::number(t.rate()),
        Column::text(t.rate_source()),
        Column::acts(),
    ];
    // What was typed and refused stands in the form, not in the list.
    let refused = view.sent.then(|| rates.len().saturating_sub(1));
    let listed = rates.iter().enumerate().rev().filter(|(index, _)| Some(*index) != refused).take(LISTED);
    let rows = listed.map(|(index, rate)| {
        let text = |value: &Option<String>| value.clone().unwrap_or_default();
        let what = format!("{} {}{}", text(&rate.currency), text(&rate.day), text(&rate.month));
        let address = format!("{here}/remove?row={index}&based-on={}", view.settings.version);
        let id = format!("rate-{index}");
        vec![
            Cell::Strong(text(&rate.currency)),
            Cell::Text(format!("{}{}", text(&rate.day), text(&rate.month))),
            Cell::Text(text(&rate.rate)),
            Cell::Text(text(&rate.source)),
            if assigns {
                Cell::Confirm(Confirm::new(t, id, address, removal_texts(t, &what)).dangerous())
            } else {
                Cell::Empty
            },
        ]
    });
    let table = Table::new(t, t.rates(), columns).rows(rows);
    let mut parts = vec![Part::Text(t.rates_text().to_owned())];
    if !table.is_empty() {
        parts.push(Part::Table(table));
    }
    if assigns && view.settings.version > 0 {
        let typed = refused.and_then(|index| rates.get(index)).cloned().unwrap_or_default();
        let fields = Fields { t, view, section: "rate", index: refused };
        let entries = vec![
            view.based_on(),
            Entry::Fields(vec![
                fields.text("currency", t.rate_currency(), typed.currency.as_ref()).placeholder("USD"),
                fields.day("day", t.rate_day(), typed.day.as_ref()),
                fields.text("month", t.rate_month(), typed.month.as_ref()).hint(t.rate_month_hint()),
                fields.text("rate", t.rate(), typed.rate.as_ref()).hint(t.rate_hint()),
                fields.text("source", t.rate_source(), typed.source.as_ref()).hint(t.rate_source_hint()),
            ]),
        ];
        parts.push(Part::Form(Box::new(Form::new(here, t.rate_add(), entries).second())));
    }
    Section::new(t.rates(), parts)
}
