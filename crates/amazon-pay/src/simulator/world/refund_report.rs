//! The refund transaction report: one row for every change of a refund's state.
//!
//! Shape: a real file (`data/refund-us-2015.csv`).

use std::fmt::Write as _;

use axum::body::Bytes;
use jiff::{SignedDuration, Timestamp};

use super::payments::RefundRecord;
use crate::report::AmountText;

const HEADER: &str = "\"AmazonRefundId\",\"RefundReferenceId\",\"AmazonCaptureId\",\"AmazonOrderReferenceId\",\
                      \"RefundAmount\",\"CurrencyCode\",\"SellerRefundNote\",\"RefundType\",\"RefundStatus\",\
                      \"LastUpdateTimestamp\",\"ReasonCode\",\"CreationTimestamp\"\n";
/// A refund is pending for so long.
const PENDING: SignedDuration = SignedDuration::from_mins(97);

/// The report over these refunds; `None` where there are none.
pub(super) fn refund_report<'a>(refunds: impl Iterator<Item = &'a RefundRecord>) -> Option<Bytes> {
    let mut text = HEADER.to_owned();
    for refund in refunds {
        let created = refund.at.saturating_sub(PENDING).unwrap_or(refund.at);
        for (status, updated) in [("Completed", refund.at), ("Pending", created)] {
            let RefundRecord { refund_id, reference, charge_id, order, .. } = refund;
            let amount = AmountText(refund.amount, refund.currency);
            // Writing to a text cannot fail.
            let _written = writeln!(
                text,
                "\"{refund_id}\",\"{reference}\",\"{charge_id}\",\"{}\",\"{amount}\",\"{}\",\"\",\"SellerInitiated\",\
                 \"{status}\",\"{}\",\"\",\"{}\"",
                order.order_reference_id,
                refund.currency,
                time_text(updated),
                time_text(created),
            );
        }
    }
    (text.len() > HEADER.len()).then(|| text.into())
}

fn time_text(time: Timestamp) -> String {
    time.strftime("%Y-%m-%dT%H:%M:%S +0000").to_string()
}
