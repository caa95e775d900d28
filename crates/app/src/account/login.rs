//! Logging in: mail address and password, then the second factor where there is one.

use secrecy::SecretString;
use store::session::{self, Holder};
use store::transact;
use store::user::{self, User};

use super::{password, second_factor, session as sessions, throttle};
use crate::context::App;
use crate::refusal::{AppError, Refusal, RefusalKind};
use crate::token::Token;

/// Where somebody comes from.
#[derive(Clone, Copy, Debug)]
pub struct Origin<'a> {
    /// The address of the other end.
    pub address: &'a str,
    /// The browser, as it calls itself.
    pub agent: &'a str,
}

/// How far somebody came with his password.
#[derive(Clone, Debug)]
pub enum Outcome {
    /// He is logged in.
    Complete(Token),
    /// The second factor is missing.
    SecondFactor(Token),
}

/// Logs in with mail address and password. Each login makes a new session, so a token that was there before is worth
/// nothing.
pub async fn with_password(
    app: &App,
    email: &str,
    password: &SecretString,
    origin: Origin<'_>,
) -> Result<Outcome, AppError> {
    let email = email.trim().to_lowercase();
    let subjects = [throttle::address(origin.address), format!("account:{email}")];
    throttle::count(app, &subjects).await?;
    let user = user::by_email(&mut app.database.read().await?, &email).await?;
    let hash = user.as_ref().and_then(|user| user.password_hash.as_ref());
    let right = password::verify(app, password, hash).await?;
    let Some(user) = user.filter(|user| right && user.disabled_at.is_none()) else {
        return Err(wrong().into());
    };
    throttle::forgive(app, &subjects).await?;
    transact!(app.database, transaction => {
        let complete = user.totp_sealed.is_none();
        let holder = Holder::User(user.id.clone());
        let token = sessions::begin(app, transaction, holder, origin.agent, complete).await?;
        if !complete {
            return Ok(Outcome::SecondFactor(token));
        }
        journal(app, transaction, &user, "password").await?;
        Ok(Outcome::Complete(token))
    })
}

/// What somebody gives as the second factor.
#[derive(Clone, Debug)]
pub enum Factor {
    /// Six digits of his app.
    Code(String),
    /// One of the recovery codes.
    Recovery(String),
}

/// Gives the second factor. The session gets a new token.
pub async fn with_second_factor(
    app: &App,
    token: &Token,
    factor: &Factor,
    origin: Origin<'_>,
) -> Result<Token, AppError> {
    let now = app.now();
    let (waiting, user) = {
        let mut transaction = app.database.read().await?;
        let waiting = sessions::find(&mut transaction, token, now).await?.filter(|session| !session.complete);
        let Some((waiting, Holder::User(id))) = waiting.map(|waiting| (waiting.clone(), waiting.holder))
        else {
            return Err(expired().into());
        };
        let user = user::find(&mut transaction, &id).await?.filter(|user| user.disabled_at.is_none());
        (waiting, user.ok_or_else(expired)?)
    };
    let subjects = [throttle::address(origin.address), format!("factor:{}", user.id)];
    throttle::count(app, &subjects).await?;
    let step = match factor {
        Factor::Code(code) => Some(second_factor::right_step(app, &user, code)?.ok_or_else(wrong_code)?),
        Factor::Recovery(_) => None,
    };
    let new = transact!(app.database, transaction => {
        let (right, way) = match factor {
            Factor::Code(_) => (user::take_step(transaction, &user.id, step.unwrap_or(0)).await?, "code"),
            Factor::Recovery(code) => {
                let hash = second_factor::recovery_hash(&user.id, code);
                (user::take_recovery_code(transaction, &user.id, &hash, now).await?, "recovery-code")
            }
        };
        if !right {
            return Err(wrong_code().into());
        }
        session::end(transaction, &waiting.id).await?;
        let holder = Holder::User(user.id.clone());
        let token = sessions::begin(app, transaction, holder, origin.agent, true).await?;
        journal(app, transaction, &user, way).await?;
        Ok::<_, AppError>(token)
    })?;
    throttle::forgive(app, &subjects).await?;
    Ok(new)
}

async fn journal(
    app: &App,
    transaction: &mut store::Transaction,
    user: &User,
    way: &str,
) -> Result<(), AppError> {
    let actor = sessions::actor_of(transaction, user).await?;
    app.journal(transaction, &actor, None, "session.logged-in", way, "").await
}

fn wrong() -> Refusal {
    Refusal::new(
        RefusalKind::Unknown,
        "login-wrong",
        "E-Mail-Adresse oder Passwort stimmen nicht.",
        "Mail address or password is wrong.",
    )
}

fn wrong_code() -> Refusal {
    Refusal::new(
        RefusalKind::Unknown,
        "code-wrong",
        "Der Code stimmt nicht oder wurde schon verwendet. Bitte den nächsten Code der App abwarten.",
        "The code is wrong or was used before. Please wait for the app's next code.",
    )
}

fn expired() -> Refusal {
    Refusal::new(
        RefusalKind::Unknown,
        "login-expired",
        "Die Anmeldung hat zu lange gedauert. Bitte noch einmal mit dem Passwort beginnen.",
        "Logging in took too long. Please begin again with your password.",
    )
}
