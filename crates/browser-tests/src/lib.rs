#![doc = include_str!("../README.md")]

pub mod batch;
pub mod browser;
pub mod demo;
pub mod driver;
pub mod inspect;
pub mod patience;
pub mod place;
pub mod settlements;
pub mod walk;
