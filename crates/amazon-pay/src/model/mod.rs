//! What the API's replies say and its requests want, in types.
//!
//! Fields that a newer version of the API adds are passed over; a value that a list of names does not have is kept as text
//! (`Other`). Instants are UTC. Each type writes itself as the API writes it, so that it can be shown or replayed.

mod amount;
mod charge;
mod charge_permission;
mod disbursement;
mod document;
mod identifier;
mod moment;
mod names;
mod party;
mod reason;
mod refund;
mod report;
mod report_type;
mod schedule;

pub use amount::Amount;
pub use charge::{Charge, ChargeInitiator, ChargeState, ConvertedAmount, ProviderMetadata};
pub use charge_permission::{
    ChargePermission, ChargePermissionState, ChargePermissionStatus, ChargePermissionType, Limits,
    PaymentPreference, RecurringFrequency, RecurringMetadata, StateReason,
};
pub use disbursement::Disbursement;
pub use document::{CompressionAlgorithm, ReportDocument};
pub use identifier::{
    ChargeId, ChargePermissionId, IdentifierError, RefundId, ReportDocumentId, ReportId, ReportScheduleId,
};
pub(crate) use moment::compact;
pub use party::{Address, Buyer, MerchantMetadata};
pub use reason::{ReasonCode, ReleaseEnvironment, StatusDetails};
pub use refund::{Refund, RefundState};
pub use report::{NewReport, ProcessingStatus, Report};
pub use report_type::ReportType;
pub use schedule::{NewReportSchedule, ReportSchedule, ScheduleFrequency};
