//! From stored settlements to batches that were handed out, and what becomes of them; on both databases.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a test tells what is missing by stopping there")]

mod archive;
mod automation;
mod corrections;
mod dashboard;
mod desk;
mod export;
mod kills;
mod settings;
