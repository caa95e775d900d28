//! Connections from the form to the last report, against a simulator of Amazon Pay, on both databases.
#![expect(clippy::unwrap_used, clippy::panic, reason = "a test fails by unwrapping and panicking")]

mod connecting;
mod faults;
mod fetching;
mod mail;
mod serialization;
mod workers;
mod world;
