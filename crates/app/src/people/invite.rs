//! Invitations: a link that makes whoever opens it a member of a client.

use jiff::SignedDuration;
use secrecy::SecretString;
use store::client::Client;
use store::id::{ClientId, LinkId, UserId};
use store::link::{self, Link, Purpose};
use store::session::Holder;
use store::{Transaction, client, membership, transact, user};

use crate::access::{Actor, Permission, Role};
use crate::account::login::Origin;
use crate::account::reset::stale;
use crate::account::{self, password, session};
use crate::context::App;
use crate::language::Language;
use crate::mail::Letter;
use crate::refusal::{AppError, Refusal, RefusalKind};
use crate::token::Token;

const LASTS: SignedDuration = SignedDuration::from_hours(7 * 24);
const LISTED: u32 = 200;

/// Invites a mail address with a role. The link is handed over by whoever invites, or sent by mail. A newer invitation
/// replaces an older one.
pub async fn invite(
    app: &App,
    actor: &Actor,
    client: &ClientId,
    email: &str,
    role: Role,
) -> Result<Token, AppError> {
    actor.may(Permission::Manage, client)?;
    let email = account::email(email)?;
    transact!(app.database, transaction => {
        if let Some(user) = user::by_email(transaction, &email).await?
            && membership::role(transaction, client, &user.id).await?.is_some()
        {
            return Err(Refusal::invalid(
                "email",
                "member-already",
                "Diese Person gehört schon zum Mandanten; ihre Rolle lässt sich in der Liste ändern.",
                "This person is a member already; the role can be changed in the list.",
            )
            .into());
        }
        make(app, transaction, actor, client, &email, role).await
    })
}

/// Sends an invitation that was made, where the house has a mail server. False where it has none: then whoever invites
/// hands the link over, as he does where sending is refused.
pub async fn send(
    app: &App,
    actor: &Actor,
    client: &Client,
    email: &str,
    link: &str,
    language: Language,
) -> Result<bool, AppError> {
    actor.may(Permission::Manage, &client.id)?;
    let Some(mailer) = &app.outside.mail else { return Ok(false) };
    let days = LASTS.as_hours() / 24;
    let letter = Letter::invitation(&client.name, actor.name(), link, days, language);
    let mail = letter.mail(email, app.now(), store::id::new_uuid(&*app.machine));
    match mailer.send(mail).await {
        Ok(()) => Ok(true),
        Err(error) => {
            tracing::warn!(error = %crate::jobs::chain(&error), "an invitation was not sent");
            let (german, english) = (error.text(Language::De), error.text(Language::En));
            Err(Refusal::new(RefusalKind::Elsewhere, error.code(), german, english).into())
        }
    }
}

/// Makes the link, for one who may.
pub(crate) async fn make(
    app: &App,
    transaction: &mut Transaction,
    actor: &Actor,
    client: &ClientId,
    email: &str,
    role: Role,
) -> Result<Token, AppError> {
    let now = app.now();
    link::withdraw(transaction, Purpose::Invitation, Some(client), email, now).await?;
    let token = Token::new(&*app.machine, "");
    let link = Link {
        id: LinkId::new(&*app.machine),
        purpose: Purpose::Invitation,
        client: Some(client.clone()),
        user: None,
        email: email.to_owned(),
        role: Some(role.name().to_owned()),
        period: None,
        created_by: actor.name().to_owned(),
        created_at: now,
        expires_at: now.saturating_add(LASTS).unwrap_or(now),
        used_at: None,
    };
    link::insert(transaction, &link, &token.hash()).await?;
    let subject = format!("{email} {}", role.name());
    app.journal(transaction, actor, Some(client), "user.invited", &subject, "").await?;
    Ok(token)
}

/// The open invitations of a client.
pub async fn list(app: &App, actor: &Actor, client: &ClientId) -> Result<Vec<Link>, AppError> {
    actor.may(Permission::Manage, client)?;
    let mut transaction = app.database.read().await?;
    Ok(link::of_client(&mut transaction, client, Purpose::Invitation, app.now(), LISTED).await?)
}

/// Takes an invitation or an auditor's link back.
pub async fn withdraw(app: &App, actor: &Actor, client: &ClientId, id: &LinkId) -> Result<(), AppError> {
    actor.may(Permission::Manage, client)?;
    let now = app.now();
    transact!(app.database, transaction => {
        let link = link::find(transaction, id, now).await?;
        let link = link.filter(|link| link.client.as_ref() == Some(client)).ok_or_else(Refusal::not_found)?;
        link::use_up(transaction, id, now).await?;
        store::session::end_of_link(transaction, id).await?;
        let action = if link.purpose == Purpose::Auditor { "auditor.revoked" } else { "invitation.withdrawn" };
        app.journal(transaction, actor, Some(client), action, &link.email, "").await
    })
}

/// What an invitation says to the one who opens it.
#[derive(Clone, Debug)]
pub struct Invitation {
    /// For which mail address.
    pub email: String,
    /// The client's name.
    pub client: String,
    /// The role it gives.
    pub role: Role,
    /// Who invites.
    pub by: String,
    /// Has the address an account already? Then no password is chosen, and one logs in to accept.
    pub has_account: bool,
}

/// Opens an invitation.
pub async fn look(app: &App, token: &Token) -> Result<Invitation, AppError> {
    let mut transaction = app.database.read().await?;
    let (link, client_id, role) = open(app, &mut transaction, token).await?;
    let client = client::find(&mut transaction, &client_id).await?.ok_or_else(stale)?;
    let has_account =
        user::by_email(&mut transaction, &link.email).await?.is_some_and(|user| user.password_hash.is_some());
    Ok(Invitation { email: link.email, client: client.name, role, by: link.created_by, has_account })
}

async fn open(
    app: &App,
    transaction: &mut Transaction,
    token: &Token,
) -> Result<(Link, ClientId, Role), AppError> {
    let link = link::by_token(transaction, &token.hash(), Purpose::Invitation, app.now()).await?;
    let link = link.ok_or_else(stale)?;
    let role = link.role.as_deref().and_then(Role::parse);
    match (link.client.clone(), role) {
        (Some(client), Some(role)) => Ok((link, client, role)),
        _ => Err(stale().into()),
    }
}

/// Accepts with a new account, and logs in.
pub async fn accept_as_new(
    app: &App,
    token: &Token,
    name: &str,
    password: &SecretString,
    language: Language,
    origin: Origin<'_>,
) -> Result<(Token, ClientId), AppError> {
    let invitation = look(app, token).await?;
    let name = account::name(name)?;
    let hash = password::hash(app, password, &invitation.email).await?;
    let now = app.now();
    transact!(app.database, transaction => {
        let (link, client, role) = open(app, transaction, token).await?;
        let known = user::by_email(transaction, &link.email).await?;
        // An account with a password is its owner's: a link to its address must not set another.
        if known.as_ref().is_some_and(|user| user.password_hash.is_some()) {
            return Err(log_in_first(&link.email).into());
        }
        let id = known.as_ref().map_or_else(|| UserId::new(&*app.machine), |user| user.id.clone());
        if known.is_none() {
            user::insert(transaction, &id, &link.email, &name, language.code(), false, now).await?;
        }
        user::set_password(transaction, &id, &hash).await?;
        enter(app, transaction, &link, &client, &id, role).await?;
        let session = session::begin(app, transaction, Holder::User(id), origin.agent, true).await?;
        Ok((session, client))
    })
}

/// Accepts with the account of the one who is logged in; the invitation must be for his address.
pub async fn accept(app: &App, actor: &Actor, token: &Token) -> Result<ClientId, AppError> {
    let Actor::User { id, email, .. } = actor else { return Err(Refusal::not_found().into()) };
    transact!(app.database, transaction => {
        let (link, client, role) = open(app, transaction, token).await?;
        if link.email != *email {
            return Err(log_in_first(&link.email).into());
        }
        enter(app, transaction, &link, &client, id, role).await?;
        Ok(client)
    })
}

async fn enter(
    app: &App,
    transaction: &mut Transaction,
    link: &Link,
    client: &ClientId,
    id: &UserId,
    role: Role,
) -> Result<(), AppError> {
    let now = app.now();
    link::use_up(transaction, &link.id, now).await?;
    if client::find(transaction, client).await?.is_none() {
        return Err(stale().into());
    }
    membership::set(transaction, client, id, role.name(), now).await?;
    let user = user::find(transaction, id).await?.ok_or_else(stale)?;
    let actor = session::actor_of(transaction, &user).await?;
    let subject = format!("{} {}", link.email, role.name());
    app.journal(transaction, &actor, Some(client), "user.joined", &subject, "").await
}

fn log_in_first(email: &str) -> Refusal {
    Refusal::new(
        RefusalKind::Conflict,
        "log-in-first",
        format!(
            "Die Einladung gilt {email}. Bitte mit diesem Konto anmelden und den Link noch einmal öffnen."
        ),
        format!("The invitation is for {email}. Please log in with that account and open the link again."),
    )
}
