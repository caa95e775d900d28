use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::names::names;
use super::{ReportScheduleId, ReportType, moment};

names! {
    /// How often a scheduled report is made, as ISO 8601 durations (the official .NET SDK, ScheduleFrequency).
    ScheduleFrequency {
        /// Every 5 minutes.
        FiveMinutes = "PT5M",
        /// Every 15 minutes.
        FifteenMinutes = "PT15M",
        /// Every 30 minutes.
        ThirtyMinutes = "PT30M",
        /// Every hour.
        Hour = "PT1H",
        /// Every 2 hours.
        TwoHours = "PT2H",
        /// Every 4 hours.
        FourHours = "PT4H",
        /// Every 8 hours.
        EightHours = "PT8H",
        /// Every 12 hours.
        TwelveHours = "PT12H",
        /// Every 24 hours.
        TwentyFourHours = "PT24H",
        /// Every 84 hours: twice a week.
        EightyFourHours = "PT84H",
        /// Every day.
        Day = "P1D",
        /// Every 2 days.
        TwoDays = "P2D",
        /// Every 3 days.
        ThreeDays = "P3D",
        /// Every week.
        Week = "P7D",
        /// Every 2 weeks.
        TwoWeeks = "P14D",
        /// Every 15 days.
        FifteenDays = "P15D",
        /// Every 18 days.
        EighteenDays = "P18D",
        /// Every 30 days.
        ThirtyDays = "P30D",
    }
}

/// A schedule on which reports are made.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ReportSchedule {
    /// Its id.
    pub report_schedule_id: ReportScheduleId,
    /// The kind of report that it makes.
    pub report_type: ReportType,
    /// How often.
    pub schedule_frequency: ScheduleFrequency,
    /// When it makes the next one.
    #[serde(default, with = "moment")]
    pub next_report_creation_time: Option<Timestamp>,
}

/// A schedule to be made. There can be one for each kind of report.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewReportSchedule {
    /// The kind of report.
    pub report_type: ReportType,
    /// How often.
    pub schedule_frequency: ScheduleFrequency,
    /// When the first one is made.
    pub next_report_creation_time: Timestamp,
    /// Whether it takes the place of the schedule that this kind of report has; otherwise such a schedule is an error.
    pub delete_existing_schedule: bool,
}
