//! Single entries as they will leave, a page at a time, each with the movement that it comes from.

use std::collections::BTreeMap;

use jiff::civil::Date;
use ledger::entry::Entry;
use ledger::kind::MovementKind;
use ledger::money::Currency;
use ledger::rules::Rules;
use providers::amazon_pay::{SettlementSums, payers};
use serde::Serialize;
use store::Database;
use store::id::ClientId;
use store::movements::{self, Filter, Movement, Position, Walk};
use store::{Transaction, settlements};

use super::refused;
use super::stored::Before;
use crate::access::{Actor, Permission};
use crate::context::App;
use crate::convert::{Booker, HandedOut};
use crate::documents::parts;
use crate::refusal::{AppError, Refusal};
use crate::settings::stored;

/// How many settlements are asked for at once.
const PAGE: u32 = 500;

/// An entry as the batch will have it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct EntryView {
    /// Belegdatum.
    pub date: Date,
    /// `S` or `H`.
    pub side: char,
    /// Umsatz in minor units.
    pub amount: i64,
    /// The currency.
    pub currency: Currency,
    /// Konto.
    pub account: String,
    /// Gegenkonto.
    pub contra_account: String,
    /// BU-Schlüssel.
    pub key: Option<u16>,
    /// Belegfeld 1.
    pub document_number: String,
    /// Buchungstext.
    pub text: String,
    /// Auftragsnummer.
    pub order_number: String,
    /// Abrechnungsreferenz.
    pub settlement: String,
    /// What it books, by its name.
    pub kind: &'static str,
}

/// A movement with the entries that it makes.
#[derive(Clone, Debug)]
pub struct Row {
    /// The movement.
    pub movement: Movement,
    /// Its entries; none where it makes none, and `not_booked` says why.
    pub entries: Vec<EntryView>,
    /// Why money of it made no entry: `reserve`, `carry-over`, `zero`, `before-start`.
    pub not_booked: Option<&'static str>,
    /// What a person should look at: `unknown-kind`, `unusual-sign` …
    pub remarks: Vec<&'static str>,
    /// Why it cannot be booked, in words; a month with such a row cannot be exported.
    pub refused: Option<Box<Refusal>>,
}

/// A page of movements with their entries.
#[derive(Clone, Debug)]
pub struct Entries {
    /// The rows.
    pub rows: Vec<Row>,
    /// Where it goes on.
    pub next: Option<Position>,
}

/// Movements of a client with the entries that they make, after a position, at most `most`.
pub async fn entries(
    app: &App,
    actor: &Actor,
    client: &ClientId,
    walk: &Walk,
    filter: &Filter,
    after: Option<&Position>,
    most: u32,
) -> Result<Entries, AppError> {
    of_kinds(app, actor, client, (walk, filter, &[]), after, most).await
}

/// The same of several kinds at once, by the time at which they were posted; no kind is all of them. Each kind is asked
/// for itself, so that rare ones are found at once among a million others.
pub async fn of_kinds(
    app: &App,
    actor: &Actor,
    client: &ClientId,
    (walk, filter, kinds): (&Walk, &Filter, &[MovementKind]),
    after: Option<&Position>,
    most: u32,
) -> Result<Entries, AppError> {
    actor.may(Permission::See, client)?;
    let mut transaction = app.database.read().await?;
    let number = store::client::find(&mut transaction, client).await?.ok_or_else(Refusal::not_found)?.number;
    let page = match kinds {
        [] => movements::page(&mut transaction, number, walk, filter, after, most).await?,
        kinds => merged(&mut transaction, number, (walk, filter, kinds), after, most).await?,
    };
    let rows = booked(app, transaction, client, number, page.rows).await?;
    Ok(Entries { rows, next: page.next })
}

/// One movement with its entries, by its settlement and line.
pub async fn of_movement(
    app: &App,
    actor: &Actor,
    client: &ClientId,
    (settlement, line): (i64, u64),
) -> Result<Row, AppError> {
    actor.may(Permission::See, client)?;
    let mut transaction = app.database.read().await?;
    let number = store::client::find(&mut transaction, client).await?.ok_or_else(Refusal::not_found)?.number;
    let movement = movements::one(&mut transaction, number, settlement, line).await?;
    let movement = movement.ok_or_else(Refusal::not_found)?;
    let rows = booked(app, transaction, client, number, vec![movement]).await?;
    rows.into_iter().next().ok_or_else(|| Refusal::not_found().into())
}

/// The pages of several kinds as one, in the order of the walk.
async fn merged(
    transaction: &mut Transaction,
    client: i64,
    (walk, filter, kinds): (&Walk, &Filter, &[MovementKind]),
    after: Option<&Position>,
    most: u32,
) -> Result<movements::Page, AppError> {
    let mut rows = Vec::new();
    let mut is_more = false;
    for kind in kinds {
        let filter = Filter { kind: Some(kind.name().to_owned()), ..filter.clone() };
        let page = movements::page(transaction, client, walk, &filter, after, most).await?;
        is_more |= page.next.is_some();
        rows.extend(page.rows);
    }
    let key = |row: &Movement| (row.posted_at, row.settlement, row.line);
    rows.sort_by_key(key);
    if *walk != Walk::Oldest {
        rows.reverse();
    }
    let most = usize::try_from(most).unwrap_or(usize::MAX);
    is_more |= rows.len() > most;
    rows.truncate(most);
    let next = rows.last().filter(|_| is_more).map(Position::of);
    Ok(movements::Page { rows, next })
}

/// Books rows as the batch would.
async fn booked(
    app: &App,
    mut transaction: Transaction,
    client: &ClientId,
    number: i64,
    rows: Vec<Movement>,
) -> Result<Vec<Row>, AppError> {
    let (_, configuration) = stored::engine(&mut transaction, client).await?;
    let paid = paid(&mut transaction, number, &rows).await?;
    let mut handed_out = HandedOut::default();
    if configuration.rules.client().closed_until.is_some() {
        for (settlement, month) in store::batches::handed_out(&mut transaction, client).await? {
            handed_out.note(&settlement, month);
        }
    }
    drop(transaction);
    let database = app.database.clone();
    let booking = move || {
        let shown =
            Shown { rules: &configuration.rules, handed_out, database: &database, client: number, paid };
        rows.into_iter().map(|movement| shown.row(movement)).collect::<Result<Vec<_>, _>>()
    };
    tokio::task::spawn_blocking(booking).await.map_err(AppError::failed("booking a page"))?
}

type Paid = BTreeMap<(String, u64), String>;

/// Which settlement each payout on the page pays; nothing is asked where there is none.
async fn paid(transaction: &mut Transaction, client: i64, rows: &[Movement]) -> Result<Paid, AppError> {
    let payout = |row: &Movement| row.kind == MovementKind::Payout.name();
    let mut paid = Paid::new();
    if !rows.iter().any(payout) {
        return Ok(paid);
    }
    let there = settlements_of(transaction, client).await?;
    let mut sellers: Vec<&str> = there.iter().map(|(seller, _)| seller.as_str()).collect();
    sellers.sort_unstable();
    sellers.dedup();
    for seller in sellers {
        let own = there.iter().filter(|(of, _)| of == seller).map(|(_, sums)| sums);
        paid.extend(payers(own).map_err(AppError::failed("going through the chain"))?);
    }
    Ok(paid)
}

async fn settlements_of(
    transaction: &mut Transaction,
    client: i64,
) -> Result<Vec<(String, SettlementSums)>, AppError> {
    let mut all = Vec::new();
    let mut after = None;
    loop {
        let page = settlements::of_client(transaction, client, None, None, after, PAGE).await?;
        let Some(last) = page.last() else { return Ok(all) };
        after = Some((last.imported.start, last.number));
        for settlement in page {
            let sums = serde_json::from_str(&settlement.imported.chain)
                .map_err(AppError::failed("reading the sums of a settlement"))?;
            all.push((settlement.imported.seller, sums));
        }
    }
}

struct Shown<'b> {
    rules: &'b Rules,
    handed_out: HandedOut,
    database: &'b Database,
    client: i64,
    paid: Paid,
}

impl Shown<'_> {
    fn row(&self, movement: Movement) -> Result<Row, AppError> {
        let mut entries = Vec::new();
        let mut take = |entry: &Entry<'_>| {
            entries.push(view(entry));
            Ok(())
        };
        let mut earlier = Before {
            database: self.database,
            client: self.client,
            zone: self.rules.client().zone.clone(),
            place: (movement.posted_at, movement.settlement, movement.line),
        };
        let period = ledger::calendar::DateRange::default();
        let mut clerk = Booker::new(self.rules, period, &self.handed_out, &mut earlier);
        let row = movement.row();
        let parts = parts(&row, &movement.settlement_identifier)?;
        let paid = self.paid.get(&(movement.settlement_identifier.clone(), movement.line));
        let booked = clerk.book(
            &movement.settlement_identifier,
            &parts.movement(),
            paid.map(String::as_str),
            &mut take,
        );
        drop(clerk);
        match booked {
            Ok(booked) => {
                let not_booked = booked.outcome.not_booked.map(|(reason, _)| reason.name());
                let mut remarks: Vec<&str> =
                    booked.outcome.remarks.iter().map(|remark| remark.name()).collect();
                if booked.ambiguous {
                    remarks.push("several-orders");
                }
                Ok(Row { movement, entries, not_booked, remarks, refused: None })
            }
            Err(error) => match refused(error) {
                AppError::Refused(refusal) => {
                    let (not_booked, remarks) = (None, Vec::new());
                    Ok(Row { movement, entries: Vec::new(), not_booked, remarks, refused: Some(refusal) })
                }
                error => Err(error),
            },
        }
    }
}

fn view(entry: &Entry<'_>) -> EntryView {
    let details = entry.details();
    EntryView {
        date: entry.date(),
        side: entry.side().letter(),
        amount: entry.amount().minor(),
        currency: entry.amount().currency(),
        account: entry.account().to_string(),
        contra_account: entry.contra_account().to_string(),
        key: entry.assignment().tax_key.map(ledger::tax_key::TaxKey::value),
        document_number: details.document_number.to_string(),
        text: details.text.to_owned(),
        order_number: details.order_reference.to_owned(),
        settlement: details.settlement.to_owned(),
        kind: entry.kind().name(),
    }
}
