use std::fmt;

use serde::Deserialize;

use super::ReportDocumentId;
use super::names::names;

names! {
    /// How a document is compressed.
    CompressionAlgorithm {
        /// Not at all; documented as the only value at present (Amazon Pay API v2, "Reports").
        None = "N/A",
        /// gzip (RFC 1952).
        Gzip = "GZIP",
    }
}

/// Where the file of a report lies.
#[derive(Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ReportDocument {
    /// Its id.
    pub report_document_id: ReportDocumentId,
    /// Where it can be fetched for 30 seconds, by anybody who knows the address.
    pub url: String,
    /// How it is compressed, as far as the API says.
    pub compression_algorithm: Option<CompressionAlgorithm>,
}

/// Shows everything but the address, which needs no key.
impl fmt::Debug for ReportDocument {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("ReportDocument")
            .field("report_document_id", &self.report_document_id)
            .field("compression_algorithm", &self.compression_algorithm)
            .finish_non_exhaustive()
    }
}
