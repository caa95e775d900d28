#![doc = include_str!("../README.md")]

pub mod commands;
mod edge;
pub mod house;
pub mod machine;
pub mod mail;
mod output;
mod serving;
