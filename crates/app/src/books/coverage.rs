//! How far into a month the chain of settlements reaches: «Oktober ist bis 30.10.2026 22:59 belegt».

use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use ledger::calendar::Month;
use providers::amazon_pay::Period;

/// Settlements follow each other within minutes; a longer pause may be a report that is missing.
const PAUSE_MAX: SignedDuration = SignedDuration::from_hours(1);

/// What of a month is there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Coverage {
    /// Until when; none where nothing reaches into the month.
    pub until: Option<Timestamp>,
    /// Does it reach the last instant of the month?
    pub complete: bool,
    /// Does time lie between settlements of the month that no report covers?
    pub gap: bool,
}

/// The coverage by periods in their order.
pub fn coverage<'p>(
    periods: impl IntoIterator<Item = &'p Period>,
    month: Month,
    zone: &TimeZone,
) -> Coverage {
    let begin = month.first().to_zoned(zone.clone()).map_or(Timestamp::MIN, |zoned| zoned.timestamp());
    let end = month.end_in(zone);
    let mut until: Option<Timestamp> = None;
    let mut gap = false;
    for period in periods.into_iter().filter(|period| period.end > begin && period.start < end) {
        let follows = until.is_none_or(|until| period.start.duration_since(until) <= PAUSE_MAX);
        gap |= !follows;
        if follows {
            until = Some(until.map_or(period.end, |until| until.max(period.end)));
        }
    }
    // A report names whole seconds: the last one of the month is its end.
    let complete = until.is_some_and(|until| end.duration_since(until) <= SignedDuration::from_secs(1));
    Coverage { until: until.map(|until| until.min(end)), complete, gap }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    fn period(start: &str, end: &str) -> Period {
        Period { settlement: String::new(), start: start.parse().unwrap(), end: end.parse().unwrap() }
    }

    fn october(periods: &[Period]) -> Coverage {
        coverage(periods, Month::of(date(2026, 10, 1)), &TimeZone::get("Europe/Berlin").unwrap())
    }

    #[test]
    fn a_month_is_covered_when_the_chain_reaches_its_last_instant() {
        let first = period("2026-09-20T00:00:00Z", "2026-10-14T23:59:59Z");
        let second = period("2026-10-15T00:00:00Z", "2026-10-30T21:59:59Z");
        let found = october(&[first.clone(), second.clone()]);
        assert_eq!((found.until, found.complete, found.gap), (Some(second.end), false, false));
        let third = period("2026-10-30T22:00:00Z", "2026-11-02T00:00:00Z");
        let found = october(&[first, second, third]);
        assert!(found.complete && !found.gap);
        assert_eq!(found.until.unwrap().to_string(), "2026-10-31T23:00:00Z");
    }

    #[test]
    fn what_lies_behind_a_gap_does_not_count() {
        let first = period("2026-10-01T00:00:00Z", "2026-10-10T00:00:00Z");
        let behind = period("2026-10-12T00:00:00Z", "2026-11-10T00:00:00Z");
        let found = october(&[first.clone(), behind]);
        assert_eq!((found.until, found.complete, found.gap), (Some(first.end), false, true));
        assert_eq!(october(&[]).until, None);
    }
}
