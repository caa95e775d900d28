#![doc = include_str!("../README.md")]

#[cfg(feature = "client")]
pub mod key;
pub mod report;
#[cfg(feature = "client")]
pub mod sign;
