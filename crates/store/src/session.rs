//! Sessions of browsers. The database knows only the hash of a session's token.

use jiff::Timestamp;

use crate::id::{LinkId, SessionId, UserId};
use crate::{Row, StoreError, Transaction, arguments};

/// Whose session it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Holder {
    /// A user who logged in.
    User(UserId),
    /// An auditor with his link.
    Auditor(LinkId),
}

/// A session.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Session {
    /// Its identifier, by which it is listed and ended.
    pub id: SessionId,
    /// Whose.
    pub holder: Holder,
    /// When it began.
    pub created_at: Timestamp,
    /// When it was last used, to the minute.
    pub seen_at: Timestamp,
    /// When it ends, however much it is used.
    pub expires_at: Timestamp,
    /// The browser, as it calls itself.
    pub agent: String,
    /// The second factor was given, where the user has one.
    pub complete: bool,
}

fn read(row: &Row) -> Result<Session, StoreError> {
    let (user, link) = (row.get::<Option<UserId>>(1)?, row.get::<Option<LinkId>>(2)?);
    let holder = match (user, link) {
        (Some(user), None) => Holder::User(user),
        (None, Some(link)) => Holder::Auditor(link),
        _ => {
            return Err(StoreError::Content {
                expected: "a user or a link",
                found: "both or none".to_owned(),
            });
        }
    };
    Ok(Session {
        id: row.get(0)?,
        holder,
        created_at: row.get(3)?,
        seen_at: row.get(4)?,
        expires_at: row.get(5)?,
        agent: row.get(6)?,
        complete: row.get(7)?,
    })
}

/// Keeps a new session.
pub async fn insert(
    transaction: &mut Transaction,
    session: &Session,
    token_hash: &str,
) -> Result<(), StoreError> {
    let (user, link) = match &session.holder {
        Holder::User(user) => (Some(user), None),
        Holder::Auditor(link) => (None, Some(link)),
    };
    transaction
        .execute(
            "INSERT INTO session
                 (id, token_hash, user_account, link, created_at, seen_at, expires_at, agent, complete)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
            arguments![
                &session.id,
                token_hash,
                user,
                link,
                session.created_at,
                session.seen_at,
                session.expires_at,
                &session.agent,
                session.complete
            ],
        )
        .await
        .map(drop)
}

/// The session of a token's hash, if it has not ended.
pub async fn by_token(
    transaction: &mut Transaction,
    token_hash: &str,
    now: Timestamp,
    seen_since: Timestamp,
) -> Result<Option<Session>, StoreError> {
    let row = transaction
        .fetch_optional(
            "SELECT id, user_account, link, created_at, seen_at, expires_at, agent, complete
             FROM session WHERE token_hash = $1 AND expires_at > $2 AND seen_at >= $3",
            arguments![token_hash, now, seen_since],
        )
        .await?;
    row.as_ref().map(read).transpose()
}

/// The open sessions of a user, the last used first, at most `most`.
pub async fn of_user(
    transaction: &mut Transaction,
    user: &UserId,
    now: Timestamp,
    seen_since: Timestamp,
    most: u32,
) -> Result<Vec<Session>, StoreError> {
    let rows = transaction
        .fetch_all(
            "SELECT id, user_account, link, created_at, seen_at, expires_at, agent, complete
             FROM session WHERE user_account = $1 AND expires_at > $2 AND seen_at >= $3
             ORDER BY seen_at DESC, id LIMIT $4",
            arguments![user, now, seen_since, most],
        )
        .await?;
    rows.iter().map(read).collect()
}

/// Notes that a session was used.
pub async fn touch(transaction: &mut Transaction, id: &SessionId, at: Timestamp) -> Result<(), StoreError> {
    transaction.execute("UPDATE session SET seen_at = $2 WHERE id = $1", arguments![id, at]).await.map(drop)
}

/// Ends a session.
pub async fn end(transaction: &mut Transaction, id: &SessionId) -> Result<(), StoreError> {
    transaction.execute("DELETE FROM session WHERE id = $1", arguments![id]).await.map(drop)
}

/// Ends a session of a user, and says whether there was one.
pub async fn end_of_user(
    transaction: &mut Transaction,
    user: &UserId,
    id: &SessionId,
) -> Result<bool, StoreError> {
    let sql = "DELETE FROM session WHERE user_account = $1 AND id = $2";
    Ok(transaction.execute(sql, arguments![user, id]).await? == 1)
}

/// Ends all sessions of a user but one, and says how many it were.
pub async fn end_all(
    transaction: &mut Transaction,
    user: &UserId,
    but: Option<&SessionId>,
) -> Result<u64, StoreError> {
    let but = but.map_or("", SessionId::as_str);
    let sql = "DELETE FROM session WHERE user_account = $1 AND id <> $2";
    transaction.execute(sql, arguments![user, but]).await
}

/// Ends the sessions of an auditor's link.
pub async fn end_of_link(transaction: &mut Transaction, link: &LinkId) -> Result<(), StoreError> {
    transaction.execute("DELETE FROM session WHERE link = $1", arguments![link]).await.map(drop)
}

/// Removes what has ended by itself.
pub async fn sweep(
    transaction: &mut Transaction,
    now: Timestamp,
    seen_since: Timestamp,
) -> Result<u64, StoreError> {
    let sql = "DELETE FROM session WHERE expires_at <= $1 OR seen_at < $2";
    transaction.execute(sql, arguments![now, seen_since]).await
}
