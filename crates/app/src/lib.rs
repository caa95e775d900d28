#![doc = include_str!("../README.md")]

pub mod access;
pub mod account;
pub mod clients;
pub mod configuration;
pub mod context;
pub mod convert;
pub mod language;
pub mod people;
pub mod progress;
pub mod refusal;
pub mod settings;
pub mod token;

pub use access::{Actor, Permission, Role, Scope};
pub use context::App;
pub use language::Language;
pub use progress::{Progress, Silent};
pub use refusal::{AppError, Refusal, RefusalKind};
pub use token::Token;
