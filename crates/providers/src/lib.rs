#![doc = include_str!("../README.md")]

pub mod amazon_pay;
