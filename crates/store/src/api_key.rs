//! Keys for the REST API. The database knows only the hash of a key, and its first characters to recognise it.

use jiff::Timestamp;

use crate::id::{ApiKeyId, ClientId};
use crate::{Row, StoreError, Transaction, arguments};

/// A key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ApiKey {
    /// Its identifier.
    pub id: ApiKeyId,
    /// Whose.
    pub client: ClientId,
    /// What it is called.
    pub name: String,
    /// Its first characters.
    pub prefix: String,
    /// The words of its scopes.
    pub scopes: Vec<String>,
    /// Who made it.
    pub created_by: String,
    /// When it was made.
    pub created_at: Timestamp,
    /// When it was last used, to the minute.
    pub used_at: Option<Timestamp>,
    /// When it ends; none where it does not.
    pub expires_at: Option<Timestamp>,
    /// When it was revoked.
    pub revoked_at: Option<Timestamp>,
}

fn read(row: &Row) -> Result<ApiKey, StoreError> {
    Ok(ApiKey {
        id: row.get(0)?,
        client: row.get(1)?,
        name: row.get(2)?,
        prefix: row.get(3)?,
        scopes: row.get::<String>(4)?.split_whitespace().map(str::to_owned).collect(),
        created_by: row.get(5)?,
        created_at: row.get(6)?,
        used_at: row.get(7)?,
        expires_at: row.get(8)?,
        revoked_at: row.get(9)?,
    })
}

/// Keeps a new key.
pub async fn insert(transaction: &mut Transaction, key: &ApiKey, token_hash: &str) -> Result<(), StoreError> {
    transaction
        .execute(
            "INSERT INTO api_key
                 (id, client, name, prefix, token_hash, scopes, created_by, created_at, expires_at)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
            arguments![
                &key.id,
                &key.client,
                &key.name,
                &key.prefix,
                token_hash,
                key.scopes.join(" "),
                &key.created_by,
                key.created_at,
                key.expires_at
            ],
        )
        .await
        .map(drop)
}

/// The key of a hash, if it holds now and its client is there.
pub async fn by_token(
    transaction: &mut Transaction,
    token_hash: &str,
    now: Timestamp,
) -> Result<Option<ApiKey>, StoreError> {
    let row = transaction
        .fetch_optional(
            "SELECT k.id, k.client, k.name, k.prefix, k.scopes, k.created_by, k.created_at, k.used_at,
                    k.expires_at, k.revoked_at
             FROM api_key k JOIN client c ON c.id = k.client
             WHERE k.token_hash = $1 AND k.revoked_at IS NULL AND c.deleted_at IS NULL
               AND (k.expires_at IS NULL OR k.expires_at > $2)",
            arguments![token_hash, now],
        )
        .await?;
    row.as_ref().map(read).transpose()
}

/// The keys of a client, revoked ones too, the newest first, at most `most`.
pub async fn of_client(
    transaction: &mut Transaction,
    client: &ClientId,
    most: u32,
) -> Result<Vec<ApiKey>, StoreError> {
    let rows = transaction
        .fetch_all(
            "SELECT id, client, name, prefix, scopes, created_by, created_at, used_at, expires_at, revoked_at
             FROM api_key WHERE client = $1 ORDER BY id DESC LIMIT $2",
            arguments![client, most],
        )
        .await?;
    rows.iter().map(read).collect()
}

/// Notes that a key was used.
pub async fn touch(transaction: &mut Transaction, id: &ApiKeyId, at: Timestamp) -> Result<(), StoreError> {
    transaction.execute("UPDATE api_key SET used_at = $2 WHERE id = $1", arguments![id, at]).await.map(drop)
}

/// Revokes a key of a client, and says whether it held.
pub async fn revoke(
    transaction: &mut Transaction,
    client: &ClientId,
    id: &ApiKeyId,
    at: Timestamp,
) -> Result<bool, StoreError> {
    let sql = "UPDATE api_key SET revoked_at = $3 WHERE client = $1 AND id = $2 AND revoked_at IS NULL";
    Ok(transaction.execute(sql, arguments![client, id, at]).await? == 1)
}

/// Revokes all keys of a client.
pub async fn revoke_all(
    transaction: &mut Transaction,
    client: &ClientId,
    at: Timestamp,
) -> Result<(), StoreError> {
    let sql = "UPDATE api_key SET revoked_at = $2 WHERE client = $1 AND revoked_at IS NULL";
    transaction.execute(sql, arguments![client, at]).await.map(drop)
}
