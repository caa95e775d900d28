//! Reports (Amazon Pay API v2, "Reports").

use futures_util::Stream;
use jiff::Timestamp;
use reqwest::StatusCode;
use serde::Deserialize;
use serde_json::json;

use super::page::Entry;
use super::send::Call;
use super::{Client, Error, IdempotencyKey, NextToken, Page, PageSize};
use crate::model::{
    NewReport, ProcessingStatus, Report, ReportDocument, ReportDocumentId, ReportId, ReportType, compact,
};
use crate::sign::canonical_query_of_pairs;

const PATH: &str = "/reports";

/// Which reports to list. Nothing set lists all of the last 90 days; older ones are not kept.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ReportQuery {
    /// Only these kinds; all where it is empty.
    pub report_types: Vec<ReportType>,
    /// Only these states; all where it is empty.
    pub processing_statuses: Vec<ProcessingStatus>,
    /// Created then or later.
    pub created_since: Option<Timestamp>,
    /// Created then or earlier.
    pub created_until: Option<Timestamp>,
    /// How many on a page.
    pub page_size: PageSize,
}

impl ReportQuery {
    /// All settlement reports that are ready.
    pub fn settlements() -> Self {
        Self {
            report_types: vec![ReportType::Settlement],
            processing_statuses: vec![ProcessingStatus::Completed],
            ..Self::default()
        }
    }

    fn canonical(&self) -> String {
        let types = comma_separated(self.report_types.iter().map(ReportType::as_str));
        let statuses = comma_separated(self.processing_statuses.iter().map(ProcessingStatus::as_str));
        let parameters = [
            ("reportTypes", types),
            ("processingStatuses", statuses),
            ("createdSince", self.created_since.map(compact).unwrap_or_default()),
            ("createdUntil", self.created_until.map(compact).unwrap_or_default()),
            ("pageSize", self.page_size.to_string()),
        ];
        let set = parameters.iter().filter(|(_, value)| !value.is_empty());
        canonical_query_of_pairs(set.map(|(name, value)| (*name, value.as_str())))
    }
}

pub(super) fn comma_separated<'a>(names: impl Iterator<Item = &'a str>) -> String {
    names.collect::<Vec<_>>().join(",")
}

impl Entry for Report {
    const OPERATION: &'static str = "Get Reports";
    const PATH: &'static str = PATH;
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Created {
    report_id: ReportId,
}

impl Client {
    /// Get Reports: every report that `query` asks for, page by page as the stream is read. The API names no order.
    pub fn reports(
        &self,
        query: &ReportQuery,
    ) -> impl Stream<Item = Result<Report, Error>> + Send + 'static + use<> {
        self.entries(query.canonical())
    }

    /// Get Reports: the first page.
    ///
    /// # Errors
    /// As every call.
    pub async fn reports_page(&self, query: &ReportQuery) -> Result<Page<Report>, Error> {
        self.page(query.canonical()).await
    }

    /// Get Reports: the page behind a token.
    ///
    /// # Errors
    /// As every call.
    pub async fn reports_page_after(&self, token: &NextToken) -> Result<Page<Report>, Error> {
        self.page_after(token).await
    }

    /// Get Report By Id.
    ///
    /// # Errors
    /// As every call; [`NotFound`](super::RefusalCause::NotFound) where there is none with this id.
    pub async fn report(&self, id: &ReportId) -> Result<Report, Error> {
        self.send(&Call::get_one("Get Report By Id", PATH, id.as_str())).await?.read()
    }

    /// Create Report: orders a report and gives its id; [`report`](Self::report) says when it is ready. Sent again with the
    /// same key it gives the same report.
    ///
    /// # Errors
    /// As every call.
    pub async fn create_report(&self, report: &NewReport, key: &IdempotencyKey) -> Result<ReportId, Error> {
        let body = json!({
            "reportType": report.report_type,
            "startTime": compact(report.start_time),
            "endTime": compact(report.end_time),
        });
        let created: Created = self.send(&Call::post("Create Report", PATH, &body, key)).await?.read()?;
        Ok(created.report_id)
    }

    /// Get Report Document: where the file of a report can be fetched for 30 seconds. `None` while it is not ready (status
    /// 202, which third-party programs have met). [`download`](Self::download) does both steps.
    ///
    /// # Errors
    /// As every call; [`NotFound`](super::RefusalCause::NotFound) where there is none with this id.
    pub async fn report_document(&self, id: &ReportDocumentId) -> Result<Option<ReportDocument>, Error> {
        let call = Call::get_one("Get Report Document", "/report-documents", id.as_str());
        let reply = self.send(&call).await?;
        match reply.status {
            StatusCode::ACCEPTED | StatusCode::NO_CONTENT => Ok(None),
            _ => reply.read().map(Some),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_is_set_stands_in_the_query() {
        assert_eq!(ReportQuery::default().canonical(), "pageSize=100");
        let query = ReportQuery {
            processing_statuses: vec![ProcessingStatus::Completed, ProcessingStatus::Cancelled],
            created_since: Some("2026-01-02T03:04:05.678Z".parse().unwrap()),
            page_size: PageSize::try_from(7).unwrap(),
            ..ReportQuery::settlements()
        };
        assert_eq!(
            query.canonical(),
            "createdSince=20260102T030405Z&pageSize=7&processingStatuses=COMPLETED%2CCANCELLED\
             &reportTypes=_GET_FLAT_FILE_OFFAMAZONPAYMENTS_SETTLEMENT_DATA_"
        );
    }
}
