#![doc = include_str!("../README.md")]

pub mod address;
pub mod asset;
pub mod chart;
pub mod component;
pub mod format;
pub mod page;
#[cfg(test)]
mod sample;
pub mod text;

pub use text::Words;
