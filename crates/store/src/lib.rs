#![doc = include_str!("../README.md")]

pub mod api_key;
mod argument;
pub mod automation;
pub mod client;
pub mod connections;
mod database;
pub mod documents;
mod error;
pub mod fetches;
pub mod id;
pub mod jobs;
pub mod journal;
pub mod link;
pub mod login_attempt;
mod machine;
pub mod membership;
mod migrate;
pub mod movements;
pub mod notices;
pub mod payouts;
mod row;
pub mod session;
pub mod settlements;
mod transact;
mod transaction;
pub mod transfer;
pub mod user;
pub mod vault;

pub use argument::Argument;
pub use database::{Database, Engine};
pub use error::StoreError;
pub use machine::Machine;
pub use row::{Column, Row};
pub use transact::{FromStore, Tries, settle};
pub use transaction::Transaction;
pub use vault::Vault;
