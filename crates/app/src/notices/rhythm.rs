//! How often a user is told of what, and what is open at present.

use store::id::ClientId;
use store::notices::{self, Notice, Rhythm};
use store::transact;

use super::NoticeKind;
use crate::App;
use crate::access::{Actor, Permission};
use crate::refusal::{AppError, Refusal, RefusalKind};

/// The notices of a client that are open, the newest first.
pub async fn open(app: &App, actor: &Actor, client: &ClientId) -> Result<Vec<Notice>, AppError> {
    actor.may(Permission::See, client)?;
    Ok(notices::open_of_client(&mut app.database.read().await?, client).await?)
}

/// How often the user who asks is told of each kind of notice of a client, by mail.
pub async fn rhythms(
    app: &App,
    actor: &Actor,
    client: &ClientId,
) -> Result<Vec<(NoticeKind, Rhythm)>, AppError> {
    actor.may(Permission::See, client)?;
    let Actor::User { id, .. } = actor else { return Err(users_only()) };
    let (all, chosen) = notices::rhythms(&mut app.database.read().await?, client, id).await?;
    let usual = actor.role(client).map_or(Rhythm::Never, |role| notices::usual(role.name()));
    let rhythm = |kind: NoticeKind| {
        let own = chosen.iter().find(|(name, _)| name == kind.name()).map(|(_, rhythm)| *rhythm);
        (kind, own.or(all).unwrap_or(usual))
    };
    Ok(NoticeKind::ALL.into_iter().map(rhythm).collect())
}

/// Sets how often the user who asks is told of kinds of notices of a client.
pub async fn set_rhythms(
    app: &App,
    actor: &Actor,
    client: &ClientId,
    rhythms: &[(NoticeKind, Rhythm)],
) -> Result<(), AppError> {
    actor.may(Permission::See, client)?;
    let Actor::User { id, .. } = actor else { return Err(users_only()) };
    transact!(app.database, transaction => {
        for (kind, rhythm) in rhythms {
            notices::set_rhythm(transaction, client, id, kind.name(), *rhythm).await?;
        }
        Ok(())
    })
}

fn users_only() -> AppError {
    Refusal::new(
        RefusalKind::Invalid,
        "users-only",
        "Benachrichtigungen gehen an Benutzer.",
        "Notices go to users.",
    )
    .into()
}
