#![doc = include_str!("../README.md")]

pub mod configuration;
pub mod convert;
pub mod language;
pub mod progress;

pub use language::Language;
pub use progress::{Progress, Silent};
