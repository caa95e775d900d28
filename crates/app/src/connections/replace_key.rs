//! Gives a connection another key: one ran out, was revoked, or somebody saw it.

use store::connections;
use store::id::{ClientId, ConnectionId, JobId};
use store::transact;

use super::check::check;
use super::form::KeyForm;
use super::{find, key, next_run};
use crate::access::{Actor, Permission};
use crate::jobs::enqueue_fetch;
use crate::notices::{self, NoticeKind};
use crate::refusal::AppError;
use crate::{App, zone};

/// Checks the new key as when the connection was made, seals it in place of the other, and fetches. Gives the job.
pub async fn replace_key(
    app: &App,
    actor: &Actor,
    client: &ClientId,
    id: &ConnectionId,
    form: &KeyForm,
) -> Result<JobId, AppError> {
    actor.may(Permission::Connect, client)?;
    let mut connection = find(app, actor, client, id).await?;
    let entered = form.read()?;
    let key_sealed = key::seal(app, client, id, &entered.key)?;
    let key_id = entered.id.as_str().to_owned();
    let region = check(app, entered, &connection.seller_id, connection.endpoint.as_deref()).await?;
    let now = app.now();
    let next = next_run(id, &zone::of_client(app, client).await?, now);
    connection.public_key_id.clone_from(&key_id);
    transact!(app.database, transaction => {
        connections::replace_key(transaction, id, &key_id, region.name(), &key_sealed, next).await?;
        for kind in [NoticeKind::KeyRefused, NoticeKind::ConnectionStopped] {
            notices::settle(transaction, client, kind, id.as_str(), now).await?;
        }
        app.journal(transaction, actor, Some(client), "connection.key-replaced", id.as_str(), "").await?;
        enqueue_fetch(app, transaction, actor, &connection, now).await
    })
}
