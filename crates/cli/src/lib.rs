#![doc = include_str!("../README.md")]

pub mod commands;
mod edge;
