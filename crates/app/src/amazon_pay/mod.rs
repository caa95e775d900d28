//! Amazon Pay as the application uses it: a client for a connection, and what goes wrong in words of both languages.

mod client;
mod key_words;
mod words;

pub(crate) use client::{Account, client};
pub(crate) use key_words::{key_id_refused, key_refused};
pub(crate) use words::{Sort, Told, no_region, told};

/// The provider's name in the database and for programs.
pub(crate) const PROVIDER: &str = "amazon-pay";
