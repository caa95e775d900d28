//! Clients (Mandanten).

use jiff::Timestamp;

use crate::id::{ClientId, UserId};
use crate::{Row, StoreError, Transaction, arguments};

/// A client.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Client {
    /// Its identifier, which stands in addresses.
    pub id: ClientId,
    /// Its number in tables of millions of rows.
    pub number: i64,
    /// Its name.
    pub name: String,
    /// When it was made.
    pub created_at: Timestamp,
}

fn read(row: &Row) -> Result<Client, StoreError> {
    Ok(Client { id: row.get(0)?, number: row.get(1)?, name: row.get(2)?, created_at: row.get(3)? })
}

/// Makes a client, with the next number.
pub async fn insert(
    transaction: &mut Transaction,
    id: &ClientId,
    name: &str,
    at: Timestamp,
) -> Result<Client, StoreError> {
    let row = transaction.fetch_one("SELECT COALESCE(MAX(number), 0) + 1 FROM client", arguments![]).await?;
    let number: i64 = row.get(0)?;
    transaction
        .execute(
            "INSERT INTO client (id, number, name, created_at) VALUES ($1, $2, $3, $4)",
            arguments![id, number, name, at],
        )
        .await?;
    Ok(Client { id: id.clone(), number, name: name.to_owned(), created_at: at })
}

/// The client of an identifier; none where it was deleted.
pub async fn find(transaction: &mut Transaction, id: &ClientId) -> Result<Option<Client>, StoreError> {
    let row = transaction
        .fetch_optional(
            "SELECT id, number, name, created_at FROM client WHERE id = $1 AND deleted_at IS NULL",
            arguments![id],
        )
        .await?;
    row.as_ref().map(read).transpose()
}

/// All clients by name, at most `most`.
pub async fn all(transaction: &mut Transaction, most: u32) -> Result<Vec<Client>, StoreError> {
    let rows = transaction
        .fetch_all(
            "SELECT id, number, name, created_at FROM client
             WHERE deleted_at IS NULL ORDER BY LOWER(name), id LIMIT $1",
            arguments![most],
        )
        .await?;
    rows.iter().map(read).collect()
}

/// The clients of a user with his role in each, by name, at most `most`.
pub async fn of_user(
    transaction: &mut Transaction,
    user: &UserId,
    most: u32,
) -> Result<Vec<(Client, String)>, StoreError> {
    let rows = transaction
        .fetch_all(
            "SELECT c.id, c.number, c.name, c.created_at, m.role
             FROM membership m JOIN client c ON c.id = m.client
             WHERE m.user_account = $1 AND c.deleted_at IS NULL ORDER BY LOWER(c.name), c.id LIMIT $2",
            arguments![user, most],
        )
        .await?;
    rows.iter().map(|row| Ok((read(row)?, row.get(4)?))).collect()
}

/// Gives it another name.
pub async fn rename(transaction: &mut Transaction, id: &ClientId, name: &str) -> Result<(), StoreError> {
    transaction.execute("UPDATE client SET name = $2 WHERE id = $1", arguments![id, name]).await.map(drop)
}

/// Marks it as deleted: nobody reaches it any more.
pub async fn mark_deleted(
    transaction: &mut Transaction,
    id: &ClientId,
    at: Timestamp,
) -> Result<(), StoreError> {
    let sql = "UPDATE client SET deleted_at = $2 WHERE id = $1 AND deleted_at IS NULL";
    transaction.execute(sql, arguments![id, at]).await.map(drop)
}
