//! Whatever is tampered with, `verify` names it first.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on has failed")]

#[path = "../books/desk.rs"]
#[expect(dead_code, reason = "shared with the tests of books")]
mod desk;
mod tampering;
