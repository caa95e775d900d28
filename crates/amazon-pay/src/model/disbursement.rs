use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::{Amount, moment};

/// A payout to the merchant's bank account (Amazon Pay, "Request disbursement details").
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Disbursement {
    /// The merchant.
    pub seller_id: Option<String>,
    /// The settlement that it pays.
    pub settlement_id: String,
    /// What the line on the bank statement says.
    pub amazon_disbursement_reference_id: Option<String>,
    /// How much was paid.
    #[serde(flatten)]
    pub amount: Amount,
    /// When it was paid.
    #[serde(
        default,
        deserialize_with = "moment::deserialize",
        serialize_with = "moment::serialize_extended"
    )]
    pub transaction_time: Option<Timestamp>,
}
