use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::names::names;
use super::{
    Address, Amount, Buyer, ChargePermissionId, MerchantMetadata, ReasonCode, ReleaseEnvironment, amount,
    moment,
};

names! {
    /// What a charge permission allows.
    ChargePermissionType {
        /// One order.
        OneTime = "OneTime",
        /// A subscription.
        Recurring = "Recurring",
        /// Charges at the buyer's wish.
        PaymentMethodOnFile = "PaymentMethodOnFile",
    }
}

names! {
    /// Whether a charge permission can be charged.
    ChargePermissionState {
        /// Yes.
        Chargeable = "Chargeable",
        /// Not now.
        NonChargeable = "NonChargeable",
        /// No longer.
        Closed = "Closed",
    }
}

/// One reason for a state.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct StateReason {
    /// The reason.
    pub reason_code: Option<ReasonCode>,
    /// The reason in words.
    pub reason_description: Option<String>,
}

/// The state of a charge permission, with why and since when.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ChargePermissionStatus {
    /// The state.
    pub state: ChargePermissionState,
    /// Why.
    pub reasons: Option<Vec<StateReason>>,
    /// Since when.
    #[serde(default, with = "moment")]
    pub last_updated_timestamp: Option<Timestamp>,
}

/// How often a recurring permission charges.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RecurringFrequency {
    /// `Year`, `Month`, `Week`, `Day` or `Variable`.
    pub unit: Option<String>,
    /// How many of them.
    pub value: Option<String>,
}

/// What a recurring permission charges.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RecurringMetadata {
    /// How often.
    pub frequency: Option<RecurringFrequency>,
    /// How much each time.
    #[serde(default, deserialize_with = "amount::optional")]
    pub amount: Option<Amount>,
}

/// How the buyer pays, in words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct PaymentPreference {
    /// E.g. the kind of card and its last digits.
    pub payment_descriptor: Option<String>,
}

/// How much a permission allows and how much of it is left.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Limits {
    /// The whole.
    #[serde(default, deserialize_with = "amount::optional")]
    pub amount_limit: Option<Amount>,
    /// What is left.
    #[serde(default, deserialize_with = "amount::optional")]
    pub amount_balance: Option<Amount>,
}

/// A buyer's permission to charge: what the merchant knows as the order.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ChargePermission {
    /// Its id.
    pub charge_permission_id: ChargePermissionId,
    /// Its id under an older permission.
    pub charge_permission_reference_id: Option<String>,
    /// What it allows.
    pub charge_permission_type: Option<ChargePermissionType>,
    /// What a recurring one charges.
    pub recurring_metadata: Option<RecurringMetadata>,
    /// Who buys.
    pub buyer: Option<Buyer>,
    /// Where the goods go.
    pub shipping_address: Option<Address>,
    /// Who is invoiced.
    pub billing_address: Option<Address>,
    /// How the buyer pays.
    pub payment_preferences: Option<Vec<PaymentPreference>>,
    /// Its state.
    pub status_details: Option<ChargePermissionStatus>,
    /// When it was made.
    #[serde(default, with = "moment")]
    pub creation_timestamp: Option<Timestamp>,
    /// When it runs out.
    #[serde(default, with = "moment")]
    pub expiration_timestamp: Option<Timestamp>,
    /// What the merchant noted.
    pub merchant_metadata: Option<MerchantMetadata>,
    /// The platform's merchant id.
    pub platform_id: Option<String>,
    /// How much it allows.
    pub limits: Option<Limits>,
    /// The currency that the buyer saw.
    pub presentment_currency: Option<String>,
    /// Its environment.
    pub release_environment: Option<ReleaseEnvironment>,
}
