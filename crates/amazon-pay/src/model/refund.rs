use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::names::names;
use super::{Amount, ChargeId, RefundId, ReleaseEnvironment, StatusDetails, amount, moment};

names! {
    /// How far a refund is.
    RefundState {
        /// Under way.
        RefundInitiated = "RefundInitiated",
        /// The buyer has the money.
        Refunded = "Refunded",
        /// Declined.
        Declined = "Declined",
    }
}

/// A refund.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Refund {
    /// Its id.
    pub refund_id: RefundId,
    /// The charge that it returns.
    pub charge_id: Option<ChargeId>,
    /// How much.
    #[serde(default, deserialize_with = "amount::optional")]
    pub refund_amount: Option<Amount>,
    /// What the buyer's statement says.
    pub soft_descriptor: Option<String>,
    /// When it was made.
    #[serde(default, with = "moment")]
    pub creation_timestamp: Option<Timestamp>,
    /// Its state.
    pub status_details: Option<StatusDetails<RefundState>>,
    /// Its environment.
    pub release_environment: Option<ReleaseEnvironment>,
}
