//! Handlers: each takes what was asked, calls one use case and fills a page. One file a subject, with its routes.

pub(crate) mod asset;
mod form;
pub(crate) mod login;
pub(crate) mod preferences;
pub(crate) mod setup;
pub(crate) mod start;
