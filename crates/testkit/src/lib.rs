#![doc = include_str!("../README.md")]

#[cfg(feature = "database")]
pub mod database;
#[cfg(feature = "database")]
pub mod machine;
pub mod tools;
