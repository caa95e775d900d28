//! Attempts are counted before they are made: who has failed too often waits, longer each time.

use jiff::{SignedDuration, Timestamp};
use store::login_attempt::{self, Attempts};
use store::{Transaction, transact};

use crate::context::App;
use crate::refusal::{AppError, Refusal, RefusalKind};

/// Attempts that are free before the first pause.
const FREE: u32 = 5;
/// For an address, behind which a whole office may sit.
const FREE_OF_ADDRESS: u32 = 20;
/// The first pause in seconds; each further one is twice as long.
const PAUSE: i64 = 30;
/// The longest pause in seconds: nobody shuts another one out for long.
const PAUSE_MAX: i64 = 15 * 60;
/// After this time failures are forgotten.
const MEMORY: SignedDuration = SignedDuration::from_hours(24);

/// How an address is counted.
pub(super) fn address(address: &str) -> String {
    format!("address:{address}")
}

/// Counts an attempt for each subject, or refuses it where one of them has to wait. Counting comes first, so that many
/// attempts at once are not more than many one after the other.
pub(super) async fn count(app: &App, subjects: &[String]) -> Result<(), AppError> {
    let now = app.now();
    transact!(app.database, transaction => {
        for subject in subjects {
            count_one(transaction, subject, now).await?;
        }
        Ok(())
    })
}

async fn count_one(transaction: &mut Transaction, subject: &str, now: Timestamp) -> Result<(), AppError> {
    let known = login_attempt::find(transaction, subject).await?;
    let known = known.filter(|known| known.last_at.saturating_add(MEMORY).is_ok_and(|end| end > now));
    if let Some(known) = known.filter(|known| known.blocked_until > now) {
        return Err(too_often(known.blocked_until.duration_since(now)).into());
    }
    let failures = known.map_or(0, |known| known.failures).saturating_add(1);
    let free = if subject.starts_with("address:") { FREE_OF_ADDRESS } else { FREE };
    let pause = match failures.checked_sub(free) {
        Some(beyond) => PAUSE.saturating_mul(1 << beyond.min(10)).min(PAUSE_MAX),
        None => 0,
    };
    let blocked_until = now.saturating_add(SignedDuration::from_secs(pause)).unwrap_or(now);
    login_attempt::save(transaction, subject, Attempts { failures, blocked_until, last_at: now }).await?;
    Ok(())
}

/// The attempt was right: an account starts anew, an address gets back the one that was counted.
pub(super) async fn forgive(app: &App, subjects: &[String]) -> Result<(), AppError> {
    transact!(app.database, transaction => {
        for subject in subjects {
            match login_attempt::find(transaction, subject).await? {
                Some(known) if subject.starts_with("address:") && known.failures > 1 => {
                    let failures = known.failures - 1;
                    login_attempt::save(transaction, subject, Attempts { failures, ..known }).await?;
                }
                Some(_) => login_attempt::clear(transaction, subject).await?,
                None => {}
            }
        }
        Ok(())
    })
}

fn too_often(wait: SignedDuration) -> Refusal {
    let minutes = wait.as_secs().saturating_add(59) / 60;
    Refusal::new(
        RefusalKind::TooOften,
        "too-often",
        format!("Zu viele Versuche. Bitte in {minutes} Minuten noch einmal versuchen."),
        format!("Too many attempts. Please try again in {minutes} minutes."),
    )
}
