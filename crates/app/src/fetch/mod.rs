//! Fetching a connection: every settlement report that is new, and the list of payouts.

mod close;
mod gather;
mod history;
mod payouts;
mod receive;
mod report;
mod run;

pub use history::{history, refused_reports};
pub use receive::{Receive, Received, Receiving, Reception};
pub(crate) use run::run;

pub use store::fetches::{Counts, Fetch, FetchOutcome, ProviderReport};
