//! The zone of a client, in which its days and months begin.

use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan as _};
use store::id::ClientId;

use crate::App;
use crate::access::Actor;
use crate::configuration::Configuration;
use crate::refusal::AppError;

/// Where nothing was chosen.
const USUAL: &str = "Europe/Berlin";

/// The zone of a client, as its settings say.
pub async fn of_client(app: &App, client: &ClientId) -> Result<TimeZone, AppError> {
    let newest = store::settings::newest(&mut app.database.read().await?, client).await?;
    let configuration = newest.and_then(|version| Configuration::read(&version.content).ok());
    match configuration {
        Some(configuration) => Ok(configuration.rules.client().zone.zone().clone()),
        None => usual(),
    }
}

/// The zone where nothing was chosen.
pub fn usual() -> Result<TimeZone, AppError> {
    TimeZone::get(USUAL).map_err(AppError::failed("the zone of the client is not known"))
}

/// The instants that may be read, the end not included, where not all may: an auditor's period in the client's zone.
pub(crate) async fn period(
    app: &App,
    actor: &Actor,
    client: &ClientId,
) -> Result<Option<(Timestamp, Timestamp)>, AppError> {
    let Some((from, until)) = actor.period() else { return Ok(None) };
    let zone = of_client(app, client).await?;
    let midnight = |day: Date| day.to_zoned(zone.clone()).map_or(Timestamp::MIN, |zoned| zoned.timestamp());
    Ok(Some((midnight(from), midnight(until.checked_add(1.day()).unwrap_or(until)))))
}
