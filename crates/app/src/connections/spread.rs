//! When a connection is fetched: a few times a day in the client's zone, each connection at minutes of its own, so that
//! thousands of them come one after the other.

use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp, ToSpan as _};
use sha2::{Digest as _, Sha256};
use store::id::ConnectionId;

/// So often a day.
pub const FETCHES_A_DAY: u32 = 4;

/// The seconds between two of them.
const APART: u32 = 24 * 60 * 60 / FETCHES_A_DAY;

/// The first time after an instant at which a connection is to be fetched. Where the clocks change, the time of day stays.
pub fn next_run(id: &ConnectionId, zone: &TimeZone, now: Timestamp) -> Timestamp {
    let today = now.to_zoned(zone.clone()).date();
    let own = seconds_of(id);
    let days = [today, today.saturating_add(1.day())];
    let times = days.iter().flat_map(|day| {
        (0..FETCHES_A_DAY).filter_map(move |number| {
            let seconds = i64::from(number * APART + own);
            let time = day.at(0, 0, 0, 0).checked_add(SignedDuration::from_secs(seconds)).ok()?;
            time.to_zoned(zone.clone()).ok().map(|time| time.timestamp())
        })
    });
    let next = times.filter(|time| *time > now).min();
    next.unwrap_or_else(|| now.saturating_add(SignedDuration::from_secs(i64::from(APART))).unwrap_or(now))
}

/// The connection's own seconds within the time between two fetches.
fn seconds_of(id: &ConnectionId) -> u32 {
    let hash = Sha256::digest(id.as_str());
    let number = hash.iter().take(4).fold(0_u32, |number, byte| number << 8 | u32::from(*byte));
    number % APART
}

#[cfg(test)]
mod tests {
    use super::*;

    fn berlin() -> TimeZone {
        TimeZone::get("Europe/Berlin").unwrap()
    }

    fn id(number: u32) -> ConnectionId {
        ConnectionId::parse(&format!("0193a000-0000-7000-8000-{number:012x}")).unwrap()
    }

    #[test]
    fn a_day_has_four_fetches_also_where_the_clocks_change() {
        for (day, hours) in [("2026-11-25", 24), ("2026-10-25", 25), ("2026-03-29", 23)] {
            let start = format!("{day}T00:00:00[Europe/Berlin]").parse::<jiff::Zoned>().unwrap().timestamp();
            let end = start + SignedDuration::from_hours(hours);
            for number in 0..50 {
                let mut times = Vec::new();
                let mut now = start - SignedDuration::from_secs(1);
                loop {
                    now = next_run(&id(number), &berlin(), now);
                    if now >= end {
                        break;
                    }
                    times.push(now);
                }
                assert_eq!(times.len(), 4, "{day} {number}");
            }
        }
    }

    #[test]
    fn ten_thousand_connections_are_spread_over_the_whole_time() {
        let now: Timestamp = "2026-11-25T11:00:00Z".parse().unwrap();
        let mut of_minute = std::collections::HashMap::new();
        for number in 0..10_000 {
            let next = next_run(&id(number), &berlin(), now);
            assert!(next > now && next <= now + SignedDuration::from_hours(6));
            *of_minute.entry(next.as_second() / 60).or_insert(0) += 1;
        }
        // 27.8 on average; a burst of twice as many would be no spread.
        let most = of_minute.values().max().copied().unwrap();
        assert!(most < 60, "{most}");
        assert!(of_minute.len() > 350);
    }
}
