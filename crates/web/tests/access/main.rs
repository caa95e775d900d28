//! Who reaches what: every route as everybody, sessions, requests from other sites, throttling, headers, secrets; and the
//! pages with what they do.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on has failed")]

mod api;
mod doors;
mod headers;
mod health;
mod mail;
mod menu;
mod notices;
mod secrets;
mod sessions;
mod uploads;
mod walk;
mod world;
