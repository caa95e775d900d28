//! The first start: a link on the terminal opens the page where the owner makes his account.

use jiff::SignedDuration;
use secrecy::SecretString;
use store::id::{ClientId, LinkId, UserId};
use store::link::{self, Link, Purpose};
use store::session::Holder;
use store::{client, membership, transact, user};

use super::login::Origin;
use super::reset::stale;
use super::{email, name, password, session};
use crate::access::{Actor, Role};
use crate::context::App;
use crate::language::Language;
use crate::refusal::AppError;
use crate::token::Token;

const LASTS: SignedDuration = SignedDuration::from_hours(24);

/// What the owner enters.
#[derive(Clone, Debug)]
pub struct Owner {
    /// His name.
    pub name: String,
    /// His mail address.
    pub email: String,
    /// His password.
    pub password: SecretString,
    /// The name of the first client.
    pub client: String,
    /// The language of the page.
    pub language: Language,
}

/// Makes the link of the first set-up, where there is no user yet; an older link ends.
pub async fn link(app: &App) -> Result<Option<Token>, AppError> {
    let now = app.now();
    transact!(app.database, transaction => {
        if user::count(transaction).await? > 0 {
            return Ok(None);
        }
        link::withdraw(transaction, Purpose::Setup, None, "", now).await?;
        let token = Token::new(&*app.machine, "");
        let link = Link {
            id: LinkId::new(&*app.machine),
            purpose: Purpose::Setup,
            client: None,
            user: None,
            email: String::new(),
            role: None,
            period: None,
            created_by: Actor::System.name().to_owned(),
            created_at: now,
            expires_at: now.saturating_add(LASTS).unwrap_or(now),
            used_at: None,
        };
        link::insert(transaction, &link, &token.hash()).await?;
        Ok(Some(token))
    })
}

/// Does the link open the set-up?
pub async fn look(app: &App, token: &Token) -> Result<(), AppError> {
    let mut transaction = app.database.read().await?;
    let link = link::by_token(&mut transaction, &token.hash(), Purpose::Setup, app.now()).await?;
    Ok(link.map(drop).ok_or_else(stale)?)
}

/// Is there no user yet?
pub async fn is_open(app: &App) -> Result<bool, AppError> {
    Ok(user::count(&mut app.database.read().await?).await? == 0)
}

/// Makes the first user, operator of the machine and owner of the first client, and logs him in.
pub async fn finish(
    app: &App,
    token: &Token,
    owner: &Owner,
    origin: Origin<'_>,
) -> Result<(Token, ClientId), AppError> {
    look(app, token).await?;
    let (address, person, firm) = (email(&owner.email)?, name(&owner.name)?, name(&owner.client)?);
    let hash = password::hash(app, &owner.password, &address).await?;
    let (now, language) = (app.now(), owner.language.code());
    transact!(app.database, transaction => {
        let link = link::by_token(transaction, &token.hash(), Purpose::Setup, now).await?.ok_or_else(stale)?;
        link::use_up(transaction, &link.id, now).await?;
        if user::count(transaction).await? > 0 {
            return Err(stale().into());
        }
        let id = UserId::new(&*app.machine);
        user::insert(transaction, &id, &address, &person, language, true, now).await?;
        user::set_password(transaction, &id, &hash).await?;
        let client = client::insert(transaction, &ClientId::new(&*app.machine), &firm, now).await?;
        membership::set(transaction, &client.id, &id, Role::Owner.name(), now).await?;
        let roles = vec![(client.id.clone(), Role::Owner)];
        let actor = Actor::User { id: id.clone(), email: address.clone(), operator: true, roles };
        app.journal(transaction, &actor, None, "user.created", &address, "").await?;
        app.journal(transaction, &actor, Some(&client.id), "client.created", &firm, "").await?;
        let session = session::begin(app, transaction, Holder::User(id), origin.agent, true).await?;
        Ok((session, client.id))
    })
}
