//! A person's own account: logging in and out, password, second factor, sessions, language and theme.

pub mod login;
pub mod password;
pub mod preferences;
pub mod reset;
pub mod second_factor;
pub mod session;
pub mod setup;
mod throttle;
pub mod totp;

use store::Transaction;
use store::id::UserId;
use store::user::{self, User};

use crate::access::Actor;
use crate::refusal::{AppError, Refusal, RefusalKind};

/// The user who asks, as he stands in the database.
pub(crate) async fn own(transaction: &mut Transaction, actor: &Actor) -> Result<User, AppError> {
    let id = own_id(actor)?;
    user::find(transaction, id).await?.ok_or_else(|| Refusal::not_found().into())
}

/// The identifier of the user who asks. A key, an auditor and the command line have no account of their own.
pub(crate) fn own_id(actor: &Actor) -> Result<&UserId, AppError> {
    match actor {
        Actor::User { id, .. } => Ok(id),
        Actor::Auditor { .. } | Actor::ApiKey { .. } | Actor::System | Actor::CommandLine => {
            Err(Refusal::new(
                RefusalKind::Forbidden,
                "no-account",
                "Das kann nur, wer mit einem eigenen Konto angemeldet ist.",
                "Only somebody who is logged in with an account can do this.",
            )
            .into())
        }
    }
}

/// A mail address in small letters; refused where it cannot be one.
pub(crate) fn email(text: &str) -> Result<String, AppError> {
    let text = text.trim().to_lowercase();
    let holds = text.len() <= 254
        && text.split_once('@').is_some_and(|(name, host)| {
            !name.is_empty() && host.len() >= 2 && !host.contains('@') && !host.starts_with('.')
        })
        && !text.chars().any(|character| {
            character.is_whitespace() || character.is_control() || "<>\",;".contains(character)
        });
    if holds {
        return Ok(text);
    }
    Err(Refusal::invalid(
        "email",
        "email-not-one",
        "Das ist keine E-Mail-Adresse. Erwartet wird zum Beispiel erika@example.org.",
        "This is no mail address. One looks like erika@example.org.",
    )
    .into())
}

/// The name of a person, a client or a key; refused where it is empty or longer than 100 characters.
pub(crate) fn name(text: &str) -> Result<String, AppError> {
    let text = text.trim();
    if text.is_empty() || text.chars().count() > 100 || text.chars().any(char::is_control) {
        return Err(Refusal::invalid(
            "name",
            "name-not-one",
            "Bitte einen Namen mit 1 bis 100 Zeichen eingeben.",
            "Please enter a name of 1 to 100 characters.",
        )
        .into());
    }
    Ok(text.to_owned())
}
