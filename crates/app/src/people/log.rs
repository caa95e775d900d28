//! The journal of a client, for whoever sees the client.

use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan as _};
use store::id::ClientId;
use store::journal::{self, Line};

use crate::access::{Actor, Permission};
use crate::context::App;
use crate::refusal::AppError;

/// Lines before a number (none: from the end), the newest first, at most `most`. An auditor sees what was done on the
/// days of his period.
pub async fn list(
    app: &App,
    actor: &Actor,
    client: &ClientId,
    before: Option<u64>,
    most: u32,
) -> Result<Vec<Line>, AppError> {
    actor.may(Permission::See, client)?;
    let mut transaction = app.database.read().await?;
    let Some((from, until)) = actor.period() else {
        return Ok(journal::of_client(&mut transaction, client, before, most).await?);
    };
    let between = (midnight(from), midnight(until.checked_add(1.day()).unwrap_or(until)));
    Ok(journal::of_client_between(&mut transaction, client, before, between, most).await?)
}

fn midnight(day: Date) -> Timestamp {
    let zone = TimeZone::get("Europe/Berlin").unwrap_or(TimeZone::UTC);
    day.to_zoned(zone).map_or(Timestamp::MIN, |midnight| midnight.timestamp())
}
