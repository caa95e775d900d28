#![doc = include_str!("../README.md")]

pub mod beancount;
pub mod datev;
pub mod fee_list;
pub mod hledger;
mod journal;
pub mod plain_text;
mod visible;

pub use journal::UnknownAccount;
