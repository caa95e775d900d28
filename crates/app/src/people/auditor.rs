//! Auditors' links: read one period of one client without an account, until a day.

use jiff::Timestamp;
use jiff::civil::Date;
use store::id::{ClientId, LinkId};
use store::link::{self, Link, Purpose};
use store::session::Holder;
use store::{client, transact};

use crate::access::{Actor, Permission};
use crate::account::login::Origin;
use crate::account::reset::stale;
use crate::account::{name, session};
use crate::context::App;
use crate::refusal::{AppError, Refusal};
use crate::token::Token;

const LISTED: u32 = 200;

/// Makes a link for an auditor. He can use it again until it expires or is taken back.
pub async fn create(
    app: &App,
    actor: &Actor,
    client: &ClientId,
    auditor: &str,
    period: (Date, Date),
    expires_at: Timestamp,
) -> Result<Token, AppError> {
    actor.may(Permission::Manage, client)?;
    let (auditor, now) = (name(auditor)?, app.now());
    if period.0 > period.1 {
        return Err(Refusal::invalid(
            "until",
            "period-backwards",
            "Der letzte Tag liegt vor dem ersten.",
            "The last day lies before the first.",
        )
        .into());
    }
    if expires_at <= now {
        return Err(super::key::in_the_past().into());
    }
    let token = Token::new(&*app.machine, "");
    let link = Link {
        id: LinkId::new(&*app.machine),
        purpose: Purpose::Auditor,
        client: Some(client.clone()),
        user: None,
        email: auditor.clone(),
        role: None,
        period: Some(period),
        created_by: actor.name().to_owned(),
        created_at: now,
        expires_at,
        used_at: None,
    };
    transact!(app.database, transaction => {
        client::find(transaction, client).await?.ok_or_else(Refusal::not_found)?;
        link::insert(transaction, &link, &token.hash()).await?;
        let subject = format!("{auditor} {}..{}", period.0, period.1);
        app.journal(transaction, actor, Some(client), "auditor.invited", &subject, "").await
    })?;
    Ok(token)
}

/// The auditors' links of a client that still hold.
pub async fn list(app: &App, actor: &Actor, client: &ClientId) -> Result<Vec<Link>, AppError> {
    actor.may(Permission::Manage, client)?;
    let mut transaction = app.database.read().await?;
    Ok(link::of_client(&mut transaction, client, Purpose::Auditor, app.now(), LISTED).await?)
}

/// What a link opens: the auditor's name, the client's, and the period.
pub async fn look(app: &App, token: &Token) -> Result<(String, String, (Date, Date)), AppError> {
    let mut transaction = app.database.read().await?;
    let link = link::by_token(&mut transaction, &token.hash(), Purpose::Auditor, app.now()).await?;
    let link = link.ok_or_else(stale)?;
    let (Some(id), Some(period)) = (link.client, link.period) else { return Err(stale().into()) };
    let client = client::find(&mut transaction, &id).await?.ok_or_else(stale)?;
    Ok((link.email, client.name, period))
}

/// Opens the client for the auditor.
pub async fn enter(app: &App, token: &Token, origin: Origin<'_>) -> Result<(Token, ClientId), AppError> {
    let now = app.now();
    transact!(app.database, transaction => {
        let link = link::by_token(transaction, &token.hash(), Purpose::Auditor, now).await?.ok_or_else(stale)?;
        let (Some(client), Some((from, until))) = (link.client, link.period) else {
            return Err(stale().into());
        };
        let holder = Holder::Auditor(link.id.clone());
        let session = session::begin(app, transaction, holder, origin.agent, true).await?;
        let actor =
            Actor::Auditor { link: link.id, name: link.email.clone(), client: client.clone(), from, until };
        app.journal(transaction, &actor, Some(&client), "auditor.entered", &link.email, "").await?;
        Ok((session, client))
    })
}
