//! `kontor simulate amazon-pay` and `kontor amazon-pay …` as their users meet them.
#![expect(clippy::unwrap_used, reason = "a test fails where it cannot go on")]

mod asking;
mod check;
mod desk;
mod download;
mod simulate;
