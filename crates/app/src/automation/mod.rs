//! The finished month leaves by itself: on the day that the client chose it is checked, exported and delivered, once; what
//! changed in months that left before comes as a correction with it.
//!
//! `day` says when, `month` is the job that exports, `deliver` the job that carries one batch to one place (`folder`,
//! `webhook`, or by mail), `ways` where batches go.

mod day;
mod deliver;
mod folder;
mod letter;
mod month;
mod ways;
mod webhook;

pub(crate) use day::{reschedule, tomorrow};
pub(crate) use deliver::run as deliver;
pub(crate) use month::run as export_month;
pub use store::automation::{Delivery, Way};
pub use ways::{Saved, Ways, WaysForm, deliveries, save, see};
pub use webhook::signature;
