//! Handlers: each takes what was asked, calls one use case and fills a page. One file a subject, with its routes.

mod amount;
pub(crate) mod asset;
pub(crate) mod audit;
pub(crate) mod clients;
pub(crate) mod connection;
pub(crate) mod dashboard;
pub(crate) mod delivery;
pub(crate) mod documents;
pub(crate) mod entries;
pub(crate) mod export;
mod form;
pub(crate) mod health;
pub(crate) mod invitation;
pub(crate) mod list_file;
pub(crate) mod log;
pub(crate) mod login;
pub(crate) mod notices;
pub(crate) mod password;
pub(crate) mod people;
pub(crate) mod preferences;
pub(crate) mod reconciliation;
pub(crate) mod security;
pub(crate) mod settings;
pub(crate) mod setup;
pub(crate) mod start;
mod upload;
pub(crate) mod uploads;
