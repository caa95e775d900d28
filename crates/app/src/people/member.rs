//! Members of a client: who they are, their roles, and leaving.

use store::id::{ClientId, UserId};
use store::membership::{self, Member};
use store::{Transaction, transact, user};

use crate::access::{Actor, Permission, Role};
use crate::context::App;
use crate::refusal::{AppError, Refusal, RefusalKind};

const LISTED: u32 = 500;

/// The members of a client, by name. Whoever sees the client sees who else does.
pub async fn list(app: &App, actor: &Actor, client: &ClientId) -> Result<Vec<Member>, AppError> {
    actor.may(Permission::See, client)?;
    Ok(membership::of_client(&mut app.database.read().await?, client, LISTED).await?)
}

/// Gives a member another role. The last owner stays one.
pub async fn set_role(
    app: &App,
    actor: &Actor,
    client: &ClientId,
    user: &UserId,
    role: Role,
) -> Result<(), AppError> {
    actor.may(Permission::Manage, client)?;
    let now = app.now();
    transact!(app.database, transaction => {
        let (email, before) = member(transaction, client, user).await?;
        if before == role.name() {
            return Ok(());
        }
        keep_an_owner(transaction, client, &before).await?;
        membership::set(transaction, client, user, role.name(), now).await?;
        let subject = format!("{email} {before} → {}", role.name());
        app.journal(transaction, actor, Some(client), "user.role", &subject, "").await
    })
}

/// Takes a member away, or leaves. The last owner stays.
pub async fn remove(app: &App, actor: &Actor, client: &ClientId, user: &UserId) -> Result<(), AppError> {
    let oneself = matches!(actor, Actor::User { id, .. } if id == user);
    actor.may(if oneself { Permission::See } else { Permission::Manage }, client)?;
    transact!(app.database, transaction => {
        let (email, role) = member(transaction, client, user).await?;
        keep_an_owner(transaction, client, &role).await?;
        membership::remove(transaction, client, user).await?;
        let action = if oneself { "user.left" } else { "user.removed" };
        app.journal(transaction, actor, Some(client), action, &email, "").await
    })
}

async fn member(
    transaction: &mut Transaction,
    client: &ClientId,
    id: &UserId,
) -> Result<(String, String), AppError> {
    let role = membership::role(transaction, client, id).await?.ok_or_else(Refusal::not_found)?;
    let user = user::find(transaction, id).await?.ok_or_else(Refusal::not_found)?;
    Ok((user.email, role))
}

async fn keep_an_owner(transaction: &mut Transaction, client: &ClientId, role: &str) -> Result<(), AppError> {
    if role == Role::Owner.name() && membership::count(transaction, client, role).await? <= 1 {
        return Err(Refusal::new(
            RefusalKind::Conflict,
            "last-owner",
            "Der letzte Inhaber kann nicht gehen: Jemand muss Benutzer und Schlüssel verwalten können. Bitte zuerst \
             eine andere Person zum Inhaber machen.",
            "The last owner cannot leave: somebody has to manage users and keys. Please make another person owner \
             first.",
        )
        .into());
    }
    Ok(())
}
