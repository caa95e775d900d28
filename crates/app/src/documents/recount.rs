//! Counting again when the zone of a client changes: other rows fall on other days then.

use jiff::tz::TimeZone;
use ledger::calendar::BookingZone;
use ledger::sums::{DaySum, DaySums};
use providers::amazon_pay::{Period, SettlementSums};
use store::id::ClientId;
use store::settlements::{self, Settlement};
use store::{Database, movements, transact};

use super::client_of;
use super::stored_source::parts;
use crate::access::{Actor, Permission};
use crate::context::App;
use crate::refusal::AppError;

/// How many settlements are asked for at once.
const PAGE: u32 = 500;

/// Counts all settlements of a client again, because its zone has changed: other rows fall on other days. Gives how many
/// were counted.
pub async fn recount(app: &App, actor: &Actor, client: &ClientId, zone: &TimeZone) -> Result<u64, AppError> {
    actor.may(Permission::Assign, client)?;
    let name = zone.iana_name().unwrap_or("UTC");
    let number = client_of(&mut app.database.read().await?, client).await?.number;
    let mut after = None;
    let mut counted = 0;
    loop {
        let mut transaction = app.database.read().await?;
        let page = settlements::of_client(&mut transaction, number, None, None, after, PAGE).await?;
        drop(transaction);
        let Some(last) = page.last() else { break };
        after = Some((last.imported.start, last.number));
        for settlement in page.iter().filter(|settlement| settlement.imported.zone != name) {
            let (sums, chain) = count(app, settlement.clone(), zone.clone()).await?;
            transact!(app.database, transaction => {
                settlements::replace_sums(transaction, number, settlement.number, (name, &chain), &sums).await
            })?;
            counted += 1;
        }
    }
    transact!(app.database, transaction => {
        app.journal(transaction, actor, Some(client), "documents.recounted", name, "").await
    })?;
    Ok(counted)
}

async fn count(app: &App, settlement: Settlement, zone: TimeZone) -> Result<(Vec<DaySum>, String), AppError> {
    let database = app.database.clone();
    let counting = move || count_rows(&database, &settlement, zone);
    tokio::task::spawn_blocking(counting).await.map_err(AppError::failed("counting a settlement again"))?
}

fn count_rows(
    database: &Database,
    settlement: &Settlement,
    zone: TimeZone,
) -> Result<(Vec<DaySum>, String), AppError> {
    let mut zone = BookingZone::new(zone);
    let imported = &settlement.imported;
    let (identifier, start, end) = (imported.identifier.clone(), imported.start, imported.end);
    let mut chain = SettlementSums::new(Period { settlement: identifier, start, end });
    let mut sums = DaySums::new();
    movements::for_each(database, settlement.number, |row| {
        let movement = parts(row, &imported.identifier)?.movement();
        let day = zone.date(movement.instant);
        let large = AppError::failed("counting a settlement again");
        sums.count(&movement, day).and_then(|()| chain.count(&movement, day)).map_err(large)
    })?;
    let chain =
        serde_json::to_string(&chain).map_err(AppError::failed("writing the sums of a settlement"))?;
    Ok((sums.into_list(), chain))
}
