#![doc = include_str!("../README.md")]

mod account;
mod archive;
mod camt;
mod check;
mod encoding;
mod error;
mod limits;
mod money;
mod mt940;
mod recognise;
mod reference;
mod sentence;
mod statement;

pub use account::{Account, Iban};
pub use error::{LooksLike, Place, Problem, ReadError, Wanted};
pub use limits::Limits;
pub use money::{Amount, AmountError, Currency};
pub use recognise::{Format, read};
pub use sentence::Language;
pub use statement::{Balance, Details, Entry, Part, Party, Statement, Transaction};
