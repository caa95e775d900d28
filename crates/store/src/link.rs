//! Links that open something without a login: the first set-up, invitations, new passwords, auditors' links. The
//! database knows only the hash of a link's token.

use jiff::Timestamp;
use jiff::civil::Date;

use crate::id::{ClientId, LinkId, UserId};
use crate::{Row, StoreError, Transaction, arguments};

/// What a link opens.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// The first set-up of the owner.
    Setup,
    /// Becoming a member of a client.
    Invitation,
    /// Setting a new password.
    Password,
    /// Reading one period of a client.
    Auditor,
}

impl Purpose {
    /// The word in the database.
    pub fn name(self) -> &'static str {
        match self {
            Self::Setup => "setup",
            Self::Invitation => "invitation",
            Self::Password => "password",
            Self::Auditor => "auditor",
        }
    }

    fn parse(name: &str) -> Option<Self> {
        [Self::Setup, Self::Invitation, Self::Password, Self::Auditor]
            .into_iter()
            .find(|purpose| purpose.name() == name)
    }
}

/// A link.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    /// Its identifier, by which it is listed and taken back.
    pub id: LinkId,
    /// What it opens.
    pub purpose: Purpose,
    /// Of which client.
    pub client: Option<ClientId>,
    /// Of which user.
    pub user: Option<UserId>,
    /// For whom it was made: a mail address, or an auditor's name.
    pub email: String,
    /// The word of the role that an invitation gives.
    pub role: Option<String>,
    /// An auditor's period, first and last day.
    pub period: Option<(Date, Date)>,
    /// Who made it.
    pub created_by: String,
    /// When it was made.
    pub created_at: Timestamp,
    /// When it ends.
    pub expires_at: Timestamp,
    /// When it was used up or taken back.
    pub used_at: Option<Timestamp>,
}

fn read(row: &Row) -> Result<Link, StoreError> {
    let purpose: String = row.get(1)?;
    let purpose = Purpose::parse(&purpose)
        .ok_or(StoreError::Content { expected: "the purpose of a link", found: purpose })?;
    Ok(Link {
        id: row.get(0)?,
        purpose,
        client: row.get(2)?,
        user: row.get(3)?,
        email: row.get(4)?,
        role: row.get(5)?,
        period: row.get::<Option<Date>>(6)?.zip(row.get(7)?),
        created_by: row.get(8)?,
        created_at: row.get(9)?,
        expires_at: row.get(10)?,
        used_at: row.get(11)?,
    })
}

/// Keeps a new link.
pub async fn insert(transaction: &mut Transaction, link: &Link, token_hash: &str) -> Result<(), StoreError> {
    transaction
        .execute(
            "INSERT INTO link (id, token_hash, purpose, client, user_account, email, role, from_date,
                               until_date, created_by, created_at, expires_at)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)",
            arguments![
                &link.id,
                token_hash,
                link.purpose.name(),
                link.client.as_ref(),
                link.user.as_ref(),
                &link.email,
                link.role.as_ref(),
                link.period.map(|(from, _)| from),
                link.period.map(|(_, until)| until),
                &link.created_by,
                link.created_at,
                link.expires_at
            ],
        )
        .await
        .map(drop)
}

/// The link of a token's hash, if it is for this purpose, open and not expired.
pub async fn by_token(
    transaction: &mut Transaction,
    token_hash: &str,
    purpose: Purpose,
    now: Timestamp,
) -> Result<Option<Link>, StoreError> {
    let row = transaction
        .fetch_optional(
            "SELECT id, purpose, client, user_account, email, role, from_date, until_date, created_by,
                    created_at, expires_at, used_at
             FROM link WHERE token_hash = $1 AND purpose = $2 AND used_at IS NULL AND expires_at > $3",
            arguments![token_hash, purpose.name(), now],
        )
        .await?;
    row.as_ref().map(read).transpose()
}

/// The link of an identifier, if it is open and not expired.
pub async fn find(
    transaction: &mut Transaction,
    id: &LinkId,
    now: Timestamp,
) -> Result<Option<Link>, StoreError> {
    let row = transaction
        .fetch_optional(
            "SELECT id, purpose, client, user_account, email, role, from_date, until_date, created_by,
                    created_at, expires_at, used_at
             FROM link WHERE id = $1 AND used_at IS NULL AND expires_at > $2",
            arguments![id, now],
        )
        .await?;
    row.as_ref().map(read).transpose()
}

/// The open links of a client for a purpose, the newest first, at most `most`.
pub async fn of_client(
    transaction: &mut Transaction,
    client: &ClientId,
    purpose: Purpose,
    now: Timestamp,
    most: u32,
) -> Result<Vec<Link>, StoreError> {
    let rows = transaction
        .fetch_all(
            "SELECT id, purpose, client, user_account, email, role, from_date, until_date, created_by,
                    created_at, expires_at, used_at
             FROM link WHERE client = $1 AND purpose = $2 AND used_at IS NULL AND expires_at > $3
             ORDER BY id DESC LIMIT $4",
            arguments![client, purpose.name(), now, most],
        )
        .await?;
    rows.iter().map(read).collect()
}

/// Uses a link up or takes it back, and says whether it was still open.
pub async fn use_up(transaction: &mut Transaction, id: &LinkId, at: Timestamp) -> Result<bool, StoreError> {
    let sql = "UPDATE link SET used_at = $2 WHERE id = $1 AND used_at IS NULL";
    Ok(transaction.execute(sql, arguments![id, at]).await? == 1)
}

/// Takes back all open links for a purpose that carry a mail address; an empty client means those of no client.
pub async fn withdraw(
    transaction: &mut Transaction,
    purpose: Purpose,
    client: Option<&ClientId>,
    email: &str,
    at: Timestamp,
) -> Result<(), StoreError> {
    let client = client.map_or("", ClientId::as_str);
    transaction
        .execute(
            "UPDATE link SET used_at = $4
             WHERE purpose = $1 AND COALESCE(client, '') = $2 AND email = $3 AND used_at IS NULL",
            arguments![purpose.name(), client, email, at],
        )
        .await
        .map(drop)
}

/// Takes back all open links of a client.
pub async fn withdraw_all(
    transaction: &mut Transaction,
    client: &ClientId,
    at: Timestamp,
) -> Result<(), StoreError> {
    let sql = "UPDATE link SET used_at = $2 WHERE client = $1 AND used_at IS NULL";
    transaction.execute(sql, arguments![client, at]).await.map(drop)
}
