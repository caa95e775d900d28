//! Which user is what to which client.

use jiff::Timestamp;

use crate::id::{ClientId, UserId};
use crate::{StoreError, Transaction, arguments};

/// A user as a member of a client.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Member {
    /// Who.
    pub user: UserId,
    /// His mail address.
    pub email: String,
    /// His name.
    pub name: String,
    /// The word of his role.
    pub role: String,
    /// Has he a second factor?
    pub second_factor: bool,
    /// Since when he is a member.
    pub since: Timestamp,
    /// When he last used Kontor.
    pub seen_at: Option<Timestamp>,
}

/// Gives a user a role for a client, in the place of the one he had.
pub async fn set(
    transaction: &mut Transaction,
    client: &ClientId,
    user: &UserId,
    role: &str,
    at: Timestamp,
) -> Result<(), StoreError> {
    transaction
        .execute(
            "INSERT INTO membership (client, user_account, role, created_at) VALUES ($1, $2, $3, $4)
             ON CONFLICT (client, user_account) DO UPDATE SET role = excluded.role",
            arguments![client, user, role, at],
        )
        .await
        .map(drop)
}

/// Takes a user away from a client, and says whether he was there.
pub async fn remove(
    transaction: &mut Transaction,
    client: &ClientId,
    user: &UserId,
) -> Result<bool, StoreError> {
    let sql = "DELETE FROM membership WHERE client = $1 AND user_account = $2";
    Ok(transaction.execute(sql, arguments![client, user]).await? == 1)
}

/// Takes everybody away from a client.
pub async fn remove_all(transaction: &mut Transaction, client: &ClientId) -> Result<(), StoreError> {
    transaction.execute("DELETE FROM membership WHERE client = $1", arguments![client]).await.map(drop)
}

/// The word of a user's role for a client.
pub async fn role(
    transaction: &mut Transaction,
    client: &ClientId,
    user: &UserId,
) -> Result<Option<String>, StoreError> {
    let row = transaction
        .fetch_optional(
            "SELECT role FROM membership WHERE client = $1 AND user_account = $2",
            arguments![client, user],
        )
        .await?;
    row.map(|row| row.get(0)).transpose()
}

/// The roles of a user for all clients that are there.
pub async fn of_user(
    transaction: &mut Transaction,
    user: &UserId,
) -> Result<Vec<(ClientId, String)>, StoreError> {
    let rows = transaction
        .fetch_all(
            "SELECT m.client, m.role FROM membership m JOIN client c ON c.id = m.client
             WHERE m.user_account = $1 AND c.deleted_at IS NULL ORDER BY m.client",
            arguments![user],
        )
        .await?;
    rows.iter().map(|row| Ok((row.get(0)?, row.get(1)?))).collect()
}

/// How many users who can log in have a role for a client.
pub async fn count(transaction: &mut Transaction, client: &ClientId, role: &str) -> Result<u64, StoreError> {
    let row = transaction
        .fetch_one(
            "SELECT COUNT(*) FROM membership m JOIN user_account u ON u.id = m.user_account
             WHERE m.client = $1 AND m.role = $2 AND u.disabled_at IS NULL",
            arguments![client, role],
        )
        .await?;
    row.get(0)
}

/// The members of a client by name, at most `most`.
pub async fn of_client(
    transaction: &mut Transaction,
    client: &ClientId,
    most: u32,
) -> Result<Vec<Member>, StoreError> {
    let rows = transaction
        .fetch_all(
            "SELECT u.id, u.email, u.name, m.role, u.totp_sealed IS NOT NULL, m.created_at,
                    (SELECT MAX(s.seen_at) FROM session s WHERE s.user_account = u.id)
             FROM membership m JOIN user_account u ON u.id = m.user_account
             WHERE m.client = $1 ORDER BY LOWER(u.name), u.id LIMIT $2",
            arguments![client, most],
        )
        .await?;
    rows.iter()
        .map(|row| {
            Ok(Member {
                user: row.get(0)?,
                email: row.get(1)?,
                name: row.get(2)?,
                role: row.get(3)?,
                second_factor: row.get(4)?,
                since: row.get(5)?,
                seen_at: row.get(6)?,
            })
        })
        .collect()
}
