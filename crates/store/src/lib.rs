#![doc = include_str!("../README.md")]

mod argument;
mod database;
mod error;
pub mod id;
pub mod journal;
mod machine;
mod migrate;
mod row;
mod transact;
mod transaction;
pub mod vault;

pub use argument::Argument;
pub use database::{Database, Engine};
pub use error::StoreError;
pub use machine::Machine;
pub use row::{Column, Row};
pub use transact::{FromStore, Tries, settle};
pub use transaction::Transaction;
pub use vault::Vault;
