//! `kontor doctor` and the start of `kontor serve` on machines where something is broken: a clear sentence, no damage.

#![cfg(unix)]
#![expect(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on has failed")]

mod broken;
mod disks;
mod healthy;
mod house;
