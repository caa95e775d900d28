//! The entries as a list: what a batch would hold, with what makes none and why.

use app::books::entries::{EntryView, Row};
use ledger::money::{Currency, Money};
use ledger::rules::Rules;

use super::EntriesView;
use crate::address::{self, Place};
use crate::component::{Action, Badge, Cell, Column, Table, Tone};
use crate::page::Frame;

/// The place of the column for the key.
const KEY: usize = 5;

/// The rows of a page, or of a file.
pub fn table(frame: &Frame, view: &EntriesView, rules: &Rules) -> Table {
    let t = &frame.t;
    let mut columns = vec![
        Column::text(t.entry_date()),
        Column::text(t.entry_kind()),
        Column::text(t.document_number_column()),
        Column::text(t.sheet_account()),
        Column::text(t.contra_account()),
        Column::text(t.entry_key()),
        Column::number(t.entry_debit()),
        Column::number(t.entry_credit()),
        Column::text(t.text_column()),
        Column::acts(),
    ];
    let base = rules.client().base_currency;
    let mut rows: Vec<Vec<Cell>> = view.rows.iter().flat_map(|row| of_row(frame, view, base, row)).collect();
    // Most clients use no key; its column is shown where one is.
    if view.rows.iter().flat_map(|row| &row.entries).all(|entry| entry.key.is_none()) {
        columns.remove(KEY);
        for row in &mut rows {
            row.remove(KEY);
        }
    }
    Table::new(t, t.place_entries(), columns).rows(rows)
}

fn of_row(frame: &Frame, view: &EntriesView, base: Currency, row: &Row) -> Vec<Vec<Cell>> {
    let t = &frame.t;
    let account = &view.narrowed.account;
    let on_account = |entry: &&EntryView| {
        account.is_empty() || entry.account == *account || entry.contra_account == *account
    };
    let remarks: Vec<&str> = row.remarks.iter().map(|remark| t.remark(remark)).collect();
    let mut rows: Vec<Vec<Cell>> = row
        .entries
        .iter()
        .filter(on_account)
        .map(|entry| of_entry(frame, base, row, entry, &remarks.join(", ")))
        .collect();
    if account.is_empty() {
        if let Some(refused) = &row.refused {
            rows.push(without(
                frame,
                row,
                Badge::new(Tone::Bad, t.check_refused()),
                refused.text(t.language()),
            ));
        } else if let Some(reason) = row.not_booked {
            let badge = Badge::new(Tone::Quiet, t.not_booked_reason(reason));
            rows.push(without(frame, row, badge, ""));
        }
    }
    rows
}

fn of_entry(frame: &Frame, base: Currency, row: &Row, entry: &EntryView, remarks: &str) -> Vec<Cell> {
    let t = &frame.t;
    let money = Money::new(entry.amount, entry.currency);
    let amount = if entry.currency == base { Cell::Figure(money) } else { Cell::Money(money) };
    let (debit, credit) = if entry.side == 'S' { (amount, Cell::Empty) } else { (Cell::Empty, amount) };
    let kind = t.entry_of(entry.kind).to_owned();
    vec![
        Cell::Date(entry.date),
        if remarks.is_empty() { Cell::Text(kind) } else { Cell::Noted(kind, remarks.to_owned()) },
        Cell::Strong(entry.document_number.clone()),
        Cell::Text(entry.account.clone()),
        Cell::Text(entry.contra_account.clone()),
        entry.key.map_or(Cell::Empty, |key| Cell::Text(key.to_string())),
        debit,
        credit,
        Cell::Quiet(entry.text.clone()),
        source(frame, row),
    ]
}

/// A row that makes no entry.
fn without(frame: &Frame, row: &Row, badge: Badge, why: &str) -> Vec<Cell> {
    let t = &frame.t;
    let movement = &row.movement;
    let currency = Currency::parse(&movement.currency).unwrap_or(Currency::EUR);
    let money = Money::new(movement.gross, currency);
    let positive = Money::new(money.minor().saturating_abs(), currency);
    let amount = |wanted: bool| if wanted { Cell::Quiet(t.figure(positive)) } else { Cell::Empty };
    let number =
        first_of([&movement.seller_order, &movement.order_reference, &movement.settlement_identifier]);
    let kind = ledger::kind::MovementKind::parse(&movement.kind).map_or("", |kind| t.kind(kind));
    vec![
        Cell::Date(movement.posted_at.to_zoned(t.zone().clone()).date()),
        Cell::Text(kind.to_owned()),
        Cell::Quiet(number.to_owned()),
        Cell::Empty,
        Cell::Empty,
        Cell::Empty,
        amount(movement.gross >= 0),
        amount(movement.gross < 0),
        if why.is_empty() { Cell::Badge(badge) } else { Cell::Noted(badge.text, why.to_owned()) },
        source(frame, row),
    ]
}

fn first_of(numbers: [&String; 3]) -> &str {
    numbers.into_iter().find(|number| !number.is_empty()).map_or("", |number| number)
}

/// The line of the report that it comes from.
fn source(frame: &Frame, row: &Row) -> Cell {
    let movement = &row.movement;
    let place = format!("/{}{}", movement.document, address::row(movement.line));
    Cell::Link(Action::new(frame.t.entry_row(movement.line), frame.below(Place::Documents, &place)))
}
