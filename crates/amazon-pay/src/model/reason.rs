use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::moment;
use super::names::names;

names! {
    /// Which environment an object lives in.
    ReleaseEnvironment {
        /// Real money.
        Live = "Live",
        /// Play money.
        Sandbox = "Sandbox",
    }
}

names! {
    /// Why an object is in its state (the enums of the official SDKs).
    ReasonCode {
        /// Amazon cancelled it.
        AmazonCanceled = "AmazonCanceled",
        /// Amazon closed it.
        AmazonClosed = "AmazonClosed",
        /// Amazon refused it.
        AmazonRejected = "AmazonRejected",
        /// No amount was given.
        AmountNotSet = "AmountNotSet",
        /// The buyer deleted the billing address.
        BillingAddressDeleted = "BillingAddressDeleted",
        /// The buyer cancelled it.
        BuyerCanceled = "BuyerCanceled",
        /// The buyer closed it.
        BuyerClosed = "BuyerClosed",
        /// Another charge is under way.
        ChargeInProgress = "ChargeInProgress",
        /// The charge permission was cancelled.
        ChargePermissionCanceled = "ChargePermissionCanceled",
        /// Declined.
        Declined = "Declined",
        /// Its time ran out.
        Expired = "Expired",
        /// Its time ran out before it was used.
        ExpiredUnused = "ExpiredUnused",
        /// Declined for good.
        HardDeclined = "HardDeclined",
        /// The merchant cancelled it.
        MerchantCanceled = "MerchantCanceled",
        /// The merchant closed it.
        MerchantClosed = "MerchantClosed",
        /// The buyer did not confirm with a second factor.
        MfaFailed = "MFAFailed",
        /// The buyer deleted the means of payment.
        PaymentMethodDeleted = "PaymentMethodDeleted",
        /// The means of payment is out of date.
        PaymentMethodExpired = "PaymentMethodExpired",
        /// The means of payment does not work.
        PaymentMethodInvalid = "PaymentMethodInvalid",
        /// The means of payment is not allowed here.
        PaymentMethodNotAllowed = "PaymentMethodNotAllowed",
        /// No means of payment was chosen.
        PaymentMethodNotSet = "PaymentMethodNotSet",
        /// An error on Amazon's side.
        ProcessingFailure = "ProcessingFailure",
        /// Declined for now.
        SoftDeclined = "SoftDeclined",
        /// More than was allowed.
        TransactionAmountExceeded = "TransactionAmountExceeded",
        /// No answer in time.
        TransactionTimedOut = "TransactionTimedOut",
    }
}

/// The state of a charge or refund, with why and since when.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct StatusDetails<State> {
    /// The state.
    pub state: State,
    /// Why.
    pub reason_code: Option<ReasonCode>,
    /// Why, in words.
    pub reason_description: Option<String>,
    /// Since when.
    #[serde(default, with = "moment")]
    pub last_updated_timestamp: Option<Timestamp>,
}
