//! DATEV: entries into booking batches, account labels and master data.

mod batch;
pub mod correction;
mod master_data;
mod posting;
pub mod review;
mod settings;

pub use batch::{BatchExport, TextChanges};
pub use master_data::{AccountsUsed, write_account_labels, write_debtors};
pub use posting::{PostingError, posting};
pub use settings::DatevSettings;
