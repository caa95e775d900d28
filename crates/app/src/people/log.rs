//! The journal of a client, for whoever sees the client.

use store::id::ClientId;
use store::journal::{self, Line};

use crate::access::{Actor, Permission};
use crate::context::App;
use crate::refusal::AppError;
use crate::zone;

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
    let period = zone::period(app, actor, client).await?;
    let mut transaction = app.database.read().await?;
    Ok(match period {
        None => journal::of_client(&mut transaction, client, before, most).await?,
        Some(between) => journal::of_client_between(&mut transaction, client, before, between, most).await?,
    })
}
