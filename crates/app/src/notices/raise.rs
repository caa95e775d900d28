//! A notice begins, and ends.

use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan as _};
use store::Transaction;
use store::id::ClientId;
use store::notices::{self, Rhythm};

use super::{Notice, NoticeKind};
use crate::refusal::AppError;
use crate::{App, zone};

/// The digest of a day goes out at this hour of the client's zone.
const DIGEST_HOUR: i8 = 7;

/// Opens a notice and puts it on its way to those who want to hear of it. Nothing happens where it is open already.
pub(crate) async fn raise(app: &App, transaction: &mut Transaction, notice: Notice) -> Result<(), AppError> {
    let now = app.now();
    let kept = notices::Notice {
        id: store::id::new_uuid(app.machine.as_ref()),
        client: notice.client,
        kind: notice.kind.name().to_owned(),
        subject: notice.subject,
        german: notice.german,
        english: notice.english,
        path: notice.path,
        created_at: now,
    };
    if !notices::open(transaction, &kept).await? {
        return Ok(());
    }
    let zone = zone::of_client(app, &kept.client).await?;
    for recipient in notices::recipients(transaction, &kept.client, &kept.kind).await? {
        let due_at = match recipient.rhythm {
            Rhythm::AtOnce => now,
            Rhythm::Daily => next_digest(&zone, now),
            Rhythm::Never => continue,
        };
        notices::address(transaction, &kept.id, &recipient.user, due_at).await?;
    }
    Ok(())
}

/// What a notice told is over.
pub(crate) async fn settle(
    transaction: &mut Transaction,
    client: &ClientId,
    kind: NoticeKind,
    subject: &str,
    at: Timestamp,
) -> Result<(), AppError> {
    notices::settle(transaction, client, kind.name(), subject, at).await?;
    Ok(())
}

/// Everything that was told about a thing is over.
pub(crate) async fn settle_all_of(
    transaction: &mut Transaction,
    client: &ClientId,
    subject: &str,
    at: Timestamp,
) -> Result<(), AppError> {
    Ok(notices::settle_subject(transaction, client, subject, at).await?)
}

/// The next morning in a zone.
fn next_digest(zone: &TimeZone, now: Timestamp) -> Timestamp {
    let local = now.to_zoned(zone.clone());
    let morning = |days: i64| {
        let date = local.date().checked_add(days.days()).ok()?;
        Some(date.at(DIGEST_HOUR, 0, 0, 0).to_zoned(zone.clone()).ok()?.timestamp())
    };
    [morning(0), morning(1)].into_iter().flatten().find(|time| *time > now).unwrap_or(now)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_digest_goes_out_in_the_morning_of_the_client() {
        let zone = TimeZone::get("Europe/Berlin").unwrap();
        let next = |now: &str| next_digest(&zone, now.parse().unwrap()).to_string();
        assert_eq!(next("2026-11-25T05:59:00Z"), "2026-11-25T06:00:00Z");
        assert_eq!(next("2026-11-25T06:00:00Z"), "2026-11-26T06:00:00Z");
        assert_eq!(next("2026-10-24T12:00:00Z"), "2026-10-25T06:00:00Z", "the clocks change in the night");
    }
}
