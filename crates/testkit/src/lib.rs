#![doc = include_str!("../README.md")]

#[cfg(feature = "database")]
pub mod database;
#[cfg(feature = "database")]
pub mod machine;
pub mod postgres;
#[cfg(feature = "reports")]
pub mod reports;
#[cfg(feature = "mail")]
pub mod smtp;
pub mod tools;
