//! A new client. The operator makes it for an owner, an adviser for himself or for an owner.

use store::client::{self, Client};
use store::id::ClientId;
use store::{membership, transact, user};

use crate::access::{Actor, Permission, Role};
use crate::account;
use crate::context::App;
use crate::people::invite;
use crate::refusal::{AppError, Refusal};
use crate::token::Token;

/// A new client, and the link for its owner where he has to be invited.
#[derive(Clone, Debug)]
pub struct Created {
    /// The client.
    pub client: Client,
    /// The owner's invitation.
    pub invitation: Option<Token>,
}

/// Makes a client. An adviser becomes its adviser, or its owner where no other is named; the operator, who sees no
/// client's data, has to name one.
pub async fn create(app: &App, actor: &Actor, name: &str, owner: Option<&str>) -> Result<Created, AppError> {
    may_create(actor)?;
    let name = account::name(name)?;
    let owner = owner.map(str::trim).filter(|owner| !owner.is_empty()).map(account::email).transpose()?;
    let adviser = matches!(actor, Actor::User { roles, .. } if is_adviser(roles));
    if owner.is_none() && !adviser {
        return Err(Refusal::invalid(
            "owner",
            "owner-missing",
            "Bitte die E-Mail-Adresse des Inhabers angeben; der Betreiber selbst sieht keine Mandantendaten.",
            "Please give the owner's mail address; the operator himself sees no client's data.",
        )
        .into());
    }
    let now = app.now();
    transact!(app.database, transaction => {
        let client = client::insert(transaction, &ClientId::new(&*app.machine), &name, now).await?;
        app.journal(transaction, actor, Some(&client.id), "client.created", &name, "").await?;
        let (mut invitation, mut own_role) = (None, adviser.then_some(Role::Owner));
        if let Some(owner) = &owner {
            let known = user::by_email(transaction, owner).await?;
            let oneself = owner == actor.name();
            match known {
                // Whoever stands at the machine may name an owner at once; on a page he is asked.
                Some(user) if oneself || matches!(actor, Actor::CommandLine) => {
                    membership::set(transaction, &client.id, &user.id, Role::Owner.name(), now).await?;
                }
                _ => {
                    let owner = invite::make(app, transaction, actor, &client.id, owner, Role::Owner).await?;
                    invitation = Some(owner);
                }
            }
            own_role = own_role.filter(|_| !oneself).map(|_| Role::Adviser);
        }
        if let (Some(role), Actor::User { id, .. }) = (own_role, actor) {
            membership::set(transaction, &client.id, id, role.name(), now).await?;
        }
        Ok(Created { client, invitation })
    })
}

/// May somebody make clients: the operator, and whoever is an adviser?
pub fn may_create(actor: &Actor) -> Result<(), AppError> {
    match actor {
        Actor::User { roles, .. } if is_adviser(roles) => Ok(()),
        _ => actor.may_operate(),
    }
}

fn is_adviser(roles: &[(ClientId, Role)]) -> bool {
    roles.iter().any(|(_, role)| *role == Role::Adviser)
}

/// Gives a client another name.
pub async fn rename(app: &App, actor: &Actor, client: &ClientId, name: &str) -> Result<(), AppError> {
    actor.may(Permission::Assign, client)?;
    let name = account::name(name)?;
    transact!(app.database, transaction => {
        let before = client::find(transaction, client).await?.ok_or_else(Refusal::not_found)?;
        client::rename(transaction, client, &name).await?;
        let subject = format!("{} → {name}", before.name);
        app.journal(transaction, actor, Some(client), "client.renamed", &subject, "").await
    })
}
