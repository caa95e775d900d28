#![doc = include_str!("../README.md")]

pub mod commands;
pub mod configuration;
pub mod convert;
pub mod language;
