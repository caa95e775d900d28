//! The settlement reports of a period, as a program that imports them wants them.

use std::collections::HashSet;

use futures_util::TryStreamExt as _;
use jiff::{SignedDuration, Timestamp};

use super::{Client, Error, ReportQuery};
use crate::model::{Report, ReportId};

/// How long the API keeps reports (Amazon Pay API v2, "Reports").
const KEPT: SignedDuration = SignedDuration::from_hours(90 * 24);

/// From when until when; open where nothing is said. The API keeps reports for 90 days.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct SettlementPeriod {
    /// The first instant.
    pub since: Option<Timestamp>,
    /// The first instant after it.
    pub until: Option<Timestamp>,
}

impl SettlementPeriod {
    /// Whether a settlement has a part in the period. One whose times the API does not name may have.
    pub fn touches(&self, report: &Report) -> bool {
        let ends_before = self.since.zip(report.end_time).is_some_and(|(since, end)| end <= since);
        let begins_after = self.until.zip(report.start_time).is_some_and(|(until, start)| start >= until);
        !ends_before && !begins_after
    }
}

impl Client {
    /// Every settlement report that is ready and whose settlement has a part in `period`: each once, the oldest first.
    /// Reads as many pages as there are, up to [`most_pages`](super::ClientBuilder::most_pages).
    ///
    /// A key of the sandbox has none; there settlement reports are ordered by [`create_report`](Self::create_report).
    ///
    /// # Errors
    /// As every call; [`Error::RepeatedPage`] and [`Error::TooManyPages`] where the list does not end.
    pub async fn settlement_reports(&self, period: &SettlementPeriod) -> Result<Vec<Report>, Error> {
        // A report is made after its settlement ended, so one that was made before the period has no part in it. What is
        // older than the API keeps is not named to it.
        let oldest = self.inner.clock.now().saturating_sub(KEPT).unwrap_or(Timestamp::MIN);
        let created_since = period.since.filter(|since| *since > oldest);
        let query = ReportQuery { created_since, ..ReportQuery::settlements() };
        let listed: Vec<Report> = self.reports(&query).try_collect().await?;
        let mut seen: HashSet<ReportId> = HashSet::new();
        let mut reports: Vec<Report> = listed
            .into_iter()
            // A report that is made while the list is read moves the others on, so one may come twice.
            .filter(|report| period.touches(report) && seen.insert(report.report_id.clone()))
            .collect();
        reports.sort_by_key(|report| (report.start_time, report.end_time));
        Ok(reports)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{ProcessingStatus, ReportType};

    fn at(text: &str) -> Timestamp {
        text.parse().unwrap()
    }

    fn report(start: Option<Timestamp>, end: Option<Timestamp>) -> Report {
        Report {
            report_id: "A1".parse().unwrap(),
            report_type: ReportType::Settlement,
            processing_status: ProcessingStatus::Completed,
            start_time: start,
            end_time: end,
            created_time: None,
            processing_start_time: None,
            processing_end_time: None,
            report_document_id: None,
        }
    }

    #[test]
    fn a_settlement_that_reaches_into_the_period_belongs_to_it() {
        let october = SettlementPeriod {
            since: Some(at("2026-10-01T00:00:00Z")),
            until: Some(at("2026-11-01T00:00:00Z")),
        };
        let touches = |start, end| october.touches(&report(Some(at(start)), Some(at(end))));
        assert!(touches("2026-09-30T03:00:00Z", "2026-10-01T03:00:00Z"));
        assert!(touches("2026-10-31T03:00:00Z", "2026-11-01T03:00:00Z"));
        assert!(!touches("2026-09-29T00:00:00Z", "2026-10-01T00:00:00Z"), "it ends where the period begins");
        assert!(!touches("2026-11-01T00:00:00Z", "2026-11-02T00:00:00Z"));
        assert!(october.touches(&report(None, None)));
        assert!(SettlementPeriod::default().touches(&report(Some(at("2026-11-01T00:00:00Z")), None)));
    }
}
