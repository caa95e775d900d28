//! `Belegtexte`: the templates, with an example that follows what is typed.

use app::settings::example::{Example, examples};
use ledger::entry::EntryKind;
use ledger::rules::TextKey;

use super::{Fields, SettingsView, may_assign};
use crate::address::Place;
use crate::component::{Cell, Column, Entry, Field, Form, Message, Part, Section, Table, Tone};
use crate::page::{Frame, Sheet};
use crate::text::Words;

/// The element that the live example replaces.
const EXAMPLE: &str = "example";

/// The page.
pub fn page(frame: &Frame, view: &SettingsView) -> Sheet {
    let t = frame.t.clone();
    let sheet = Sheet::new(frame.clone(), t.place_voucher_texts(), view.lead(&t, t.texts_lead()));
    let elsewhere =
        view.elsewhere(&t, |at| matches!(at.section, "texts" | "document-numbers") && at.key.is_some());
    let mut sheet = view.messages(sheet, elsewhere);
    if let Some(first) = view.first_things(frame) {
        sheet = sheet.card(Section::untitled(vec![first]));
    }
    let example = example(&t, view);
    if !may_assign(frame) || view.settings.version == 0 {
        return sheet.card(example);
    }
    let form = form(frame, view);
    let form = Section::new(t.texts_title(), vec![Part::Form(Box::new(form))]);
    sheet.part(Part::Beside(vec![form, example]))
}

fn form(frame: &Frame, view: &SettingsView) -> Form {
    let t = &frame.t;
    let numbers = &view.settings.document.document_numbers;
    let fields = Fields { t, view, section: "document-numbers", index: None };
    let mut entries = vec![view.based_on(), Entry::Text(t.texts_places().to_owned())];
    let mut keys = TextKey::all().map(|key| text_field(t, view, key)).peekable();
    while keys.peek().is_some() {
        entries.push(Entry::Fields(keys.by_ref().take(2).collect()));
    }
    entries.push(Entry::Heading(t.document_numbers().to_owned()));
    entries.push(Entry::Fields(vec![
        fields.text("strip-prefix", t.strip_prefix(), numbers.strip_prefix.as_ref()).class("code"),
        fields.text("prefix", t.prefix(), numbers.prefix.as_ref()).class("code"),
        fields.list(
            "unfit",
            t.unfit(),
            &[("", t.unfit_replace()), ("remove", t.unfit_remove())],
            numbers.unfit.as_ref().filter(|unfit| *unfit != "replace"),
        ),
    ]));
    let here = frame.at(Place::VoucherTexts);
    Form::new(&here, t.settings_save(), entries)
        .other("example", t.example_show())
        .live(format!("{here}/example"), EXAMPLE)
}

fn text_field(t: &Words, view: &SettingsView, key: TextKey) -> Field {
    let name = key.name();
    let value = view.settings.document.texts.get(&name).cloned().unwrap_or_default();
    let field =
        Field::text(name.clone(), label(t, key)).value(value).placeholder(key.default_text("Amazon Pay"));
    view.told(t, field, ("texts", None, &name))
}

fn label(t: &Words, key: TextKey) -> &'static str {
    match key {
        TextKey::OrderNumber => t.order_number_text(),
        TextKey::SummedFees => t.summed_fees_text(),
        TextKey::Entry(EntryKind::Gross(kind)) => t.kind(kind),
        TextKey::Entry(kind @ EntryKind::Fee(_)) => t.scope(kind.name()),
    }
}

/// What an order becomes with what is typed now.
pub fn example(t: &Words, view: &SettingsView) -> Section {
    let entries =
        view.configuration().and_then(|configuration| examples(&configuration.rules, t.now(), "").ok());
    let part = match entries {
        Some(entries) => Part::Table(table(t, &entries)),
        None => Part::Message(Message::new(Tone::Warn, t.example_refused())),
    };
    let parts = vec![Part::Text(t.example_note().to_owned()), part];
    Section::new(t.example(), parts).called(EXAMPLE)
}

fn table(t: &Words, entries: &[Example]) -> Table {
    let columns = vec![Column::text(t.text_column()), Column::text(t.document_number_column())];
    let rows = entries.iter().map(|entry| {
        let text = if entry.cut {
            Cell::Noted(entry.text.clone(), t.cut_at_sixty().to_owned())
        } else {
            Cell::Text(entry.text.clone())
        };
        let number = if entry.order_number.is_empty() {
            Cell::Text(entry.document_number.clone())
        } else {
            Cell::Noted(entry.document_number.clone(), entry.order_number.clone())
        };
        vec![text, number]
    });
    Table::new(t, t.example(), columns).rows(rows)
}
