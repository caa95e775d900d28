//! Pauses a connection: nothing is fetched until somebody goes on.

use store::connections::{self, ConnectionState};
use store::id::{ClientId, ConnectionId};
use store::{jobs, transact};

use super::find;
use crate::App;
use crate::access::{Actor, Permission};
use crate::jobs::FETCH;
use crate::refusal::AppError;

/// Pauses a connection and ends its fetch, where one is under way.
pub async fn pause(app: &App, actor: &Actor, client: &ClientId, id: &ConnectionId) -> Result<(), AppError> {
    actor.may(Permission::Connect, client)?;
    let connection = find(app, actor, client, id).await?;
    let now = app.now();
    transact!(app.database, transaction => {
        connections::set_state(transaction, id, ConnectionState::Paused, connection.next_run_at).await?;
        if let Some(job) = jobs::open_of(transaction, FETCH, id.as_str()).await? {
            jobs::cancel(transaction, &job.id, now).await?;
        }
        app.journal(transaction, actor, Some(client), "connection.paused", id.as_str(), "").await
    })
}
