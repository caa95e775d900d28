//! `Neue Schnittstelle anbinden`: the providers, and the form of Amazon Pay.

use askama::Template;

use super::Frame;
use crate::text::Words;

/// The tiles of the providers.
#[derive(Debug, Template)]
#[template(path = "page/providers.html")]
pub struct Providers {
    pub t: Words,
    pub frame: Frame,
}

impl Providers {
    /// The page.
    pub fn new(frame: Frame) -> Self {
        Self { t: frame.t.clone(), frame }
    }
}
