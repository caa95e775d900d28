//! The reports of an environment and the documents that belong to them.

use std::collections::HashMap;

use axum::body::Bytes;
use jiff::{SignedDuration, Timestamp};

use crate::model::{ProcessingStatus, Report, ReportType};
use crate::simulator::letters::Letters;

/// Reports are kept for so long (Amazon Pay API v2, "Reports").
pub(in crate::simulator) const KEPT: SignedDuration = SignedDuration::from_hours(90 * 24);

/// How the making of a report ends.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::simulator) enum Outcome {
    /// There is a document.
    Completed(Bytes),
    /// There was nothing to report.
    Cancelled,
    /// It could not be made.
    Failed,
}

/// A report that is to be filed.
#[derive(Debug)]
pub(in crate::simulator) struct Draft {
    pub(in crate::simulator) kind: ReportType,
    pub(in crate::simulator) start: Timestamp,
    pub(in crate::simulator) end: Timestamp,
    pub(in crate::simulator) created: Timestamp,
    pub(in crate::simulator) outcome: Outcome,
    /// How often it is found in progress before it is done.
    pub(in crate::simulator) polls: u32,
}

#[derive(Debug)]
struct Record {
    report: Report,
    pending: Option<(u32, Outcome)>,
}

/// What a list of reports is narrowed to; empty lists mean everything.
#[derive(Debug, Default)]
pub(in crate::simulator) struct Filter {
    pub(in crate::simulator) kinds: Vec<ReportType>,
    pub(in crate::simulator) statuses: Vec<ProcessingStatus>,
    pub(in crate::simulator) since: Option<Timestamp>,
    pub(in crate::simulator) until: Option<Timestamp>,
}

impl Filter {
    fn holds(&self, report: &Report, now: Timestamp) -> bool {
        is_kept(report, now)
            && (self.kinds.is_empty() || self.kinds.contains(&report.report_type))
            && (self.statuses.is_empty() || self.statuses.contains(&report.processing_status))
            && self.since.is_none_or(|since| report.created_time >= Some(since))
            && self.until.is_none_or(|until| report.created_time <= Some(until))
    }
}

fn is_kept(report: &Report, now: Timestamp) -> bool {
    report.created_time.is_some_and(|created| created <= now && now.duration_since(created) <= KEPT)
}

/// All reports, oldest first, so that the place of a report never changes.
#[derive(Debug, Default)]
pub(in crate::simulator) struct Reports {
    records: Vec<Record>,
    places: HashMap<String, usize>,
    documents: HashMap<String, Bytes>,
}

impl Reports {
    /// Files a report behind all others and gives its id; `None` where no id could be made.
    pub(in crate::simulator) fn file(&mut self, draft: Draft, letters: &mut Letters) -> Option<String> {
        let id = format!("A{}{}", letters.digits(8), letters.upper(12));
        let report = Report {
            report_id: id.parse().ok()?,
            report_type: draft.kind,
            processing_status: ProcessingStatus::InProgress,
            start_time: Some(draft.start),
            end_time: Some(draft.end),
            created_time: Some(draft.created),
            processing_start_time: Some(draft.created),
            processing_end_time: None,
            report_document_id: None,
        };
        let mut record = Record { report, pending: Some((draft.polls, draft.outcome)) };
        if draft.polls == 0 {
            self.finish(&mut record, draft.created, letters);
        }
        self.places.insert(id.clone(), self.records.len());
        self.records.push(record);
        Some(id)
    }

    fn finish(&mut self, record: &mut Record, now: Timestamp, letters: &mut Letters) {
        let Some((_, outcome)) = record.pending.take() else { return };
        record.report.processing_end_time = Some(now);
        record.report.processing_status = match outcome {
            Outcome::Completed(document) => {
                let id = document_id(letters);
                record.report.report_document_id = id.parse().ok();
                self.documents.insert(id, document);
                ProcessingStatus::Completed
            }
            Outcome::Cancelled => ProcessingStatus::Cancelled,
            Outcome::Failed => ProcessingStatus::Failed,
        };
    }

    /// Looks at the report in this place, which brings one that is in progress closer to its end.
    fn look(&mut self, place: usize, now: Timestamp, letters: &mut Letters) -> Option<Report> {
        let record = self.records.get_mut(place)?;
        if let Some((polls, _)) = &mut record.pending {
            if *polls > 0 {
                *polls -= 1;
                return Some(record.report.clone());
            }
            let mut record = Record { report: record.report.clone(), pending: record.pending.take() };
            self.finish(&mut record, now, letters);
            *self.records.get_mut(place)? = record;
        }
        self.records.get(place).map(|record| record.report.clone())
    }

    /// The report with this id, as long as it is kept.
    pub(in crate::simulator) fn get(
        &mut self,
        id: &str,
        now: Timestamp,
        letters: &mut Letters,
    ) -> Option<Report> {
        let place = *self.places.get(id)?;
        self.records.get(place).filter(|record| is_kept(&record.report, now))?;
        self.look(place, now, letters)
    }

    /// Up to `count` reports from the place `before` backwards, newest first, and the place to go on from, if there are more.
    pub(in crate::simulator) fn page(
        &mut self,
        filter: &Filter,
        before: usize,
        count: usize,
        now: Timestamp,
        letters: &mut Letters,
    ) -> (Vec<Report>, Option<usize>) {
        let end = before.min(self.records.len());
        let held = self.records[..end].iter().enumerate().rev();
        let held = held.filter(|(_, record)| filter.holds(&record.report, now)).map(|(place, _)| place);
        let mut places: Vec<usize> = held.take(count.saturating_add(1)).collect();
        let has_more = places.len() > count;
        places.truncate(count);
        let next = places.last().copied().filter(|_| has_more);
        (places.into_iter().filter_map(|place| self.look(place, now, letters)).collect(), next)
    }

    /// How many reports there are in all; the place behind the newest.
    pub(in crate::simulator) fn count(&self) -> usize {
        self.records.len()
    }

    /// All reports as they stand, oldest first.
    pub(in crate::simulator) fn all(&self) -> impl Iterator<Item = &Report> {
        self.records.iter().map(|record| &record.report)
    }

    /// The bytes of a document whose report is kept.
    pub(in crate::simulator) fn document(&self, id: &str) -> Option<Bytes> {
        self.documents.get(id).cloned()
    }
}

/// In the shape of `amzn1.tortuga.3.45ee712dc-3512-6cbd-ad71-ab3cb4cffef7.T3FKJJI01Y1E32`.
fn document_id(letters: &mut Letters) -> String {
    let groups = [9, 4, 4, 4, 12].map(|count| letters.hexadecimal(count));
    format!("amzn1.tortuga.3.{}.T{}", groups.join("-"), letters.upper(13))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn now() -> Timestamp {
        "2026-11-23T08:00:00Z".parse().unwrap()
    }

    fn draft(days_ago: i64, outcome: Outcome, polls: u32) -> Draft {
        let created = now() - SignedDuration::from_hours(24 * days_ago);
        Draft { kind: ReportType::Refund, start: created, end: created, created, outcome, polls }
    }

    #[test]
    fn a_report_in_progress_is_done_after_its_polls() {
        let (mut reports, mut letters) = (Reports::default(), Letters::new(1));
        let id = reports.file(draft(0, Outcome::Completed("x".into()), 2), &mut letters).unwrap();
        let mut statuses = || reports.get(&id, now(), &mut letters).unwrap();
        assert_eq!(statuses().processing_status, ProcessingStatus::InProgress);
        assert_eq!(statuses().report_document_id, None);
        let done = statuses();
        assert_eq!(done.processing_status, ProcessingStatus::Completed);
        let document = done.report_document_id.unwrap();
        assert_eq!(reports.document(document.as_str()), Some("x".into()));
    }

    #[test]
    fn pages_run_from_the_newest_to_the_oldest_that_is_kept() {
        let (mut reports, mut letters) = (Reports::default(), Letters::new(1));
        for days in [91, 90, 5, 4, 3] {
            reports.file(draft(days, Outcome::Cancelled, 0), &mut letters).unwrap();
        }
        let filter = Filter::default();
        let (first, next) = reports.page(&filter, usize::MAX, 3, now(), &mut letters);
        assert_eq!((first.len(), next), (3, Some(2)));
        assert!(first.is_sorted_by_key(|report| std::cmp::Reverse(report.created_time)));
        let (second, next) = reports.page(&filter, 2, 3, now(), &mut letters);
        assert_eq!((second.len(), next), (1, None));
        let failed = Filter { statuses: vec![ProcessingStatus::Failed], ..Filter::default() };
        assert_eq!(reports.page(&failed, usize::MAX, 3, now(), &mut letters), (vec![], None));
    }
}
