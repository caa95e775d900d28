//! A forgotten password: a link, sent by mail or handed over by the operator.

use jiff::SignedDuration;
use secrecy::SecretString;
use store::id::LinkId;
use store::link::{self, Link, Purpose};
use store::{Transaction, session, transact, user};

use super::second_factor::no_such_user;
use super::{email, password, throttle};
use crate::access::Actor;
use crate::context::App;
use crate::language::Language;
use crate::mail::{Letter, Mailer};
use crate::refusal::{AppError, Refusal, RefusalKind};
use crate::token::Token;

const LASTS: SignedDuration = SignedDuration::from_hours(2);

/// The operator makes a link for a new password.
pub async fn by_operator(app: &App, actor: &Actor, address: &str) -> Result<Token, AppError> {
    actor.may_operate()?;
    let address = email(address)?;
    transact!(app.database, transaction => {
        let token = make(app, transaction, &address, actor.name()).await?.ok_or_else(no_such_user)?;
        app.journal(transaction, actor, None, "password.reset-link", &address, "").await?;
        Ok(token)
    })
}

/// Can a link be sent by mail? Else the operator makes it.
pub fn by_mail(app: &App) -> bool {
    app.outside.mail.is_some()
}

/// Somebody forgot his password: where the address has an account, a link goes to it by mail. Whoever asks is told the
/// same, as fast, whether it has one or not. `link` makes the address of the page out of the token.
pub async fn ask(
    app: &App,
    address: &str,
    from: &str,
    link: impl FnOnce(&Token) -> String + Send + 'static,
) -> Result<(), AppError> {
    let Some(mailer) = app.outside.mail.clone() else { return Err(no_mail().into()) };
    let address = email(address)?;
    throttle::count(app, &[throttle::address(from), format!("reset:{address}")]).await?;
    let app = app.clone();
    tokio::spawn(async move {
        if let Err(error) = send(&app, &mailer, &address, link).await {
            tracing::warn!(error = %crate::jobs::chain(&error), "a link for a new password was not sent");
        }
    });
    Ok(())
}

async fn send(
    app: &App,
    mailer: &Mailer,
    address: &str,
    link: impl FnOnce(&Token) -> String,
) -> Result<(), AppError> {
    let made: Result<_, AppError> = transact!(app.database, transaction => {
        let Some(token) = make(app, transaction, address, address).await? else { return Ok(None) };
        app.journal(transaction, &Actor::System, None, "password.reset-asked", address, "").await?;
        Ok(Some((token, user::by_email(transaction, address).await?)))
    });
    let Some((token, user)) = made? else { return Ok(()) };
    let language = user.and_then(|user| Language::of_code(&user.language)).unwrap_or_default();
    let letter = Letter::new_password(&link(&token), LASTS.as_hours(), language);
    let mail = letter.mail(address, app.now(), store::id::new_uuid(&*app.machine));
    mailer.send(mail).await.map_err(AppError::failed("send a link for a new password"))
}

fn no_mail() -> Refusal {
    Refusal::new(
        RefusalKind::Conflict,
        "no-mail-server",
        "Dieses Kontor sendet keine Mails; den Link macht der Betreiber.",
        "This Kontor sends no mail; the operator makes the link.",
    )
}

async fn make(
    app: &App,
    transaction: &mut Transaction,
    address: &str,
    by: &str,
) -> Result<Option<Token>, AppError> {
    let Some(user) = user::by_email(transaction, address).await? else { return Ok(None) };
    let now = app.now();
    link::withdraw(transaction, Purpose::Password, None, address, now).await?;
    let token = Token::new(&*app.machine, "");
    let link = Link {
        id: LinkId::new(&*app.machine),
        purpose: Purpose::Password,
        client: None,
        user: Some(user.id),
        email: address.to_owned(),
        role: None,
        period: None,
        created_by: by.to_owned(),
        created_at: now,
        expires_at: now.saturating_add(LASTS).unwrap_or(now),
        used_at: None,
    };
    link::insert(transaction, &link, &token.hash()).await?;
    Ok(Some(token))
}

/// For whom a link is: the mail address.
pub async fn look(app: &App, token: &Token) -> Result<String, AppError> {
    let mut transaction = app.database.read().await?;
    let link = link::by_token(&mut transaction, &token.hash(), Purpose::Password, app.now()).await?;
    Ok(link.ok_or_else(stale)?.email)
}

/// Sets the new password. All sessions end; the second factor stays.
pub async fn finish(app: &App, token: &Token, new: &SecretString) -> Result<(), AppError> {
    let address = look(app, token).await?;
    let hash = password::hash(app, new, &address).await?;
    let now = app.now();
    transact!(app.database, transaction => {
        let link = link::by_token(transaction, &token.hash(), Purpose::Password, now).await?;
        let Some((link, id)) = link.and_then(|link| Some((link.clone(), link.user?))) else {
            return Err(stale().into());
        };
        link::use_up(transaction, &link.id, now).await?;
        user::set_password(transaction, &id, &hash).await?;
        session::end_all(transaction, &id, None).await?;
        store::login_attempt::clear(transaction, &format!("account:{address}")).await?;
        let user = user::find(transaction, &id).await?.ok_or_else(stale)?;
        let actor = super::session::actor_of(transaction, &user).await?;
        app.journal(transaction, &actor, None, "password.reset", &address, "").await
    })
}

pub(crate) fn stale() -> Refusal {
    Refusal::new(
        RefusalKind::NotFound,
        "link-stale",
        "Dieser Link gilt nicht mehr: Er wurde schon benutzt, ist abgelaufen oder durch einen neueren ersetzt. \
         Bitte einen neuen anfordern.",
        "This link does not hold any more: it was used, has expired, or a newer one replaced it. Please ask for a \
         new one.",
    )
}
