//! Amazon Pay: what its settlement reports say, in the words of the ledger.

mod carry_over;
mod chain;
pub mod german;
mod movement;
mod payments;

pub use chain::{Chain, ChainProof, ChainWarning, Origin, Period};
pub use movement::movement;
pub use payments::{Needs, Payments, Resolved};

/// The provider's name in texts and file names.
pub const NAME: &str = "Amazon Pay";
