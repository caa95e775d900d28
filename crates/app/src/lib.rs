#![doc = include_str!("../README.md")]

pub mod access;
pub mod account;
mod amazon_pay;
pub mod automation;
pub mod backup;
pub mod books;
pub mod clients;
pub mod configuration;
pub mod connections;
pub mod context;
pub mod convert;
pub mod dashboard;
pub mod documents;
pub mod fetch;
mod io_text;
pub mod jobs;
pub mod language;
pub mod mail;
pub mod notices;
pub mod outside;
pub mod people;
pub mod progress;
pub mod reconciliation;
pub mod refusal;
pub mod settings;
pub mod token;
pub mod verify;
pub mod zone;

pub use access::{Actor, Permission, Role, Scope};
pub use context::App;
pub use io_text::io_text;
pub use language::Language;
pub use outside::Outside;
pub use progress::{Progress, Silent};
pub use refusal::{AppError, Refusal, RefusalKind};
pub use token::Token;
