//! Walks through the pages of a real Kontor in a real browser.

mod connect;
mod every_page;
mod upload;
mod words;
