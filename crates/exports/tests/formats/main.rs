//! The formats on whole books, judged by what a person expects and by the programs that read them.
#![expect(clippy::unwrap_used, clippy::panic, reason = "a test fails by unwrapping and panicking")]

mod beancount;
mod books;
mod hledger;
mod hostile;
mod judge;
mod plain_text;
