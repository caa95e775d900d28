//! The first page of a client: what came in month by month, how its connections are doing, what is to be done; and the
//! counts of open things that its menu shows.

use std::collections::BTreeMap;

use jiff::{SignedDuration, Timestamp, ToSpan as _};
use ledger::calendar::Month;
use ledger::kind::MovementKind;
use ledger::money::{Currency, Money};
use providers::amazon_pay::SettlementSums;
use store::id::ClientId;
use store::notices::Notice;
use store::settlements;

use crate::access::{Actor, Permission};
use crate::books::{self, Due};
use crate::connections::{self, Overview};
use crate::context::App;
use crate::documents::chain::{self, MerchantChain};
use crate::documents::client_of;
use crate::notices;
use crate::refusal::AppError;
use crate::zone;

pub use store::settlements::{ConnectionSum, MonthSum};

/// So many months are shown, the last one included.
pub const MONTHS: i64 = 12;
/// So far back the settlements stand in time: Amazon keeps its reports for 90 days.
const CHAIN: SignedDuration = SignedDuration::from_hours(24 * 180);

/// What the first page shows.
#[derive(Clone, Debug)]
pub struct Dashboard {
    /// The last month that holds anything, and the first one that is shown; none while there is nothing.
    pub months: Option<(Month, Month)>,
    /// The sums of these months by kind and currency.
    pub sums: Vec<MonthSum>,
    /// The payments of the last month by connection.
    pub payments: Vec<ConnectionSum>,
    /// What the last settlement of each merchant owes and has not paid yet, by currency.
    pub owed: Vec<Money>,
    /// The connections.
    pub connections: Vec<Overview>,
    /// The settlements of the last half year, a chain for each merchant.
    pub chains: Vec<MerchantChain>,
    /// What is open.
    pub notices: Vec<Notice>,
    /// Which months wait to be exported.
    pub due: Due,
}

impl Dashboard {
    /// Nothing is connected, and nothing was uploaded.
    pub fn is_empty(&self) -> bool {
        self.months.is_none() && self.connections.is_empty() && self.chains.is_empty()
    }
}

/// The first page of a client. An auditor sees the sums and settlements of his period, and nothing that is to be done.
pub async fn dashboard(app: &App, actor: &Actor, client: &ClientId) -> Result<Dashboard, AppError> {
    actor.may(Permission::See, client)?;
    let zone = zone::of_client(app, client).await?;
    let (sums, payments, months, due) = {
        let mut transaction = app.database.read().await?;
        let client = client_of(&mut transaction, client).await?;
        let held = settlements::last_day(&mut transaction, client.number).await?;
        let period = actor.period();
        let last = held.map(|day| period.map_or(day, |(_, until)| day.min(until)));
        let mut months = None;
        let (mut sums, mut payments) = (Vec::new(), Vec::new());
        if let Some(last) = last {
            let first = last.first_of_month().saturating_sub((MONTHS - 1).months());
            let first = period.map_or(first, |(from, _)| first.max(from));
            months = Some((Month::of(last), Month::of(first)));
            let days =
                (first, last.last_of_month().min(period.map_or(last.last_of_month(), |(_, until)| until)));
            sums = settlements::month_sums(&mut transaction, client.number, days, None, None).await?;
            let days = (last.first_of_month().max(days.0), days.1);
            let kind = MovementKind::Payment;
            payments = settlements::sums_by_connection(&mut transaction, client.number, days, kind).await?;
        }
        let due = match period {
            None => books::due(&mut transaction, &client, app.now()).await?,
            Some(_) => Due { confirmed: true, months: Vec::new() },
        };
        (sums, payments, months, due)
    };
    let newest = months.and_then(|(last, _)| last.first().to_zoned(zone).ok());
    let from = newest.map_or(Timestamp::MIN, |last| last.timestamp());
    let from = from.checked_sub(CHAIN).unwrap_or(Timestamp::MIN);
    let mut chains = chain::since(app, actor, client, None, from).await?;
    chains.retain(|chain| !chain.settlements.is_empty());
    let notices = match actor {
        Actor::Auditor { .. } => Vec::new(),
        _ => notices::open(app, actor, client).await?,
    };
    Ok(Dashboard {
        months,
        sums,
        payments,
        owed: owed(&chains)?,
        connections: connections::overviews(app, actor, client).await?,
        chains,
        notices,
        due,
    })
}

/// What the last settlement of each merchant owes: the report after it will pay it.
fn owed(chains: &[MerchantChain]) -> Result<Vec<Money>, AppError> {
    let mut all: BTreeMap<Currency, Money> = BTreeMap::new();
    for last in chains.iter().filter_map(|chain| chain.settlements.last()) {
        let sums: SettlementSums = serde_json::from_str(&last.imported.chain)
            .map_err(AppError::failed("reading the sums of a settlement"))?;
        for (currency, sums) in sums.currencies {
            let sum = all.entry(currency).or_insert(Money::zero(currency));
            *sum = sum
                .checked_add(Money::new(sums.payable(), currency))
                .map_err(AppError::failed("adding what is owed"))?;
        }
    }
    Ok(all.into_values().collect())
}

/// How much is open, for the menu.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct OpenCounts {
    /// Months that wait to be exported.
    pub months: u64,
    /// Connections that wait for a person.
    pub connections: u64,
}

/// Counts what is open.
pub async fn open_counts(app: &App, actor: &Actor, client: &ClientId) -> Result<OpenCounts, AppError> {
    actor.may(Permission::See, client)?;
    if actor.period().is_some() {
        return Ok(OpenCounts::default());
    }
    let mut transaction = app.database.read().await?;
    let client = client_of(&mut transaction, client).await?;
    let due = books::due(&mut transaction, &client, app.now()).await?;
    let connections = connections::troubled(&mut transaction, &client.id, app.now()).await?;
    Ok(OpenCounts { months: due.months.iter().map(|_| 1).sum(), connections })
}
