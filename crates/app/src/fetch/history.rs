//! What was fetched when, as people see it.

use store::fetches::{self, Fetch, ProviderReport};
use store::id::{ClientId, ConnectionId};

use crate::App;
use crate::access::Actor;
use crate::connections::find;
use crate::refusal::AppError;

/// The fetches of a connection, the newest first, before one of them, at most so many.
pub async fn history(
    app: &App,
    actor: &Actor,
    client: &ClientId,
    connection: &ConnectionId,
    before: Option<&str>,
    most: u32,
) -> Result<Vec<Fetch>, AppError> {
    find(app, actor, client, connection).await?;
    Ok(fetches::of_connection(&mut app.database.read().await?, connection, before, most).await?)
}

/// The reports of a connection that are refused at present, each with its reason.
pub async fn refused_reports(
    app: &App,
    actor: &Actor,
    client: &ClientId,
    connection: &ConnectionId,
) -> Result<Vec<ProviderReport>, AppError> {
    find(app, actor, client, connection).await?;
    Ok(fetches::refused(&mut app.database.read().await?, connection).await?)
}
