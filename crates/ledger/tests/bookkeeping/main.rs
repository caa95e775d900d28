//! The ledger as an accountant checks it: rows and rules in, entries and proofs out.
#![expect(clippy::unwrap_used, reason = "a test fails by unwrapping")]

mod accountant;
mod books;
mod currencies;
mod fees;
mod kinds;
mod months;
mod periods;
mod properties;
mod refused_rules;
mod rule_choice;
mod summed_fees;
mod sums;
