//! Sessions: who is behind a cookie, and listing and ending one's own.

use jiff::{SignedDuration, Timestamp};
use store::id::{ClientId, SessionId, UserId};
use store::session::{self, Holder, Session};
use store::{Transaction, client, link, membership, transact, user};

use super::own_id;
use crate::access::{Actor, Role};
use crate::context::App;
use crate::refusal::{AppError, Refusal};
use crate::token::Token;

/// A session that is not used ends after this time.
pub const IDLE: SignedDuration = SignedDuration::from_hours(12);
/// A session ends after this time, however much it is used.
pub const ABSOLUTE: SignedDuration = SignedDuration::from_hours(7 * 24);
/// How long the second factor may be waited for.
pub(super) const INCOMPLETE: SignedDuration = SignedDuration::from_mins(10);
/// Using a session is noted at most this often, so that reading pages writes little.
const NOTED: SignedDuration = SignedDuration::from_secs(60);
const LISTED: u32 = 200;
const AGENT_MAX: usize = 300;

/// Somebody behind a cookie: his session, and who he is with the rights that he has now.
#[derive(Clone, Debug)]
pub struct Visit {
    /// The session.
    pub session: Session,
    /// Who.
    pub actor: Actor,
    /// His name, for the page.
    pub name: String,
    /// The two letters of his language; none for an auditor, who has no account.
    pub language: Option<String>,
    /// `light`, `dark` or `auto`.
    pub theme: Option<String>,
}

/// Makes a session with a token for the browser.
pub(crate) async fn begin(
    app: &App,
    transaction: &mut Transaction,
    holder: Holder,
    agent: &str,
    complete: bool,
) -> Result<Token, AppError> {
    let (now, token) = (app.now(), Token::new(&*app.machine, ""));
    let lasts = if complete { ABSOLUTE } else { INCOMPLETE };
    let agent = agent.chars().filter(|character| !character.is_control()).take(AGENT_MAX).collect();
    let session = Session {
        id: SessionId::new(&*app.machine),
        holder,
        created_at: now,
        seen_at: now,
        expires_at: now.saturating_add(lasts).unwrap_or(now),
        agent,
        complete,
    };
    session::insert(transaction, &session, &token.hash()).await?;
    Ok(token)
}

/// Who is behind a token: none where the session has ended, or the second factor is still missing.
pub async fn resume(app: &App, token: &Token) -> Result<Option<Visit>, AppError> {
    let now = app.now();
    let visit = {
        let mut transaction = app.database.read().await?;
        match find(&mut transaction, token, now).await? {
            Some(session) if session.complete => visit_of(&mut transaction, session, now).await?,
            _ => None,
        }
    };
    if let Some(visit) = &visit
        && now.duration_since(visit.session.seen_at) >= NOTED
    {
        transact!(app.database, transaction =>
            session::touch(transaction, &visit.session.id, now).await.map_err(AppError::from))?;
    }
    Ok(visit)
}

/// The session of a token, complete or not.
pub(super) async fn find(
    transaction: &mut Transaction,
    token: &Token,
    now: Timestamp,
) -> Result<Option<Session>, AppError> {
    Ok(session::by_token(transaction, &token.hash(), now, idle_since(now)).await?)
}

fn idle_since(now: Timestamp) -> Timestamp {
    now.saturating_sub(IDLE).unwrap_or(Timestamp::MIN)
}

async fn visit_of(
    transaction: &mut Transaction,
    session: Session,
    now: Timestamp,
) -> Result<Option<Visit>, AppError> {
    match session.holder.clone() {
        Holder::User(id) => {
            let Some(user) = user::find(transaction, &id).await? else { return Ok(None) };
            if user.disabled_at.is_some() {
                return Ok(None);
            }
            let actor = actor_of(transaction, &user).await?;
            let (language, theme) = (Some(user.language), Some(user.theme));
            Ok(Some(Visit { session, actor, name: user.name, language, theme }))
        }
        Holder::Auditor(id) => {
            let link = link::find(transaction, &id, now).await?;
            let Some((link, client_id, period)) =
                link.and_then(|link| Some((link.clone(), link.client?, link.period?)))
            else {
                return Ok(None);
            };
            if client::find(transaction, &client_id).await?.is_none() {
                return Ok(None);
            }
            let (name, (from, until)) = (link.email, period);
            let actor = Actor::Auditor { link: id, name: name.clone(), client: client_id, from, until };
            Ok(Some(Visit { session, actor, name, language: None, theme: None }))
        }
    }
}

/// A user as the one who acts, with the roles that he has now.
pub(crate) async fn actor_of(transaction: &mut Transaction, user: &user::User) -> Result<Actor, AppError> {
    let words = membership::of_user(transaction, &user.id).await?;
    let roles: Vec<(ClientId, Role)> =
        words.into_iter().filter_map(|(client, word)| Some((client, Role::parse(&word)?))).collect();
    Ok(Actor::User { id: user.id.clone(), email: user.email.clone(), operator: user.operator, roles })
}

/// The open sessions of the one who asks, the last used first.
pub async fn list(app: &App, actor: &Actor) -> Result<Vec<Session>, AppError> {
    let (user, now) = (own_id(actor)?, app.now());
    let mut transaction = app.database.read().await?;
    Ok(session::of_user(&mut transaction, user, now, idle_since(now), LISTED).await?)
}

/// Ends one of one's own sessions.
pub async fn end(app: &App, actor: &Actor, id: &SessionId) -> Result<(), AppError> {
    let user: &UserId = own_id(actor)?;
    transact!(app.database, transaction => {
        if !session::end_of_user(transaction, user, id).await? {
            return Err(Refusal::not_found().into());
        }
        app.journal(transaction, actor, None, "session.ended", id.as_str(), "").await
    })
}

/// Ends all of one's own sessions but the one at hand, and says how many it were.
pub async fn end_others(app: &App, visit: &Visit) -> Result<u64, AppError> {
    let user = own_id(&visit.actor)?;
    transact!(app.database, transaction => {
        let number = session::end_all(transaction, user, Some(&visit.session.id)).await?;
        app.journal(transaction, &visit.actor, None, "session.others-ended", &number.to_string(), "").await?;
        Ok(number)
    })
}

/// Logs out: the session at hand ends. A token without a session is no harm.
pub async fn log_out(app: &App, token: &Token) -> Result<(), AppError> {
    let now = app.now();
    transact!(app.database, transaction => {
        let Some(session) = find(transaction, token, now).await? else { return Ok(()) };
        session::end(transaction, &session.id).await?;
        if let Some(visit) = visit_of(transaction, session, now).await? {
            app.journal(transaction, &visit.actor, None, "session.logged-out", visit.actor.name(), "").await?;
        }
        Ok(())
    })
}

/// Removes what has ended by itself; run now and then.
pub async fn sweep(app: &App) -> Result<u64, AppError> {
    let now = app.now();
    transact!(app.database, transaction => {
        let before = now.saturating_sub(SignedDuration::from_hours(48)).unwrap_or(Timestamp::MIN);
        store::login_attempt::sweep(transaction, before).await?;
        session::sweep(transaction, now, idle_since(now)).await.map_err(AppError::from)
    })
}
