//! Movements as people look for them: by month, kind, shop, connection, number and amount; one with where it comes from.

use jiff::civil::Date;
use ledger::calendar::Month;
use ledger::kind::MovementKind;
use ledger::money::Currency;
use store::documents::Document;
use store::id::{ClientId, ConnectionId};
use store::settlements::{self, MonthSum};
use store::{documents, movements};

use super::client_of;
use crate::access::{Actor, Permission};
use crate::context::App;
use crate::refusal::{AppError, Refusal};
use crate::zone;

pub use store::movements::{Identifier, Movement, Page, Position, Walk};

/// The greatest number of movements of one page.
pub const PAGE_MAX: u32 = 500;

/// How many neighbours of the same order are shown.
const NEIGHBOURS_MAX: u32 = 200;

/// Which movements are wanted; what is left open matches all.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Query {
    /// Booked in this month.
    pub month: Option<Month>,
    /// Of a kind.
    pub kind: Option<MovementKind>,
    /// Of a shop.
    pub store: Option<String>,
    /// Of a currency.
    pub currency: Option<Currency>,
    /// Of a connection.
    pub connection: Option<ConnectionId>,
    /// Of a settlement, by its number here.
    pub settlement: Option<i64>,
}

/// A page of movements of a client, after a position (none: from the beginning).
pub async fn list(
    app: &App,
    actor: &Actor,
    client: &ClientId,
    walk: &Walk,
    query: &Query,
    after: Option<&Position>,
    most: u32,
) -> Result<Page, AppError> {
    actor.may(Permission::See, client)?;
    let range = match query.month {
        None => None,
        Some(month) => {
            let zone = zone::of_client(app, client).await?;
            Some((month.previous().map(|before| before.end_in(&zone)), month.end_in(&zone)))
        }
    };
    let mut transaction = app.database.read().await?;
    let number = client_of(&mut transaction, client).await?.number;
    let filter = movements::Filter {
        from: range.and_then(|(from, _)| from),
        until: range.map(|(_, until)| until),
        kind: query.kind.map(|kind| kind.name().to_owned()),
        store: query.store.clone(),
        currency: query.currency.map(|currency| currency.code().to_owned()),
        connection: query.connection.clone(),
        settlement: query.settlement,
    };
    let most = most.clamp(1, PAGE_MAX);
    Ok(movements::page(&mut transaction, number, walk, &filter, after, most).await?)
}

/// A movement with where it comes from.
#[derive(Clone, Debug)]
pub struct Shown {
    /// The movement; its line is the line of the document.
    pub movement: Movement,
    /// The document in which it stands.
    pub document: Document,
    /// The movements of the same order, itself included.
    pub same_order: Vec<Movement>,
}

/// A movement of a client, by its settlement and line.
pub async fn show(
    app: &App,
    actor: &Actor,
    client: &ClientId,
    settlement: i64,
    line: u64,
) -> Result<Shown, AppError> {
    actor.may(Permission::See, client)?;
    let mut transaction = app.database.read().await?;
    let number = client_of(&mut transaction, client).await?.number;
    let movement = movements::one(&mut transaction, number, settlement, line).await?;
    let movement = movement.ok_or_else(Refusal::not_found)?;
    let document = documents::find(&mut transaction, client, &movement.document).await?;
    let document = document.ok_or_else(Refusal::not_found)?;
    let same_order =
        movements::same_order(&mut transaction, number, &movement.order_reference, NEIGHBOURS_MAX).await?;
    Ok(Shown { movement, document, same_order })
}

/// Sums of a client by month, kind and currency, of the days from one to another, both included.
pub async fn month_sums(
    app: &App,
    actor: &Actor,
    client: &ClientId,
    days: (Date, Date),
    connection: Option<&ConnectionId>,
    store: Option<&str>,
) -> Result<Vec<MonthSum>, AppError> {
    actor.may(Permission::See, client)?;
    let mut transaction = app.database.read().await?;
    let number = client_of(&mut transaction, client).await?.number;
    Ok(settlements::month_sums(&mut transaction, number, days, connection, store).await?)
}
