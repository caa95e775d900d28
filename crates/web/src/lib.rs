#![doc = include_str!("../README.md")]

pub mod address;
mod api;
pub mod asset;
pub mod chart;
pub mod component;
pub mod format;
mod handler;
pub mod page;
mod routes;
#[cfg(test)]
mod sample;
pub mod server;
pub mod text;

pub use routes::routes;
pub use text::Words;
