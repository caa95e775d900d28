//! The zone of a client, in which its days and months begin.

use jiff::tz::TimeZone;
use store::id::ClientId;

use crate::App;
use crate::refusal::AppError;

/// Where nothing was chosen.
const USUAL: &str = "Europe/Berlin";

/// The zone of a client.
#[expect(clippy::unused_async, reason = "it will be read from the client's settings")]
pub async fn of_client(_app: &App, _client: &ClientId) -> Result<TimeZone, AppError> {
    TimeZone::get(USUAL).map_err(AppError::failed("the zone of the client is not known"))
}
