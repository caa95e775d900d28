//! Amazon Pay: what its settlement reports say, in the words of the ledger.

mod carry_over;
mod chain;
pub mod german;
mod movement;
mod payments;
mod sums;

pub use chain::{Chain, ChainProof, ChainWarning, Origin, Period, payers};
pub use movement::{Parts, movement, parts};
pub use payments::{EarlierPayments, Needs, NoEarlierPayments, Payments, Resolved};
pub use sums::{ChainSums, PayoutRow, SettlementSums};

/// The provider's name in texts and file names.
pub const NAME: &str = "Amazon Pay";
