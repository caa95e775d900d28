#![doc = include_str!("../README.md")]

#[cfg(feature = "client")]
pub mod client;
#[cfg(feature = "generate")]
pub mod generate;
#[cfg(feature = "client")]
pub mod key;
#[cfg(feature = "client")]
pub mod model;
pub mod report;
#[cfg(feature = "client")]
pub mod sign;
#[cfg(feature = "simulator")]
pub mod simulator;
