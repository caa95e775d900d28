//! When the month of a client leaves by itself.

use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp, ToSpan as _};
use sha2::{Digest as _, Sha256};
use store::Transaction;
use store::automation::{self, Automation};
use store::id::ClientId;

use crate::configuration::Configuration;
use crate::refusal::AppError;

/// Exports begin at this hour of the client's zone, before people come to work …
const HOUR: i8 = 4;

/// … spread over so many seconds, so that the clients of a house do not all come at once.
const SPREAD: u32 = 2 * 60 * 60;

/// Day of the export where a client has only said where batches go, and not yet when.
pub(super) const USUAL_DAY: u32 = 5;

/// The first instant after another that lies on this day of a month (1 to 28) at the client's own time.
pub(crate) fn following(client: &ClientId, day: u32, zone: &TimeZone, after: Timestamp) -> Timestamp {
    let today = after.to_zoned(zone.clone()).date();
    let first = today.first_of_month();
    let of_month = |months: i32| {
        let day = i8::try_from(day).ok()?;
        let date = first.checked_add(months.months()).ok()?;
        at(client, Date::new(date.year(), date.month(), day).ok()?, zone)
    };
    [of_month(0), of_month(1), of_month(2)].into_iter().flatten().find(|time| *time > after).unwrap_or(after)
}

/// The client's own time on the day after an instant, to look again.
pub(crate) fn tomorrow(client: &ClientId, zone: &TimeZone, after: Timestamp) -> Timestamp {
    let tomorrow = after.to_zoned(zone.clone()).date().saturating_add(1.day());
    at(client, tomorrow, zone).unwrap_or(after)
}

fn at(client: &ClientId, date: Date, zone: &TimeZone) -> Option<Timestamp> {
    let hash = Sha256::digest(client.as_str());
    let number = hash.iter().take(4).fold(0_u32, |number, byte| number << 8 | u32::from(*byte));
    let time =
        date.at(HOUR, 0, 0, 0).checked_add(SignedDuration::from_secs(i64::from(number % SPREAD))).ok()?;
    Some(time.to_zoned(zone.clone()).ok()?.timestamp())
}

/// Lets the schedule follow new settings: their day of export, or none.
pub(crate) async fn reschedule(
    transaction: &mut Transaction,
    client: &ClientId,
    configuration: &Configuration,
    now: Timestamp,
) -> Result<(), AppError> {
    let day = configuration.handling.export_day;
    let there = automation::of_client(transaction, client).await?;
    if day.is_none() && there.is_none() {
        return Ok(());
    }
    let unchanged =
        there.as_ref().is_some_and(|there| there.active == day.is_some() && Some(there.day) == day);
    if unchanged {
        return Ok(());
    }
    let active = day.is_some();
    let day = day.or(there.as_ref().map(|there| there.day)).unwrap_or(USUAL_DAY);
    let next_run_at = following(client, day, configuration.rules.client().zone.zone(), now);
    let chosen = match there {
        Some(there) => Automation { day, active, next_run_at, ..there },
        None => Automation {
            client: client.clone(),
            day,
            active,
            folder: None,
            webhook: None,
            secret_sealed: None,
            mail: None,
            next_run_at,
        },
    };
    Ok(automation::keep(transaction, &chosen).await?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_day_comes_once_a_month_in_the_clients_zone() {
        let client = ClientId::parse("0193a000-0000-7000-8000-000000000001").unwrap();
        let zone = TimeZone::get("Europe/Berlin").unwrap();
        let date = |time: Timestamp| time.to_zoned(zone.clone()).date().to_string();
        let now: Timestamp = "2026-11-25T08:00:00Z".parse().unwrap();
        let first = following(&client, 5, &zone, now);
        assert_eq!(date(first), "2026-12-05");
        let hour = first.to_zoned(zone.clone()).hour();
        assert!((HOUR..HOUR + 2).contains(&hour), "{hour}");
        assert_eq!(date(following(&client, 5, &zone, first)), "2027-01-05");
        assert_eq!(date(following(&client, 28, &zone, now)), "2026-11-28");
        assert_eq!(date(tomorrow(&client, &zone, now)), "2026-11-26");
    }
}
