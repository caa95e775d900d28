#![doc = include_str!("../README.md")]

#[cfg(feature = "client")]
pub mod key;
#[cfg(feature = "client")]
pub mod sign;
