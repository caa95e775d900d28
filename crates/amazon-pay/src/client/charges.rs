//! Charges, refunds and charge permissions, one at a time: the API lists none of them, reports do.

use super::send::Call;
use super::{Client, Error};
use crate::model::{Charge, ChargeId, ChargePermission, ChargePermissionId, Refund, RefundId};

impl Client {
    /// Get Charge.
    ///
    /// # Errors
    /// As every call; [`NotFound`](super::RefusalCause::NotFound) where there is none with this id.
    pub async fn charge(&self, id: &ChargeId) -> Result<Charge, Error> {
        self.send(&Call::get_one("Get Charge", "/charges", id.as_str())).await?.read()
    }

    /// Get Refund.
    ///
    /// # Errors
    /// As every call; [`NotFound`](super::RefusalCause::NotFound) where there is none with this id.
    pub async fn refund(&self, id: &RefundId) -> Result<Refund, Error> {
        self.send(&Call::get_one("Get Refund", "/refunds", id.as_str())).await?.read()
    }

    /// Get Charge Permission. The buyer's details of a one-time permission can be read for 30 days.
    ///
    /// # Errors
    /// As every call; [`NotFound`](super::RefusalCause::NotFound) where there is none with this id.
    pub async fn charge_permission(&self, id: &ChargePermissionId) -> Result<ChargePermission, Error> {
        self.send(&Call::get_one("Get Charge Permission", "/chargePermissions", id.as_str())).await?.read()
    }
}
