//! Goes on with a connection that was paused.

use store::connections::{self, ConnectionState};
use store::id::{ClientId, ConnectionId, JobId};
use store::transact;

use super::{find, next_run};
use crate::access::{Actor, Permission};
use crate::jobs::enqueue_fetch;
use crate::refusal::AppError;
use crate::{App, zone};

/// Makes a connection active again and fetches what came meanwhile. Gives the job.
pub async fn resume(
    app: &App,
    actor: &Actor,
    client: &ClientId,
    id: &ConnectionId,
) -> Result<JobId, AppError> {
    actor.may(Permission::Connect, client)?;
    let connection = find(app, actor, client, id).await?;
    let now = app.now();
    let next = next_run(id, &zone::of_client(app, client).await?, now);
    transact!(app.database, transaction => {
        connections::set_state(transaction, id, ConnectionState::Active, next).await?;
        app.journal(transaction, actor, Some(client), "connection.resumed", id.as_str(), "").await?;
        enqueue_fetch(app, transaction, actor, &connection, now).await
    })
}
