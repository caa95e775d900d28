//! The zone of a client, in which its days and months begin.

use jiff::tz::TimeZone;
use store::id::ClientId;

use crate::App;
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
        None => TimeZone::get(USUAL).map_err(AppError::failed("the zone of the client is not known")),
    }
}
