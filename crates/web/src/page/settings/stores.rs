//! Shops with settings of their own, on the page of debtors.

use app::settings::StoreForm;

use super::rules::removal_texts;
use super::{Fields, SettingsView};
use crate::address::Place;
use crate::component::{Action, Cell, Column, Confirm, Entry, Form, Part, Section, Table};
use crate::page::{Frame, Sheet};
use crate::text::Words;

/// The list of shops.
pub(super) fn section(frame: &Frame, view: &SettingsView, assigns: bool) -> Section {
    let t = &frame.t;
    let columns = vec![
        Column::text(t.store_name()),
        Column::text(t.strip_prefix()),
        Column::text(t.prefix()),
        Column::text(t.store_key()),
        Column::acts(),
    ];
    let text = |value: &Option<String>| value.clone().map_or(Cell::Empty, Cell::Text);
    let rows = view.settings.document.stores.iter().enumerate().map(|(index, store)| {
        let key = match store.order_key.as_deref() {
            Some("seller-reference") => t.store_key_reference(),
            _ => t.store_key_order(),
        };
        vec![
            Cell::Strong(store.name.clone().unwrap_or_default()),
            text(&store.strip_prefix),
            text(&store.prefix),
            Cell::Text(key.to_owned()),
            if assigns {
                let href = frame.below(Place::Debtors, &format!("/store?row={index}"));
                Cell::Link(Action::new(t.rule_edit(), href))
            } else {
                Cell::Empty
            },
        ]
    });
    let table = Table::new(t, t.stores(), columns).rows(rows);
    let mut parts = vec![Part::Text(t.stores_text().to_owned())];
    if !table.is_empty() {
        parts.push(Part::Table(table));
    }
    if assigns && view.settings.version > 0 {
        parts.push(Part::Links(vec![Action::new(t.store_add(), frame.below(Place::Debtors, "/store"))]));
    }
    Section::new(t.stores(), parts)
}

/// The form of one shop.
pub fn store_page(
    frame: &Frame,
    view: &SettingsView,
    (index, store): (Option<usize>, &StoreForm),
    row: Option<usize>,
) -> Sheet {
    let t = frame.t.clone();
    let title = store.name.clone().filter(|_| row.is_some()).unwrap_or_else(|| t.store_new().to_owned());
    let (here, list) = (frame.below(Place::Debtors, "/store"), frame.at(Place::Debtors));
    let elsewhere = view.elsewhere(&t, |at| at.section == "store" && at.index == index && at.key.is_some());
    let sheet = Sheet::new(frame.clone(), title.clone(), "").under(t.place(Place::Debtors), list.clone());
    let mut sheet = view.messages(sheet, elsewhere);
    let fields = Fields { t: &t, view, section: "store", index };
    let mut entries = vec![view.based_on()];
    entries.extend(row.map(|row| Entry::Hidden("row", row.to_string())));
    entries.extend(of_store(&t, &fields, store));
    let form = Form::new(here.clone(), t.settings_save(), entries).cancel(Action::new(t.cancel(), list));
    sheet = sheet.card(Section::new(t.store(), vec![Part::Form(Box::new(form))]));
    let Some(row) = row else { return sheet };
    let address = format!("{here}/remove?row={row}&based-on={}", view.settings.version);
    let confirm = Confirm::new(&t, "remove", address, removal_texts(&t, &title)).dangerous();
    sheet.card(Section::new(t.rule_remove(), vec![Part::Confirms(vec![confirm])]))
}

fn of_store(t: &Words, fields: &Fields<'_>, store: &StoreForm) -> Vec<Entry> {
    vec![
        Entry::from(fields.text("name", t.store_name(), store.name.as_ref()).hint(t.store_hint()).required()),
        Entry::Fields(vec![
            fields.text("strip-prefix", t.strip_prefix(), store.strip_prefix.as_ref()).class("code"),
            fields.text("prefix", t.prefix(), store.prefix.as_ref()).class("code"),
        ]),
        Entry::Fields(vec![
            fields.list(
                "unfit",
                t.unfit(),
                &[("", t.as_general()), ("replace", t.unfit_replace()), ("remove", t.unfit_remove())],
                store.unfit.as_ref(),
            ),
            fields.list(
                "order-key",
                t.store_key(),
                &[("", t.store_key_order()), ("seller-reference", t.store_key_reference())],
                store.order_key.as_ref().filter(|key| *key != "order"),
            ),
        ]),
    ]
}
