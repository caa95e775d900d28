//! Disbursements: the payouts to the bank (Amazon Pay, "Request disbursement details").

use futures_util::Stream;
use jiff::Timestamp;

use super::page::Entry;
use super::{Client, Error, NextToken, Page, PageSize};
use crate::model::{Disbursement, compact};
use crate::sign::canonical_query_of_pairs;

/// Which payouts to list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DisbursementQuery {
    /// Of settlements from then on.
    pub start_time: Timestamp,
    /// Of settlements until then.
    pub end_time: Timestamp,
    /// How many on a page.
    pub page_size: PageSize,
}

impl DisbursementQuery {
    /// The payouts of a period, on pages as large as possible.
    pub fn of(start_time: Timestamp, end_time: Timestamp) -> Self {
        Self { start_time, end_time, page_size: PageSize::default() }
    }

    fn canonical(&self) -> String {
        let (start, end) = (compact(self.start_time), compact(self.end_time));
        let size = self.page_size.to_string();
        canonical_query_of_pairs([
            ("startTime", start.as_str()),
            ("endTime", end.as_str()),
            ("pageSize", size.as_str()),
        ])
    }
}

impl Entry for Disbursement {
    const OPERATION: &'static str = "Get Disbursements";
    const PATH: &'static str = "/disbursements";
}

impl Client {
    /// Get Disbursements: every payout that `query` asks for, page by page as the stream is read.
    pub fn disbursements(
        &self,
        query: &DisbursementQuery,
    ) -> impl Stream<Item = Result<Disbursement, Error>> + Send + 'static + use<> {
        self.entries(query.canonical())
    }

    /// Get Disbursements: the first page.
    ///
    /// # Errors
    /// As every call.
    pub async fn disbursements_page(&self, query: &DisbursementQuery) -> Result<Page<Disbursement>, Error> {
        self.page(query.canonical()).await
    }

    /// Get Disbursements: the page behind a token.
    ///
    /// # Errors
    /// As every call.
    pub async fn disbursements_page_after(&self, token: &NextToken) -> Result<Page<Disbursement>, Error> {
        self.page_after(token).await
    }
}
