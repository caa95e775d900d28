//! `Paymentkonten`, `Aufwandskonten`, `Debitoren`: which account takes what, from which day on.

use app::configuration::Configuration;
use app::settings::names::name_of;
use app::settings::{AccountForm, Document};
use jiff::civil::Date;
use ledger::chart::Chart;
use ledger::kind::Purpose;
use ledger::rules::RuleScope;

use super::client::warnings;
use super::{Fields, SettingsView, may_assign, rates, stores};
use crate::address::Place;
use crate::component::{
    Action, Cell, Column, Confirm, Empty, Entry, Field, Findings, Form, Part, Section, Table,
};
use crate::page::{Frame, Sheet};
use crate::text::Words;

/// What each page is for, by the words of the configuration.
const PAYMENT: [&str; 8] =
    ["provider", "transit", "payout", "debt", "reserve", "clarification", "adjustment", "unknown"];
const EXPENSE: [&str; 6] =
    ["fee", "fee-processing", "fee-fixed", "fee-authorisation", "fee-chargeback", "fee-other"];
const DEBTOR: [&str; 6] = ["debtor", "payment", "refund", "chargeback", "guarantee-claim", "dispute"];

/// The scopes of a page.
pub(crate) fn scopes(place: Place) -> &'static [&'static str] {
    match place {
        Place::ExpenseAccounts => &EXPENSE,
        Place::Debtors => &DEBTOR,
        _ => &PAYMENT,
    }
}

/// The page on which a scope stands.
pub(crate) fn place_of(scope: &str) -> Place {
    let on = |place: &Place| scopes(*place).contains(&scope);
    [Place::ExpenseAccounts, Place::Debtors].into_iter().find(on).unwrap_or(Place::PaymentAccounts)
}

/// The page.
pub fn page(frame: &Frame, place: Place, view: &SettingsView) -> Sheet {
    let t = frame.t.clone();
    let assigns = may_assign(frame);
    let text = match place {
        Place::ExpenseAccounts => t.rules_lead_expense(),
        Place::Debtors => t.rules_lead_debtor(),
        _ => t.rules_lead_payment(),
    };
    let mut sheet = Sheet::new(frame.clone(), t.place(place), view.lead(&t, text));
    if assigns && view.settings.version > 0 {
        sheet = sheet.first(format!("+ {}", t.rule_add()), frame.below(place, "/rule"));
    }
    if let Some(first) = view.first_things(frame) {
        sheet = sheet.card(Section::untitled(vec![first]));
    }
    if view.settings.version > 0 {
        sheet = sheet.as_files(&frame.at(place));
    }
    let mut parts = Vec::new();
    let table = table(frame, place, view, assigns);
    if table.is_empty() {
        parts.push(Part::Empty(Empty::new("box", t.rules_none(), text)));
    } else {
        parts.push(Part::Table(table));
    }
    let warnings: Vec<_> = warnings(frame, view)
        .into_iter()
        .filter(|finding| finding.mend.as_ref().is_some_and(|mend| mend.href.starts_with(&frame.at(place))))
        .collect();
    if !warnings.is_empty() {
        parts.push(Part::Findings(Findings(warnings)));
    }
    sheet = sheet.card(Section::untitled(parts));
    match place {
        Place::Debtors => sheet.card(stores::section(frame, view, assigns)),
        Place::PaymentAccounts => sheet.card(rates::section(frame, view, assigns)),
        _ => sheet,
    }
}

/// The rules of a page in the order in which they are read: by what they are for, where, and since when.
fn ordered(document: &Document, place: Place) -> Vec<(usize, &AccountForm)> {
    let rank = |rule: &AccountForm| {
        let scope = rule.scope.as_deref().unwrap_or_default();
        scopes(place).iter().position(|own| *own == scope)
    };
    let mut rules: Vec<(usize, &AccountForm)> =
        document.accounts.iter().enumerate().filter(|(_, rule)| rank(rule).is_some()).collect();
    rules.sort_by(|(_, one), (_, other)| {
        let key =
            |rule: &AccountForm| (rank(rule), rule.store.clone(), rule.currency.clone(), rule.from.clone());
        key(one).cmp(&key(other))
    });
    rules
}

fn columns(t: &Words, place: Place) -> Vec<Column> {
    let mut columns = vec![Column::text(t.rule_scope())];
    match place {
        Place::PaymentAccounts => {
            columns.push(Column::text(t.bank_account()));
            columns.push(Column::text(t.contra_account()));
        }
        _ => columns.push(Column::text(t.contra_account())),
    }
    if place != Place::PaymentAccounts {
        columns.push(Column::text(t.tax_key()));
        columns.push(Column::text(t.store()));
    }
    if place == Place::ExpenseAccounts {
        columns.push(Column::text(t.cost_centre()));
    }
    columns.push(Column::text(t.currency()));
    columns.push(Column::text(t.valid_column()));
    columns.push(Column::acts());
    columns
}

/// The rules as a list, for the page and for files.
pub(crate) fn table(frame: &Frame, place: Place, view: &SettingsView, assigns: bool) -> Table {
    let t = &frame.t;
    let configuration = view.configuration();
    let rules = ordered(&view.settings.document, place);
    let provider =
        view.settings.document.accounts.iter().find(|rule| rule.scope.as_deref() == Some("provider"));
    let provider = provider.and_then(|rule| rule.account.clone());
    let mut rows: Vec<Vec<Cell>> = rules
        .iter()
        .map(|(index, rule)| {
            let scope = rule.scope.as_deref().unwrap_or_default();
            // What the chart calls a bank is Amazon Pay here, and its label goes with every batch.
            let named = configuration.filter(|_| scope != "provider");
            let account = account_cell(named, rule.account.as_deref().unwrap_or_default());
            let mut cells = vec![Cell::Strong(t.scope(scope).to_owned())];
            if place == Place::PaymentAccounts {
                let of_books = || Cell::Quiet(provider.clone().unwrap_or_default());
                if scope == "provider" {
                    cells.extend([account, Cell::Empty]);
                } else {
                    cells.extend([of_books(), account]);
                }
            } else {
                cells.push(account);
            }
            cells.extend(details(t, place, rule));
            cells.push(Cell::Text(valid(t, rule, &rules)));
            cells.push(if assigns {
                Cell::Link(Action::new(t.rule_edit(), frame.below(place, &format!("/rule?row={index}"))))
            } else {
                Cell::Empty
            });
            cells
        })
        .collect();
    if let Some(configuration) = configuration {
        rows.extend(proposed(frame, place, view, configuration, assigns));
    }
    Table::new(t, t.place(place), columns(t, place)).rows(rows)
}

fn details(t: &Words, place: Place, rule: &AccountForm) -> Vec<Cell> {
    let text = |value: &Option<String>| value.clone().map_or(Cell::Empty, Cell::Text);
    let all = || Cell::Quiet(t.store_all().to_owned());
    let store = rule.store.clone().map_or_else(all, Cell::Text);
    let currency = rule.currency.clone().map_or_else(all, Cell::Text);
    match place {
        Place::PaymentAccounts => vec![currency],
        Place::ExpenseAccounts => vec![text(&rule.key), store, text(&rule.cost_centre), currency],
        _ => vec![text(&rule.key), store, currency],
    }
}

fn account_cell(configuration: Option<&Configuration>, account: &str) -> Cell {
    match configuration.and_then(|configuration| name_of(&configuration.rules, account)) {
        Some(name) => Cell::Noted(account.to_owned(), name.to_owned()),
        None => Cell::Text(account.to_owned()),
    }
}

/// What the chart proposes where the client has no rule of his own.
fn proposed(
    frame: &Frame,
    place: Place,
    view: &SettingsView,
    configuration: &Configuration,
    assigns: bool,
) -> Vec<Vec<Cell>> {
    let t = &frame.t;
    let client = configuration.rules.client();
    if client.chart == Chart::Own {
        return Vec::new();
    }
    let covered = |purpose: Purpose| {
        view.settings.document.accounts.iter().any(|rule| {
            let scope = rule.scope.as_deref().and_then(RuleScope::parse);
            scope.is_some_and(|scope| scope.covers(purpose)) && rule.store.is_none() && rule.from.is_none()
        })
    };
    let open = Purpose::ALL
        .into_iter()
        .filter(|purpose| scopes(place).contains(&purpose.name()) && !covered(*purpose));
    open.filter_map(|purpose| {
        let account =
            client.chart.proposal(purpose, client.booking_mode, client.taxation, client.account_length)?;
        let mut cells = vec![Cell::Quiet(t.scope(purpose.name()).to_owned())];
        if place == Place::PaymentAccounts {
            cells.push(Cell::Empty);
        }
        cells.push(account_cell(Some(configuration), &account.to_string()));
        cells.extend(details(t, place, &AccountForm::default()));
        cells.push(Cell::Quiet(t.proposal_of(client.chart.name())));
        let href = frame.below(place, &format!("/rule?for={}&account={account}", purpose.name()));
        cells.push(if assigns { Cell::Link(Action::new(t.rule_set(), href)) } else { Cell::Empty });
        Some(cells)
    })
    .collect()
}

/// Since when and until when a rule holds; the next one of the same kind ends it.
fn valid(t: &Words, rule: &AccountForm, all: &[(usize, &AccountForm)]) -> String {
    let day = |rule: &AccountForm| rule.from.as_ref().and_then(|from| from.parse::<Date>().ok());
    let from = day(rule);
    let next = all.iter().filter(|(_, other)| is_alike(rule, other)).filter_map(|(_, other)| day(other));
    let next = next.filter(|next| from.is_none_or(|from| *next > from)).min();
    let until = next.and_then(|next| next.yesterday().ok());
    match (from, until) {
        (None, None) => t.valid_always().to_owned(),
        (Some(from), None) => t.valid_since(t.date(from)),
        (None, Some(until)) => t.valid_until(t.date(until)),
        (Some(from), Some(until)) => t.valid_between(t.date(from), t.date(until)),
    }
}

/// Do two rules follow each other: for the same, in the same shop and currency?
pub(crate) fn is_alike(one: &AccountForm, other: &AccountForm) -> bool {
    one.scope == other.scope && one.store == other.store && one.currency == other.currency
}

/// The form of one rule; `index` is its place among all, none for a new one that is not among them yet.
pub fn rule_page(
    frame: &Frame,
    place: Place,
    view: &SettingsView,
    (index, rule): (Option<usize>, &AccountForm),
    row: Option<usize>,
) -> Sheet {
    let t = frame.t.clone();
    let scope = rule.scope.clone().unwrap_or_default();
    let title = match row {
        Some(_) => t.scope(&scope).to_owned(),
        None => t.rule_new().to_owned(),
    };
    let here = frame.below(place, "/rule");
    let list = frame.at(place);
    let elsewhere = view.elsewhere(&t, |at| at.section == "account" && at.index == index && at.key.is_some());
    let sheet = Sheet::new(frame.clone(), title.clone(), "").under(t.place(place), list.clone());
    let mut sheet = view.messages(sheet, elsewhere);
    let fields = Fields { t: &t, view, section: "account", index };
    let mut entries = vec![view.based_on()];
    entries.extend(row.map(|row| Entry::Hidden("row", row.to_string())));
    entries.extend(of_account(&fields, place, rule));
    entries.push(Entry::Heading(t.validity().to_owned()));
    entries
        .push(Entry::from(fields.day("from", t.valid_from(), rule.from.as_ref()).hint(t.valid_from_hint())));
    entries.push(Entry::Heading(t.only_for().to_owned()));
    entries.push(Entry::Fields(vec![
        fields.text("store", t.store(), rule.store.as_ref()).hint(t.store_hint()),
        fields.text("currency", t.currency(), rule.currency.as_ref()).hint(t.currency_hint()).class("short"),
    ]));
    let form = Form::new(here.clone(), t.settings_save(), entries).cancel(Action::new(t.cancel(), list));
    sheet = sheet.card(Section::new(t.rule_account(), vec![Part::Form(Box::new(form))]));
    let all = ordered(&view.settings.document, place);
    let alike: Vec<_> = all.iter().filter(|(_, other)| is_alike(rule, other)).collect();
    if row.is_some() && alike.len() > 1 {
        let columns =
            vec![Column::text(t.valid_column()), Column::text(t.account_number()), Column::text(t.tax_key())];
        let rows = alike.iter().map(|(_, other)| {
            let account = account_cell(view.configuration(), other.account.as_deref().unwrap_or_default());
            let key = other.key.clone().map_or(Cell::Empty, Cell::Text);
            vec![Cell::Strong(valid(&t, other, &all)), account, key]
        });
        let table = Table::new(&t, t.rule_history(), columns).rows(rows);
        sheet = sheet.card(Section::new(t.rule_history(), vec![Part::Table(table)]));
    }
    match row {
        Some(row) => sheet.card(removal(&t, &here, row, view, &title)),
        None => sheet,
    }
}

fn removal(t: &Words, here: &str, row: usize, view: &SettingsView, title: &str) -> Section {
    let address = format!("{here}/remove?row={row}&based-on={}", view.settings.version);
    let confirm = Confirm::new(t, "remove", address, removal_texts(t, title)).dangerous();
    Section::new(t.rule_remove(), vec![Part::Confirms(vec![confirm])])
}

/// Button, question and consequence of removing a line.
pub(crate) fn removal_texts(t: &Words, what: &str) -> [String; 3] {
    [t.rule_remove().to_owned(), t.rule_remove_question(what), t.rule_remove_text().to_owned()]
}

fn of_account(fields: &Fields<'_>, place: Place, rule: &AccountForm) -> Vec<Entry> {
    let t = fields.t;
    let choices: Vec<(&str, &str)> = scopes(place).iter().map(|scope| (*scope, t.scope(scope))).collect();
    let account = |label: &str| fields.digits("account", label, rule.account.as_ref());
    let account: Field = match (place, rule.scope.as_deref()) {
        (Place::PaymentAccounts, Some("provider") | None) => {
            account(t.bank_account()).hint(t.bank_account_hint())
        }
        (Place::PaymentAccounts, Some("reserve")) => {
            account(t.contra_account()).hint(t.account_or_none_hint())
        }
        _ => account(t.contra_account()),
    };
    let mut entries = vec![
        Entry::from(fields.list(
            "for",
            t.rule_scope(),
            &choices,
            rule.scope.as_ref().or(choices.first().map(|(scope, _)| (*scope).to_owned()).as_ref()),
        )),
        Entry::from(account.required()),
    ];
    if place == Place::PaymentAccounts {
        return entries;
    }
    entries.push(Entry::Heading(t.tax_details().to_owned()));
    entries.push(Entry::Fields(vec![
        fields.digits("key", t.tax_key(), rule.key.as_ref()).hint(t.tax_key_hint()),
        fields.digits("fact", t.fact_code(), rule.fact.as_ref()).hint(t.fact_code_hint()),
        fields.text("cost-centre", t.cost_centre(), rule.cost_centre.as_ref()),
    ]));
    entries.push(Entry::Fields(vec![
        fields.text("vat-id", t.eu_vat_id(), rule.vat_id.as_ref()),
        fields.text("eu-rate", t.eu_rate(), rule.eu_rate.as_ref()),
        fields
            .text("document", t.document_template(), rule.document.as_ref())
            .hint(t.document_template_hint()),
    ]));
    entries
}
