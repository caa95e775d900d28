//! Gives a connection another name.

use store::connections;
use store::id::{ClientId, ConnectionId};
use store::transact;

use super::{find, form};
use crate::App;
use crate::access::{Actor, Permission};
use crate::refusal::AppError;

/// Sets the name.
pub async fn rename(
    app: &App,
    actor: &Actor,
    client: &ClientId,
    id: &ConnectionId,
    label: &str,
) -> Result<(), AppError> {
    actor.may(Permission::Connect, client)?;
    find(app, actor, client, id).await?;
    let label = form::label(label)?;
    transact!(app.database, transaction => {
        connections::set_label(transaction, id, &label).await?;
        app.journal(transaction, actor, Some(client), "connection.renamed", id.as_str(), "").await
    })
}
