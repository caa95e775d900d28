use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::names::names;
use super::{
    Amount, ChargeId, ChargePermissionId, MerchantMetadata, ReleaseEnvironment, StatusDetails, amount, moment,
};

names! {
    /// How far a charge is.
    ChargeState {
        /// The authorisation is being decided.
        AuthorizationInitiated = "AuthorizationInitiated",
        /// Authorised, not yet captured.
        Authorized = "Authorized",
        /// The capture is under way.
        CaptureInitiated = "CaptureInitiated",
        /// The money was taken.
        Captured = "Captured",
        /// Cancelled.
        Canceled = "Canceled",
        /// Declined.
        Declined = "Declined",
    }
}

names! {
    /// Who began a charge, the customer or the merchant, and in which kind of contract.
    ChargeInitiator {
        /// Customer-initiated, unscheduled.
        CustomerUnscheduled = "CITU",
        /// Merchant-initiated, unscheduled.
        MerchantUnscheduled = "MITU",
        /// Customer-initiated, recurring.
        CustomerRecurring = "CITR",
        /// Merchant-initiated, recurring.
        MerchantRecurring = "MITR",
    }
}

/// The amount in the currency of the payout. Seen as an object and as a bare figure.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum ConvertedAmount {
    /// With its currency.
    Amount(Amount),
    /// A figure whose currency only the payout knows.
    Figure(String),
}

/// What a payment service provider noted.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ProviderMetadata {
    /// The provider's own number.
    pub provider_reference_id: Option<String>,
}

/// A charge (the official .NET SDK, ChargeResponse).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Charge {
    /// Its id.
    pub charge_id: ChargeId,
    /// The permission under which it was made.
    pub charge_permission_id: Option<ChargePermissionId>,
    /// How much was authorised.
    #[serde(default, deserialize_with = "amount::optional")]
    pub charge_amount: Option<Amount>,
    /// How much was captured.
    #[serde(default, deserialize_with = "amount::optional")]
    pub capture_amount: Option<Amount>,
    /// How much was refunded.
    #[serde(default, deserialize_with = "amount::optional")]
    pub refunded_amount: Option<Amount>,
    /// How much was captured in the currency of the payout: the charge's amount divided by the conversion rate.
    pub converted_amount: Option<ConvertedAmount>,
    /// The conversion rate, as written.
    pub conversion_rate: Option<String>,
    /// What the buyer's statement says.
    pub soft_descriptor: Option<String>,
    /// Whether it was captured at once.
    pub capture_now: Option<bool>,
    /// Whether the merchant can wait for an authorisation.
    pub can_handle_pending_authorization: Option<bool>,
    /// What a payment service provider noted.
    pub provider_metadata: Option<ProviderMetadata>,
    /// What the merchant noted.
    pub merchant_metadata: Option<MerchantMetadata>,
    /// Where the buyer was: `Web`, `Phone`, `App` and others.
    pub channel: Option<String>,
    /// Who began it.
    pub charge_initiator: Option<ChargeInitiator>,
    /// The platform's merchant id.
    pub platform_id: Option<String>,
    /// When it was made.
    #[serde(default, with = "moment")]
    pub creation_timestamp: Option<Timestamp>,
    /// When it runs out.
    #[serde(default, with = "moment")]
    pub expiration_timestamp: Option<Timestamp>,
    /// Its state.
    pub status_details: Option<StatusDetails<ChargeState>>,
    /// Its environment.
    pub release_environment: Option<ReleaseEnvironment>,
    /// How the checkout on the web went; its content is not documented for accounting and kept as it is.
    pub web_checkout_details: Option<Value>,
}
