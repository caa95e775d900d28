//! «Jetzt abrufen».

use store::connections::ConnectionState;
use store::id::{ClientId, ConnectionId, JobId};
use store::transact;

use super::find;
use crate::App;
use crate::access::{Actor, Permission};
use crate::jobs::enqueue_fetch;
use crate::refusal::{AppError, Refusal, RefusalKind};

/// Puts a fetch before all others that a person does not wait for. Gives its job; where one waits or runs already, that one.
pub async fn fetch_now(
    app: &App,
    actor: &Actor,
    client: &ClientId,
    id: &ConnectionId,
) -> Result<JobId, AppError> {
    actor.may(Permission::Work, client)?;
    let connection = find(app, actor, client, id).await?;
    match connection.state {
        ConnectionState::Active => {}
        ConnectionState::Paused => {
            return Err(refused(
                "connection-paused",
                "Die Schnittstelle ist angehalten. Setzen Sie sie zuerst fort.",
                "The connection is paused. Resume it first.",
            ));
        }
        ConnectionState::Stopped => {
            return Err(refused(
                "connection-stopped",
                "Amazon Pay nimmt den Schlüssel dieser Schnittstelle nicht mehr an. Hinterlegen Sie zuerst einen neuen.",
                "Amazon Pay no longer takes the key of this connection. Give it a new one first.",
            ));
        }
    }
    let now = app.now();
    transact!(app.database, transaction => enqueue_fetch(app, transaction, actor, &connection, now).await)
}

fn refused(code: &'static str, german: &str, english: &str) -> AppError {
    Refusal::new(RefusalKind::Conflict, code, german, english).into()
}
