//! One module a page: what it shows as a type (the view), with its template in `templates/page/` and its samples in
//! `sample`. A view knows nothing of requests or the database; handlers fill it.

#![expect(
    missing_docs,
    reason = "the fields of a view are named as on the page; its template is their documentation"
)]

pub mod chain;
pub mod connect;
pub mod connection;
pub mod dashboard;
pub mod document;
pub mod documents;
pub mod entries;
pub mod error;
pub mod export;
pub mod frame;
pub mod login;
pub mod notices;
pub mod reconciliation;
pub mod settings;
pub mod sheet;
pub mod status;
mod tasks;
pub mod uploads;

pub use frame::{ClientChoice, Counts, Frame, Person, Theme};
pub use sheet::Sheet;
