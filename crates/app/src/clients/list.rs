//! The clients that somebody may know of.

use store::client::{self, Client};
use store::id::ClientId;

use crate::access::{Actor, Permission, Role};
use crate::context::App;
use crate::refusal::{AppError, Refusal};

const LISTED: u32 = 10_000;

/// The clients of whoever asks, by name, with his role; at the command line all of them.
pub async fn list(app: &App, actor: &Actor) -> Result<Vec<(Client, Option<Role>)>, AppError> {
    let mut transaction = app.database.read().await?;
    match actor {
        Actor::User { id, .. } => {
            let clients = client::of_user(&mut transaction, id, LISTED).await?;
            Ok(clients.into_iter().map(|(client, role)| (client, Role::parse(&role))).collect())
        }
        Actor::Auditor { client, .. } | Actor::ApiKey { client, .. } => {
            let client = client::find(&mut transaction, client).await?;
            Ok(client.into_iter().map(|client| (client, None)).collect())
        }
        Actor::System | Actor::CommandLine => {
            let clients = client::all(&mut transaction, LISTED).await?;
            Ok(clients.into_iter().map(|client| (client, None)).collect())
        }
    }
}

/// One client, for whoever may see it.
pub async fn find(app: &App, actor: &Actor, id: &ClientId) -> Result<Client, AppError> {
    actor.may(Permission::See, id)?;
    let client = client::find(&mut app.database.read().await?, id).await?;
    client.ok_or_else(|| Refusal::not_found().into())
}
