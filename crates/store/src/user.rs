//! Users, their passwords (as hashes), second factors (sealed) and recovery codes (as hashes).

use jiff::Timestamp;
use secrecy::SecretString;

use crate::id::UserId;
use crate::{Row, StoreError, Transaction, arguments};

/// A user.
#[derive(Clone, Debug)]
pub struct User {
    /// His identifier.
    pub id: UserId,
    /// His mail address, in small letters; he logs in with it.
    pub email: String,
    /// His name.
    pub name: String,
    /// The hash of his password (PHC string); none until he has set one.
    pub password_hash: Option<SecretString>,
    /// The two letters of his language.
    pub language: String,
    /// `light`, `dark` or `auto`.
    pub theme: String,
    /// May create clients and reset logins.
    pub operator: bool,
    /// When he was made.
    pub created_at: Timestamp,
    /// Since when he may not log in.
    pub disabled_at: Option<Timestamp>,
    /// The secret of his second factor, sealed.
    pub totp_sealed: Option<Vec<u8>>,
    /// A secret that waits for its first code, sealed.
    pub totp_pending_sealed: Option<Vec<u8>>,
    /// The last step whose code was taken.
    pub totp_step: Option<i64>,
}

fn read(row: &Row) -> Result<User, StoreError> {
    Ok(User {
        id: row.get(0)?,
        email: row.get(1)?,
        name: row.get(2)?,
        password_hash: row.get::<Option<String>>(3)?.map(SecretString::from),
        language: row.get(4)?,
        theme: row.get(5)?,
        operator: row.get(6)?,
        created_at: row.get(7)?,
        disabled_at: row.get(8)?,
        totp_sealed: row.get(9)?,
        totp_pending_sealed: row.get(10)?,
        totp_step: row.get(11)?,
    })
}

/// Makes a user without password and second factor.
pub async fn insert(
    transaction: &mut Transaction,
    id: &UserId,
    email: &str,
    name: &str,
    language: &str,
    operator: bool,
    at: Timestamp,
) -> Result<(), StoreError> {
    transaction
        .execute(
            "INSERT INTO user_account (id, email, name, language, theme, operator, created_at)
             VALUES ($1, $2, $3, $4, 'auto', $5, $6)",
            arguments![id, email, name, language, operator, at],
        )
        .await
        .map(drop)
}

/// The user of an identifier.
pub async fn find(transaction: &mut Transaction, id: &UserId) -> Result<Option<User>, StoreError> {
    let row = transaction
        .fetch_optional(
            "SELECT id, email, name, password_hash, language, theme, operator, created_at, disabled_at,
                    totp_sealed, totp_pending_sealed, totp_step
             FROM user_account WHERE id = $1",
            arguments![id],
        )
        .await?;
    row.as_ref().map(read).transpose()
}

/// The user of a mail address in small letters.
pub async fn by_email(transaction: &mut Transaction, email: &str) -> Result<Option<User>, StoreError> {
    let row = transaction
        .fetch_optional(
            "SELECT id, email, name, password_hash, language, theme, operator, created_at, disabled_at,
                    totp_sealed, totp_pending_sealed, totp_step
             FROM user_account WHERE email = $1",
            arguments![email],
        )
        .await?;
    row.as_ref().map(read).transpose()
}

/// All users by mail address, at most `most`.
pub async fn all(transaction: &mut Transaction, most: u32) -> Result<Vec<User>, StoreError> {
    let rows = transaction
        .fetch_all(
            "SELECT id, email, name, password_hash, language, theme, operator, created_at, disabled_at,
                    totp_sealed, totp_pending_sealed, totp_step
             FROM user_account ORDER BY email LIMIT $1",
            arguments![most],
        )
        .await?;
    rows.iter().map(read).collect()
}

/// How many users there are.
pub async fn count(transaction: &mut Transaction) -> Result<u64, StoreError> {
    transaction.fetch_one("SELECT COUNT(*) FROM user_account", arguments![]).await?.get(0)
}

/// How many operators can log in.
pub async fn count_operators(transaction: &mut Transaction) -> Result<u64, StoreError> {
    let sql = "SELECT COUNT(*) FROM user_account WHERE operator = true AND disabled_at IS NULL";
    transaction.fetch_one(sql, arguments![]).await?.get(0)
}

/// Keeps the hash of a password.
pub async fn set_password(
    transaction: &mut Transaction,
    id: &UserId,
    password_hash: &str,
) -> Result<(), StoreError> {
    let sql = "UPDATE user_account SET password_hash = $2 WHERE id = $1";
    transaction.execute(sql, arguments![id, password_hash]).await.map(drop)
}

/// Keeps language and theme.
pub async fn set_preferences(
    transaction: &mut Transaction,
    id: &UserId,
    language: &str,
    theme: &str,
) -> Result<(), StoreError> {
    let sql = "UPDATE user_account SET language = $2, theme = $3 WHERE id = $1";
    transaction.execute(sql, arguments![id, language, theme]).await.map(drop)
}

/// Keeps the sealed secret of a second factor that waits for its first code.
pub async fn set_pending_factor(
    transaction: &mut Transaction,
    id: &UserId,
    totp_pending_sealed: &[u8],
) -> Result<(), StoreError> {
    let sql = "UPDATE user_account SET totp_pending_sealed = $2 WHERE id = $1";
    transaction.execute(sql, arguments![id, totp_pending_sealed]).await.map(drop)
}

/// Keeps the sealed secret of the second factor with the step whose code proved it, or takes both away; nothing waits
/// any more.
pub async fn set_second_factor(
    transaction: &mut Transaction,
    id: &UserId,
    totp_sealed: Option<&[u8]>,
    totp_step: Option<i64>,
) -> Result<(), StoreError> {
    let sql =
        "UPDATE user_account SET totp_sealed = $2, totp_step = $3, totp_pending_sealed = NULL WHERE id = $1";
    transaction.execute(sql, arguments![id, totp_sealed, totp_step]).await.map(drop)
}

/// Takes a step of the second factor, and says whether it was not taken before: a code counts once.
pub async fn take_step(transaction: &mut Transaction, id: &UserId, step: i64) -> Result<bool, StoreError> {
    let sql = "UPDATE user_account SET totp_step = $2 WHERE id = $1 AND COALESCE(totp_step, 0) < $2";
    Ok(transaction.execute(sql, arguments![id, step]).await? == 1)
}

/// Lets a user log in no more, or again.
pub async fn set_disabled(
    transaction: &mut Transaction,
    id: &UserId,
    at: Option<Timestamp>,
) -> Result<(), StoreError> {
    let sql = "UPDATE user_account SET disabled_at = $2 WHERE id = $1";
    transaction.execute(sql, arguments![id, at]).await.map(drop)
}

/// Puts new recovery codes in the place of the old.
pub async fn set_recovery_codes(
    transaction: &mut Transaction,
    id: &UserId,
    hashes: &[String],
) -> Result<(), StoreError> {
    transaction.execute("DELETE FROM recovery_code WHERE user_account = $1", arguments![id]).await?;
    for hash in hashes {
        transaction
            .execute(
                "INSERT INTO recovery_code (user_account, code_hash) VALUES ($1, $2)",
                arguments![id, hash],
            )
            .await?;
    }
    Ok(())
}

/// Takes a recovery code, and says whether it was there and not used before.
pub async fn take_recovery_code(
    transaction: &mut Transaction,
    id: &UserId,
    hash: &str,
    at: Timestamp,
) -> Result<bool, StoreError> {
    let sql = "UPDATE recovery_code SET used_at = $3
               WHERE user_account = $1 AND code_hash = $2 AND used_at IS NULL";
    Ok(transaction.execute(sql, arguments![id, hash, at]).await? == 1)
}

/// How many recovery codes are left.
pub async fn recovery_codes_left(transaction: &mut Transaction, id: &UserId) -> Result<u64, StoreError> {
    let sql = "SELECT COUNT(*) FROM recovery_code WHERE user_account = $1 AND used_at IS NULL";
    transaction.fetch_one(sql, arguments![id]).await?.get(0)
}
