//! Clients (Mandanten): made, listed, renamed, deleted when the law allows it.

pub mod archive;
pub mod create;
pub mod delete;
pub mod list;
