//! How often a user is told, and what is open at present.

use store::id::ClientId;
use store::notices::{self, Notice, Rhythm};
use store::transact;

use crate::App;
use crate::access::{Actor, Permission};
use crate::refusal::{AppError, Refusal, RefusalKind};

/// The notices of a client that are open, the newest first.
pub async fn open(app: &App, actor: &Actor, client: &ClientId) -> Result<Vec<Notice>, AppError> {
    actor.may(Permission::See, client)?;
    Ok(notices::open_of_client(&mut app.database.read().await?, client).await?)
}

/// How often the user who asks is told about a client; none where he did not choose.
pub async fn rhythm(app: &App, actor: &Actor, client: &ClientId) -> Result<Option<Rhythm>, AppError> {
    actor.may(Permission::See, client)?;
    let Actor::User { id, .. } = actor else { return Ok(None) };
    Ok(notices::rhythm(&mut app.database.read().await?, client, id).await?)
}

/// Sets how often the user who asks is told about a client.
pub async fn set_rhythm(app: &App, actor: &Actor, client: &ClientId, rhythm: Rhythm) -> Result<(), AppError> {
    actor.may(Permission::See, client)?;
    let Actor::User { id, .. } = actor else {
        return Err(Refusal::new(
            RefusalKind::Invalid,
            "users-only",
            "Benachrichtigungen gehen an Benutzer.",
            "Notices go to users.",
        )
        .into());
    };
    transact!(app.database, transaction =>
        Ok(notices::set_rhythm(transaction, client, id, rhythm).await?))
}
