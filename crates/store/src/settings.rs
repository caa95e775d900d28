//! The settings of clients, in numbered versions. A version is never changed: batches name the one by which they were made.

use jiff::Timestamp;

use crate::id::ClientId;
use crate::{Row, StoreError, Transaction, arguments};

/// A version of a client's settings.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Version {
    /// Its number, counted from 1.
    pub version: i64,
    /// The configuration file.
    pub content: String,
    /// SHA-256 of its bytes, in hexadecimal.
    pub sha256: String,
    /// Who made it, as the journal names him.
    pub author: String,
    /// When.
    pub at: Timestamp,
    /// What he said about it.
    pub note: String,
}

impl Version {
    fn read(row: &Row) -> Result<Self, StoreError> {
        Ok(Self {
            version: row.get(0)?,
            content: row.get(1)?,
            sha256: row.get(2)?,
            author: row.get(3)?,
            at: row.get(4)?,
            note: row.get(5)?,
        })
    }
}

/// Adds a version. The unique key refuses a number that is taken ([`StoreError::is_taken`]).
pub async fn add(
    transaction: &mut Transaction,
    client: &ClientId,
    version: &Version,
) -> Result<(), StoreError> {
    let sql = "INSERT INTO settings (client, version, content, sha256, author, at, note)
               VALUES ($1, $2, $3, $4, $5, $6, $7)";
    let Version { version, content, sha256, author, at, note } = version;
    let arguments = arguments![client, *version, content, sha256, author, *at, note];
    transaction.execute(sql, arguments).await.map(drop)
}

/// The newest version; none for a client without settings.
pub async fn newest(transaction: &mut Transaction, client: &ClientId) -> Result<Option<Version>, StoreError> {
    let sql = "SELECT version, content, sha256, author, at, note FROM settings
               WHERE client = $1 ORDER BY version DESC LIMIT 1";
    transaction.fetch_optional(sql, arguments![client]).await?.as_ref().map(Version::read).transpose()
}

/// A version by its number.
pub async fn find(
    transaction: &mut Transaction,
    client: &ClientId,
    version: i64,
) -> Result<Option<Version>, StoreError> {
    let sql =
        "SELECT version, content, sha256, author, at, note FROM settings WHERE client = $1 AND version = $2";
    let row = transaction.fetch_optional(sql, arguments![client, version]).await?;
    row.as_ref().map(Version::read).transpose()
}

/// Versions, the newest first, before a number (none: from the newest), at most `most`.
pub async fn list(
    transaction: &mut Transaction,
    client: &ClientId,
    before: Option<i64>,
    most: u32,
) -> Result<Vec<Version>, StoreError> {
    let sql = "SELECT version, content, sha256, author, at, note FROM settings
               WHERE client = $1 AND version < $2 ORDER BY version DESC LIMIT $3";
    let arguments = arguments![client, before.unwrap_or(i64::MAX), most];
    transaction.fetch_all(sql, arguments).await?.iter().map(Version::read).collect()
}

/// Versions of all clients after one of them (none: from the first), at most `most`: for verifying one after the other.
pub async fn after(
    transaction: &mut Transaction,
    after: Option<(&ClientId, i64)>,
    most: u32,
) -> Result<Vec<(ClientId, Version)>, StoreError> {
    let sql = "SELECT version, content, sha256, author, at, note, client FROM settings
               WHERE (client, version) > ($1, $2) ORDER BY client, version LIMIT $3";
    let (client, version) = after.map_or(("", 0), |(client, version)| (client.as_str(), version));
    let rows = transaction.fetch_all(sql, arguments![client, version, most]).await?;
    rows.iter().map(|row| Ok((row.get(6)?, Version::read(row)?))).collect()
}
