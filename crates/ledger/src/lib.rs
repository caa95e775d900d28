#![doc = include_str!("../README.md")]

pub mod account;
pub mod assign;
pub mod calendar;
pub mod chart;
pub mod document_number;
pub mod entry;
pub mod kind;
pub mod money;
pub mod movement;
pub mod proof;
pub mod rate;
pub mod rules;
mod stored;
pub mod summed_fees;
pub mod sums;
pub mod tax_key;
pub mod template;
