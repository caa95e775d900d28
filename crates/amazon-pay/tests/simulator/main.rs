//! The simulator as its peers meet it: over the network.
#![expect(clippy::unwrap_used, clippy::panic, reason = "a test fails by unwrapping and panicking")]
#![expect(clippy::as_conversions, reason = "closures of one table need one type")]
#![expect(clippy::format_push_string, reason = "a request of a few lines is written once")]
#![expect(
    clippy::case_sensitive_file_extension_comparisons,
    reason = "an instant ends in .000Z, it is no file"
)]

mod admission;
mod client_under_faults;
mod control;
mod documents;
mod faults;
mod importing;
mod merchants;
mod node_sdk;
mod operations;
mod peer;
mod soak;
mod throttling;
