//! Pages of the books: Kontierung, Buchungen, Export-Dashboard, asked in process on both databases.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on has failed")]

mod desk;
mod entries;
mod export;
mod reconciliation;
mod settings;
#[path = "../access/world.rs"]
#[expect(dead_code, reason = "the house is shared with the tests of access, which ask more of it")]
mod world;
