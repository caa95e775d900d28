//! Walks through the pages of a real Kontor in a real browser.

mod accounts;
mod connect;
mod every_page;
mod export;
mod pictures;
mod upload;
mod words;
