//! The buyer and what the merchant noted.

use serde::{Deserialize, Serialize};

/// What the merchant wrote on an object.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct MerchantMetadata {
    /// The merchant's own number for the order.
    pub merchant_reference_id: Option<String>,
    /// The store.
    pub merchant_store_name: Option<String>,
    /// What the buyer was told.
    pub note_to_buyer: Option<String>,
    /// Anything else.
    pub custom_information: Option<String>,
}

/// Who buys. Of a one-time permission these can be read for 30 days only.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Buyer {
    /// Amazon's id of the buyer for this merchant.
    pub buyer_id: Option<String>,
    /// The name.
    pub name: Option<String>,
    /// The address for mail.
    pub email: Option<String>,
    /// The telephone number.
    pub phone_number: Option<String>,
    /// The kinds of Prime membership.
    pub prime_membership_types: Option<Vec<String>>,
}

/// A postal address.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[expect(missing_docs, reason = "the lines of an address explain themselves")]
pub struct Address {
    pub name: Option<String>,
    pub address_line1: Option<String>,
    pub address_line2: Option<String>,
    pub address_line3: Option<String>,
    pub city: Option<String>,
    pub county: Option<String>,
    pub district: Option<String>,
    pub state_or_region: Option<String>,
    pub postal_code: Option<String>,
    pub country_code: Option<String>,
    pub phone_number: Option<String>,
}
