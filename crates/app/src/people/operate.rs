//! Users as the operator sees them: made, listed, shut out; no data of any client.

use secrecy::SecretString;
use store::id::UserId;
use store::user::{self, User};
use store::{session, transact};

use crate::access::Actor;
use crate::account::second_factor::no_such_user;
use crate::account::{self, password};
use crate::context::App;
use crate::language::Language;
use crate::refusal::{AppError, Refusal, RefusalKind};

const LISTED: u32 = 10_000;

/// All users.
pub async fn list(app: &App, actor: &Actor) -> Result<Vec<User>, AppError> {
    actor.may_operate()?;
    Ok(user::all(&mut app.database.read().await?, LISTED).await?)
}

/// Makes a user. Without a password he sets one by a link ([`account::reset::by_operator`]).
pub async fn create(
    app: &App,
    actor: &Actor,
    email: &str,
    name: &str,
    password: Option<&SecretString>,
    operator: bool,
    language: Language,
) -> Result<UserId, AppError> {
    actor.may_operate()?;
    let (email, name) = (account::email(email)?, account::name(name)?);
    let hash = match password {
        Some(password) => Some(password::hash(app, password, &email).await?),
        None => None,
    };
    transact!(app.database, transaction => {
        if user::by_email(transaction, &email).await?.is_some() {
            return Err(Refusal::invalid(
                "email",
                "email-taken",
                "Diese E-Mail-Adresse hat schon ein Konto.",
                "This mail address has an account already.",
            )
            .into());
        }
        let id = UserId::new(&*app.machine);
        user::insert(transaction, &id, &email, &name, language.code(), operator, app.now()).await?;
        if let Some(hash) = &hash {
            user::set_password(transaction, &id, hash).await?;
        }
        let subject = if operator { format!("{email} operator") } else { email.clone() };
        app.journal(transaction, actor, None, "user.created", &subject, "").await?;
        Ok(id)
    })
}

/// Shuts a user out, or lets him in again. His sessions end; the last operator stays.
pub async fn set_disabled(app: &App, actor: &Actor, email: &str, disabled: bool) -> Result<(), AppError> {
    actor.may_operate()?;
    let email = account::email(email)?;
    let now = app.now();
    transact!(app.database, transaction => {
        let user = user::by_email(transaction, &email).await?.ok_or_else(no_such_user)?;
        if disabled && user.operator && user::count_operators(transaction).await? <= 1 {
            return Err(Refusal::new(
                RefusalKind::Conflict,
                "last-operator",
                "Der letzte Betreiber kann nicht ausgesperrt werden.",
                "The last operator cannot be shut out.",
            )
            .into());
        }
        user::set_disabled(transaction, &user.id, disabled.then_some(now)).await?;
        session::end_all(transaction, &user.id, None).await?;
        let action = if disabled { "user.disabled" } else { "user.enabled" };
        app.journal(transaction, actor, None, action, &email, "").await
    })
}
