use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::names::names;
use super::{ReportDocumentId, ReportId, ReportType, moment};

names! {
    /// How far a report is (Amazon Pay API v2, "Reports").
    ProcessingStatus {
        /// Still being made.
        InProgress = "IN_PROGRESS",
        /// Ready: it has a document.
        Completed = "COMPLETED",
        /// A fatal error on Amazon's side.
        Failed = "FAILED",
        /// Cancelled by somebody, or by Amazon because the period has no data. Not a failure.
        Cancelled = "CANCELLED",
    }
}

/// A report and how far it is. Its rows are in its document.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Report {
    /// Its id.
    pub report_id: ReportId,
    /// Its kind.
    pub report_type: ReportType,
    /// How far it is.
    pub processing_status: ProcessingStatus,
    /// The beginning of its data; of a settlement report, of the settlement.
    #[serde(default, with = "moment")]
    pub start_time: Option<Timestamp>,
    /// The end of its data.
    #[serde(default, with = "moment")]
    pub end_time: Option<Timestamp>,
    /// When it was ordered.
    #[serde(default, with = "moment")]
    pub created_time: Option<Timestamp>,
    /// When making it began.
    #[serde(default, with = "moment")]
    pub processing_start_time: Option<Timestamp>,
    /// When making it ended.
    #[serde(default, with = "moment")]
    pub processing_end_time: Option<Timestamp>,
    /// Where its file is; only of a completed report.
    pub report_document_id: Option<ReportDocumentId>,
}

/// A report to be made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewReport {
    /// Its kind; settlement reports cannot be ordered, sandbox settlements can.
    pub report_type: ReportType,
    /// The beginning of its data.
    pub start_time: Timestamp,
    /// The end of its data.
    pub end_time: Timestamp,
}
