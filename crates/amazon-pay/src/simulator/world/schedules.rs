//! Report schedules: at most one for each type of report.

use std::collections::BTreeMap;

use jiff::{SignedDuration, Timestamp};

use crate::model::{ReportSchedule, ReportType, ScheduleFrequency};
use crate::simulator::letters::Letters;

/// A report that a schedule asks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Due {
    pub(super) kind: ReportType,
    pub(super) start: Timestamp,
    pub(super) at: Timestamp,
}

/// The schedules in force, by the name of their type.
#[derive(Debug, Default)]
pub(in crate::simulator) struct Schedules(BTreeMap<String, ReportSchedule>);

/// After a long leap of the clock each schedule makes its latest so many reports.
const MOST_AT_ONCE: i64 = 100;

impl Schedules {
    pub(in crate::simulator) fn all(&self) -> impl Iterator<Item = &ReportSchedule> {
        self.0.values()
    }

    pub(in crate::simulator) fn get(&self, id: &str) -> Option<&ReportSchedule> {
        self.all().find(|schedule| schedule.report_schedule_id.as_str() == id)
    }

    pub(in crate::simulator) fn has(&self, kind: &ReportType) -> bool {
        self.0.contains_key(kind.as_str())
    }

    /// Sets the schedule of a type in place of the one that there was, and gives its id; `None` where none could be made.
    pub(in crate::simulator) fn set(
        &mut self,
        kind: &ReportType,
        frequency: ScheduleFrequency,
        next: Timestamp,
        letters: &mut Letters,
    ) -> Option<String> {
        let id = format!("6{}", letters.digits(10));
        let schedule = ReportSchedule {
            report_schedule_id: id.parse().ok()?,
            report_type: kind.clone(),
            schedule_frequency: frequency,
            next_report_creation_time: Some(next),
        };
        self.0.insert(kind.as_str().to_owned(), schedule);
        Some(id)
    }

    /// Ends a schedule; `false` where there is none.
    pub(in crate::simulator) fn cancel(&mut self, id: &str) -> bool {
        let before = self.0.len();
        self.0.retain(|_, schedule| schedule.report_schedule_id.as_str() != id);
        self.0.len() < before
    }

    /// The reports that have come due, oldest first; their schedules move on behind `now`.
    pub(super) fn due(&mut self, now: Timestamp) -> Vec<Due> {
        let mut due = Vec::new();
        for schedule in self.0.values_mut() {
            let Some(next) = schedule.next_report_creation_time.filter(|next| *next <= now) else { continue };
            let Some(period) = period(&schedule.schedule_frequency) else { continue };
            let times = now.duration_since(next).as_secs() / period.as_secs();
            let instant = |time: i64| {
                let passed = SignedDuration::from_secs(period.as_secs().saturating_mul(time));
                next.saturating_add(passed).unwrap_or(now)
            };
            due.extend((times.saturating_sub(MOST_AT_ONCE - 1).max(0)..=times).map(|time| Due {
                kind: schedule.report_type.clone(),
                start: instant(time - 1),
                at: instant(time),
            }));
            schedule.next_report_creation_time = Some(instant(times + 1));
        }
        due.sort_by_key(|due| due.at);
        due
    }
}

/// The time between two reports; the names are ISO 8601 durations of minutes, hours or days.
pub(in crate::simulator) fn period(frequency: &ScheduleFrequency) -> Option<SignedDuration> {
    let text = frequency.as_str().strip_prefix('P')?;
    let (number, hours) = if let Some(days) = text.strip_suffix('D') {
        (days, 24)
    } else {
        let time = text.strip_prefix('T')?;
        match time.strip_suffix('H') {
            Some(hours) => (hours, 1),
            None => return time.strip_suffix('M')?.parse().ok().map(SignedDuration::from_mins),
        }
    };
    number.parse::<i64>().ok().map(|number| SignedDuration::from_hours(number * hours))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_frequency_is_a_period() {
        for frequency in ScheduleFrequency::KNOWN {
            assert!(period(frequency).is_some_and(|period| period.as_secs() >= 300), "{frequency}");
        }
        assert_eq!(period(&ScheduleFrequency::ThreeDays), Some(SignedDuration::from_hours(72)));
        assert_eq!(period(&ScheduleFrequency::FiveMinutes), Some(SignedDuration::from_mins(5)));
    }

    #[test]
    fn a_schedule_makes_up_for_the_time_that_passed() {
        let (mut schedules, mut letters) = (Schedules::default(), Letters::new(1));
        let first: Timestamp = "2026-11-01T00:00:00Z".parse().unwrap();
        let id = schedules.set(&ReportType::Refund, ScheduleFrequency::Day, first, &mut letters).unwrap();
        assert_eq!(schedules.due(first - SignedDuration::from_secs(1)), []);
        let due = schedules.due(first + SignedDuration::from_hours(49));
        assert_eq!(due.len(), 3);
        assert_eq!((due[0].start, due[0].at), (first - SignedDuration::from_hours(24), first));
        let next = schedules.get(&id).unwrap().next_report_creation_time;
        assert_eq!(next, Some(first + SignedDuration::from_hours(72)));
        assert_eq!(schedules.due(first + SignedDuration::from_hours(24 * 400)).len(), 100);
        assert!(schedules.cancel(&id) && !schedules.cancel(&id));
    }
}
