//! When settlements end, and the instants at which a report is most easily booked wrongly.

use jiff::civil::{Date, DateTime, date};
use jiff::tz::TimeZone;
use jiff::{Span, Timestamp};

use super::SettingsError;

/// The first settlement ends so many days after the first transaction (Amazon Pay reports, "Getting started").
const FIRST_SETTLEMENT_DAYS: i64 = 14;

/// The days of a world: from its first day to the day after its last month.
#[derive(Debug, Clone, Copy)]
pub(super) struct Days {
    first: Date,
    count: i64,
}

impl Days {
    pub(super) fn new(first: Date, months: u32) -> Result<Self, SettingsError> {
        let end = first.checked_add(Span::new().months(months)).map_err(|_| SettingsError::Calendar)?;
        let count = i64::from((end - first).get_days());
        // The last settlement ends in the night after the last day; that instant must exist as well.
        end.checked_add(Span::new().days(2)).map_err(|_| SettingsError::Calendar)?;
        Ok(Self { first, count })
    }

    /// The greatest number of settlements: daily after the first.
    pub(super) fn settlements_max(&self) -> u64 {
        u64::try_from(self.count - FIRST_SETTLEMENT_DAYS + 1).unwrap_or(1).max(1)
    }

    /// The instant at which the first settlement begins.
    pub(super) fn start(&self) -> Timestamp {
        self.instant(0, 0)
    }

    /// The end of each of so many settlements, as evenly spread as whole days allow. The last one ends in the
    /// night after the last day, so that the whole of it is covered in every European zone.
    pub(super) fn settlement_ends(&self, settlements: u64) -> Vec<Timestamp> {
        let count = i64::try_from(settlements.clamp(1, self.settlements_max())).unwrap_or(1);
        let free = (self.count - FIRST_SETTLEMENT_DAYS).max(0);
        let day = |index: i64| self.count - ((count - 1 - index) * free).checked_div(count - 1).unwrap_or(0);
        (0..count).map(|index| self.instant(day(index), 3 * 3_600 + index * 37 % 60)).collect()
    }

    /// Instants around midnight at the end of each month (in European summer and winter time, and in UTC) and
    /// around the change of the clock (Directive 2000/84/EC: the last Sundays of March and October, 1:00 UTC).
    pub(super) fn turning_points(&self) -> Vec<Timestamp> {
        let mut points = Vec::new();
        for index in 0..=self.count / 28 {
            let Ok(month) = self.first.first_of_month().checked_add(Span::new().months(index)) else { break };
            let last = month.last_of_month();
            if matches!(last.month(), 3 | 10) {
                let sunday = last.day() - last.weekday().to_sunday_zero_offset();
                let change = date(last.year(), last.month(), sunday);
                points.extend([(0, 30, 0), (0, 59, 59), (1, 0, 0), (1, 30, 0)].map(|time| utc(change, time)));
            }
            points.extend(
                [(21, 59, 59), (22, 0, 0), (22, 59, 59), (23, 0, 0), (23, 30, 0)].map(|time| utc(last, time)),
            );
        }
        points.retain(|point| *point >= self.start());
        points.sort_unstable();
        points
    }

    fn instant(&self, day: i64, second: i64) -> Timestamp {
        let midnight = utc(self.first, (0, 0, 0));
        Timestamp::from_second(midnight.as_second() + day * 86_400 + second).unwrap_or(midnight)
    }
}

fn utc(day: Date, (hour, minute, second): (i8, i8, i8)) -> Timestamp {
    let civil: DateTime = day.at(hour, minute, second, 0);
    TimeZone::UTC.to_timestamp(civil).unwrap_or(Timestamp::MAX)
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::Days;

    #[test]
    fn the_first_settlement_takes_a_fortnight_and_then_there_is_one_a_day() {
        let days = Days::new(date(2026, 9, 1), 2).expect("days");
        assert_eq!(days.settlements_max(), 61 - 14 + 1);
        let ends = days.settlement_ends(days.settlements_max());
        assert_eq!(ends.first().map(ToString::to_string).as_deref(), Some("2026-09-15T03:00:00Z"));
        assert_eq!(ends.get(1).map(ToString::to_string).as_deref(), Some("2026-09-16T03:00:37Z"));
        assert!(ends.last().is_some_and(|end| end.to_string().starts_with("2026-11-01T03:00")));
        assert!(ends.windows(2).all(|pair| pair[0] < pair[1]));
    }

    #[test]
    fn a_single_settlement_ends_in_the_night_after_the_last_day() {
        let days = Days::new(date(2026, 10, 1), 1).expect("days");
        let ends = days.settlement_ends(1);
        assert_eq!(ends.iter().map(ToString::to_string).collect::<Vec<_>>(), ["2026-11-01T03:00:00Z"]);
    }

    #[test]
    fn the_turning_points_are_the_month_ends_and_the_changes_of_the_clock() {
        let points = Days::new(date(2026, 10, 5), 2).expect("days").turning_points();
        let points: Vec<_> = points.iter().map(ToString::to_string).collect();
        assert_eq!(
            points.get(..2),
            Some(&["2026-10-25T00:30:00Z".to_owned(), "2026-10-25T00:59:59Z".to_owned()][..])
        );
        assert!(points.contains(&"2026-10-31T23:00:00Z".to_owned()));
        assert!(points.contains(&"2026-11-30T23:30:00Z".to_owned()));
        assert!(
            Days::new(date(2026, 3, 1), 1).expect("days").turning_points()[0]
                .to_string()
                .starts_with("2026-03-29")
        );
    }
}
