//! The months of a client for the Export-Dashboard: what is in them, how far they are covered, and what has left.

use jiff::civil::date;
use ledger::calendar::Month;
use ledger::kind::MovementKind;
use ledger::money::Currency;
use serde::Serialize;
use store::batches::{self, Batch, BatchState};
use store::id::{ClientId, ConnectionId};
use store::settlements::{self, MonthSum};

use super::coverage::{Coverage, coverage};
use super::lines::{fingerprint, lines};
use super::load::{Books, Days};
use crate::access::{Actor, Permission};
use crate::context::App;
use crate::refusal::{AppError, Refusal};

/// The first month there can be.
pub const FIRST: Month = Month::of_first(date(1, 1, 1));
/// The last month there can be.
pub const LAST: Month = Month::of_first(date(9999, 12, 1));
/// More batches than this no client has in a span of months.
pub(crate) const BATCHES_MAX: u32 = 10_000;

/// Where a month stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum MonthState {
    /// neu: nothing has left.
    New,
    /// exportiert.
    Exported,
    /// verarbeitet: the adviser has confirmed it.
    Processed,
    /// geändert seit Export.
    Changed,
    /// zurückgezogen, and not replaced yet.
    Withdrawn,
}

/// A month of a connection, or of all of them together.
#[derive(Clone, Debug)]
pub struct MonthOverview {
    /// The month.
    pub month: Month,
    /// The connection; none where the month leaves for all of them together.
    pub connection: Option<ConnectionId>,
    /// Where it stands.
    pub state: MonthState,
    /// Every batch that ever left, oldest first.
    pub batches: Vec<Batch>,
}

/// What a month holds and what became of it.
#[derive(Clone, Debug)]
pub struct MonthOfClient {
    /// The month.
    pub month: Month,
    /// How many rows.
    pub rows: u64,
    /// Sums by kind and currency.
    pub sums: Vec<KindTotal>,
    /// How far it is covered, by the merchant who is furthest behind.
    pub coverage: Coverage,
    /// Where it stands, for each scope in which it left; one line for all connections where nothing has left.
    pub overviews: Vec<MonthOverview>,
}

/// The rows of a kind in a month and currency, in minor units.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct KindTotal {
    /// What they are.
    pub kind: MovementKind,
    /// The currency.
    pub currency: Currency,
    /// How many rows.
    pub rows: u64,
    /// Sum of the gross amounts.
    pub gross: i64,
    /// Sum of the fees.
    pub fees: i64,
}

/// The months from one to another that hold anything, the newest first.
pub async fn months(
    app: &App,
    actor: &Actor,
    client: &ClientId,
    (first, last): (Month, Month),
) -> Result<Vec<MonthOfClient>, AppError> {
    actor.may(Permission::See, client)?;
    let mut transaction = app.database.read().await?;
    let batches = batches::of_months(&mut transaction, client, (first, last), BATCHES_MAX).await?;
    let books = Books::load(&mut transaction, client, None, Days::Of(first, last)).await?;
    let days = (first.first(), last.last());
    let sums = settlements::month_sums(&mut transaction, books.client.number, days, None, None).await?;
    drop(transaction);
    let mut months: Vec<Month> = sums.iter().map(|sum| sum.month).collect();
    months.extend(batches.iter().map(|batch| batch.begun.month));
    months.sort_unstable_by(|one, other| other.cmp(one));
    months.dedup();
    Ok(months.into_iter().map(|month| of_month(&books, month, &sums, &batches)).collect())
}

/// The months on whose days anything of a client lies, the oldest first.
pub async fn held(app: &App, actor: &Actor, client: &ClientId) -> Result<Vec<Month>, AppError> {
    actor.may(Permission::See, client)?;
    let mut transaction = app.database.read().await?;
    let found = store::client::find(&mut transaction, client).await?.ok_or_else(Refusal::not_found)?;
    Ok(settlements::months(&mut transaction, found.number).await?)
}

/// What a month holds by kind and currency, of one connection or all.
pub async fn sums(
    app: &App,
    actor: &Actor,
    client: &ClientId,
    month: Month,
    connection: Option<&ConnectionId>,
) -> Result<Vec<KindTotal>, AppError> {
    actor.may(Permission::See, client)?;
    let mut transaction = app.database.read().await?;
    let found = store::client::find(&mut transaction, client).await?.ok_or_else(Refusal::not_found)?;
    let days = (month.first(), month.last());
    let sums = settlements::month_sums(&mut transaction, found.number, days, connection, None).await?;
    Ok(sums.iter().map(total).collect())
}

fn total(sum: &MonthSum) -> KindTotal {
    KindTotal { kind: sum.kind, currency: sum.currency, rows: sum.rows, gross: sum.gross, fees: sum.fees }
}

fn of_month(books: &Books, month: Month, sums: &[MonthSum], batches: &[Batch]) -> MonthOfClient {
    let own = sums.iter().filter(|sum| sum.month == month);
    let sums: Vec<KindTotal> = own.map(total).collect();
    let batches: Vec<&Batch> = batches.iter().filter(|batch| batch.begun.month == month).collect();
    let mut scopes: Vec<Option<&ConnectionId>> =
        batches.iter().map(|batch| batch.begun.connection.as_ref()).collect();
    scopes.sort_unstable();
    scopes.dedup();
    if scopes.is_empty() {
        scopes.push(None);
    }
    let overview = |connection: Option<&ConnectionId>| {
        let own = batches.iter().filter(|batch| batch.begun.connection.as_ref() == connection);
        let batches: Vec<Batch> = own.map(|batch| (*batch).clone()).collect();
        let state = state(books, month, connection, &batches);
        MonthOverview { month, connection: connection.cloned(), state, batches }
    };
    MonthOfClient {
        month,
        rows: sums.iter().map(|sum| sum.rows).sum(),
        coverage: covered(books, month),
        overviews: scopes.into_iter().map(overview).collect(),
        sums,
    }
}

/// The merchant who is furthest behind decides.
fn covered(books: &Books, month: Month) -> Coverage {
    let zone = books.configuration.rules.client().zone.zone();
    let of_chain = |chain: &super::load::MerchantChain| {
        coverage(chain.settlements.iter().map(super::load::StoredSettlement::period), month, zone)
    };
    let all = books.chains.iter().map(of_chain);
    let nothing = Coverage { until: None, complete: false, gap: false };
    all.reduce(|one, other| Coverage {
        until: one.until.min(other.until),
        complete: one.complete && other.complete,
        gap: one.gap || other.gap,
    })
    .unwrap_or(nothing)
}

fn state(books: &Books, month: Month, connection: Option<&ConnectionId>, batches: &[Batch]) -> MonthState {
    let standing = || batches.iter().filter(|batch| batch.state != BatchState::Withdrawn);
    let Some(last) = standing().max_by_key(|batch| batch.begun.correction) else {
        return if batches.is_empty() { MonthState::New } else { MonthState::Withdrawn };
    };
    let scope = books.of_connection(connection);
    // A month that cannot be booked by today's settings is certainly not what left.
    let today = lines(&scope, &scope.configuration.rules, month).map(|lines| fingerprint(&lines));
    if today.ok().as_deref() != Some(last.content.fingerprint.as_str()) {
        return MonthState::Changed;
    }
    let processed = standing().all(|batch| batch.state == BatchState::Processed);
    if processed { MonthState::Processed } else { MonthState::Exported }
}
