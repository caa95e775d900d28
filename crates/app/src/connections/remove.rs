//! Removes a connection: its key is gone for good, what it fetched stays.

use store::connections;
use store::id::{ClientId, ConnectionId};
use store::{jobs, transact};

use super::find;
use crate::App;
use crate::access::{Actor, Permission};
use crate::jobs::FETCH;
use crate::notices;
use crate::refusal::AppError;

/// Removes a connection. The same merchant can be connected again afterwards.
pub async fn remove(app: &App, actor: &Actor, client: &ClientId, id: &ConnectionId) -> Result<(), AppError> {
    actor.may(Permission::Connect, client)?;
    find(app, actor, client, id).await?;
    let now = app.now();
    transact!(app.database, transaction => {
        connections::remove(transaction, id, now).await?;
        if let Some(job) = jobs::open_of(transaction, FETCH, id.as_str()).await? {
            jobs::cancel(transaction, &job.id, now).await?;
        }
        notices::settle_all_of(transaction, client, id.as_str(), now).await?;
        app.journal(transaction, actor, Some(client), "connection.removed", id.as_str(), "").await
    })
}
