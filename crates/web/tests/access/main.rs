//! Who reaches what: every route as everybody, sessions, requests from other sites, throttling, headers, secrets.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod doors;
mod headers;
mod secrets;
mod sessions;
mod walk;
mod world;
