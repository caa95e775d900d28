//! Failed attempts to log in, by address and by account: what is throttled survives a restart and holds for all
//! processes of a house.

use jiff::Timestamp;

use crate::{StoreError, Transaction, arguments};

/// What is known of an address or an account.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Attempts {
    /// Failures in a row.
    pub failures: u32,
    /// Until when nothing is tried.
    pub blocked_until: Timestamp,
    /// When the last one failed.
    pub last_at: Timestamp,
}

/// The failures of a subject.
pub async fn find(transaction: &mut Transaction, subject: &str) -> Result<Option<Attempts>, StoreError> {
    let row = transaction
        .fetch_optional(
            "SELECT failures, blocked_until, last_at FROM login_attempt WHERE subject = $1",
            arguments![subject],
        )
        .await?;
    row.map(|row| Ok(Attempts { failures: row.get(0)?, blocked_until: row.get(1)?, last_at: row.get(2)? }))
        .transpose()
}

/// Keeps the failures of a subject.
pub async fn save(
    transaction: &mut Transaction,
    subject: &str,
    attempts: Attempts,
) -> Result<(), StoreError> {
    transaction
        .execute(
            "INSERT INTO login_attempt (subject, failures, blocked_until, last_at) VALUES ($1, $2, $3, $4)
             ON CONFLICT (subject) DO UPDATE SET failures = excluded.failures,
                 blocked_until = excluded.blocked_until, last_at = excluded.last_at",
            arguments![subject, attempts.failures, attempts.blocked_until, attempts.last_at],
        )
        .await
        .map(drop)
}

/// Forgets a subject's failures.
pub async fn clear(transaction: &mut Transaction, subject: &str) -> Result<(), StoreError> {
    transaction.execute("DELETE FROM login_attempt WHERE subject = $1", arguments![subject]).await.map(drop)
}

/// Forgets what failed before an instant.
pub async fn sweep(transaction: &mut Transaction, before: Timestamp) -> Result<u64, StoreError> {
    transaction.execute("DELETE FROM login_attempt WHERE last_at < $1", arguments![before]).await
}
