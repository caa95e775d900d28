#![doc = include_str!("../README.md")]

pub mod access;
pub mod configuration;
pub mod context;
pub mod convert;
pub mod language;
pub mod progress;
pub mod refusal;

pub use access::{Actor, Permission, Role, Scope};
pub use context::App;
pub use language::Language;
pub use progress::{Progress, Silent};
pub use refusal::{AppError, Refusal, RefusalKind};
