//! From instants to booking dates: the client's zone and months.

use std::fmt;

use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan};

/// Turns instants into the dates of the client's books (Europe/Berlin by default).
///
/// A capture at 23:30 UTC on 31 October is booked in November. The offset in force is remembered until the next
/// change of the clocks, so that a report of a million rows asks the zone a handful of times.
#[derive(Clone, Debug)]
pub struct BookingZone {
    zone: TimeZone,
    known: Known,
}

/// An offset and the seconds of the epoch between which it holds, the end exclusive.
#[derive(Clone, Copy, Debug)]
struct Known {
    offset_seconds: i64,
    from: i64,
    until: i64,
    day: i64,
    date: Date,
}

const SECONDS_A_DAY: i64 = 86_400;

impl BookingZone {
    /// A zone of the client, for example `TimeZone::get("Europe/Berlin")`.
    pub fn new(zone: TimeZone) -> Self {
        let nothing = Known { offset_seconds: 0, from: 0, until: 0, day: i64::MIN, date: Date::ZERO };
        Self { zone, known: nothing }
    }

    /// The zone itself.
    pub fn zone(&self) -> &TimeZone {
        &self.zone
    }

    /// The day on which the instant is booked.
    pub fn date(&mut self, instant: Timestamp) -> Date {
        let second = instant.as_second();
        if second < self.known.from || second >= self.known.until {
            self.known = self.look_up(instant);
        }
        let day = (second + self.known.offset_seconds).div_euclid(SECONDS_A_DAY);
        if day != self.known.day {
            self.known.day = day;
            self.known.date = self.zone.to_datetime(instant).date();
        }
        self.known.date
    }

    fn look_up(&self, instant: Timestamp) -> Known {
        let from =
            self.zone.preceding(instant).next().map_or(i64::MIN, |change| change.timestamp().as_second());
        let until =
            self.zone.following(instant).next().map_or(i64::MAX, |change| change.timestamp().as_second());
        let offset_seconds = i64::from(self.zone.to_offset(instant).seconds());
        // The last change before the instant excludes the instant itself: on the very second of a change the
        // remembered span would begin one change too early, so it begins at the instant then.
        let at_change = self.zone.to_offset(instant) != self.offset_just_before(instant);
        let from = if at_change { instant.as_second() } else { from };
        Known { offset_seconds, from, until, day: i64::MIN, date: Date::ZERO }
    }

    fn offset_just_before(&self, instant: Timestamp) -> jiff::tz::Offset {
        let before = instant.checked_sub(1.second()).unwrap_or(instant);
        self.zone.to_offset(before)
    }
}

/// A calendar month, the period of a booking batch.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Month(Date);

impl Month {
    /// The month in which a day lies.
    pub fn of(date: Date) -> Self {
        Self(date.first_of_month())
    }

    /// The month that a first day begins; for constants.
    pub const fn of_first(first: Date) -> Self {
        Self(first)
    }

    /// Reads `2026-10`.
    pub fn parse(text: &str) -> Option<Self> {
        let (year, month) =
            text.split_once('-').filter(|(year, month)| year.len() == 4 && month.len() == 2)?;
        let digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
        if !digits(year) || !digits(month) {
            return None;
        }
        Date::new(year.parse().ok()?, month.parse().ok()?, 1).ok().map(Self)
    }

    /// The month before; none before the calendar begins.
    pub fn previous(self) -> Option<Self> {
        self.0.checked_sub(1.month()).ok().map(Self)
    }

    /// All its days.
    pub fn days(self) -> DateRange {
        DateRange { from: Some(self.first()), until: Some(self.last()) }
    }

    /// The first day.
    pub fn first(self) -> Date {
        self.0
    }

    /// The last day.
    pub fn last(self) -> Date {
        self.0.last_of_month()
    }

    /// The month after; the calendar ends in the year 9999 and so does this.
    #[must_use]
    pub fn next(self) -> Self {
        self.0.checked_add(1.month()).map_or(self, Self)
    }

    /// The first instant after the month in a zone: what is booked in the month was posted before it.
    pub fn end_in(self, zone: &TimeZone) -> Timestamp {
        self.next().first().to_zoned(zone.clone()).map_or(Timestamp::MAX, |zoned| zoned.timestamp())
    }
}

impl fmt::Display for Month {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}", self.0.year(), self.0.month())
    }
}

impl fmt::Debug for Month {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// Days from one to another, both included; an open side has no bound.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct DateRange {
    /// The first day that counts.
    pub from: Option<Date>,
    /// The last day that counts.
    pub until: Option<Date>,
}

impl DateRange {
    /// Does the day lie in the range?
    pub fn contains(self, date: Date) -> bool {
        self.from.is_none_or(|from| from <= date) && self.until.is_none_or(|until| date <= until)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn berlin() -> BookingZone {
        BookingZone::new(TimeZone::get("Europe/Berlin").unwrap())
    }

    fn booked(instant: &str) -> String {
        berlin().date(instant.parse().unwrap()).to_string()
    }

    #[test]
    fn an_evening_in_utc_is_the_next_day_in_berlin() {
        assert_eq!(booked("2026-10-31T23:30:00Z"), "2026-11-01");
        assert_eq!(booked("2026-10-31T22:59:59Z"), "2026-10-31");
        assert_eq!(booked("2026-07-31T22:00:00Z"), "2026-08-01");
        assert_eq!(booked("2026-12-31T23:00:00Z"), "2027-01-01");
    }

    #[test]
    fn the_nights_of_the_clock_change_keep_their_day() {
        let mut zone = berlin();
        for (instant, date) in [
            ("2026-03-28T22:59:59Z", "2026-03-28"),
            ("2026-03-28T23:00:00Z", "2026-03-29"),
            ("2026-03-29T01:00:00Z", "2026-03-29"),
            ("2026-03-29T21:59:59Z", "2026-03-29"),
            ("2026-03-29T22:00:00Z", "2026-03-30"),
            ("2026-10-24T21:59:59Z", "2026-10-24"),
            ("2026-10-25T01:00:00Z", "2026-10-25"),
            ("2026-10-25T22:59:59Z", "2026-10-25"),
            ("2026-10-25T23:00:00Z", "2026-10-26"),
        ] {
            assert_eq!(zone.date(instant.parse().unwrap()).to_string(), date, "{instant}");
        }
    }

    #[test]
    fn a_month_knows_its_last_instant_in_the_zone() {
        let month = Month::of(jiff::civil::date(2026, 10, 7));
        assert_eq!(month.to_string(), "2026-10");
        assert_eq!(month.last(), jiff::civil::date(2026, 10, 31));
        let end = month.end_in(&TimeZone::get("Europe/Berlin").unwrap());
        assert_eq!(end.to_string(), "2026-10-31T23:00:00Z");
    }

    proptest! {
        #[test]
        fn remembering_the_offset_changes_no_date(seconds in proptest::collection::vec(0_i64..4_000_000_000, 1..40)) {
            let mut remembering = berlin();
            for second in seconds {
                let instant = Timestamp::from_second(second).unwrap();
                let plain = instant.to_zoned(TimeZone::get("Europe/Berlin").unwrap()).date();
                prop_assert_eq!(remembering.date(instant), plain);
            }
        }
    }
}
