use askama::Template;

use crate::asset;

/// The icons of the sprite `assets/icons.svg`.
pub const ICON_NAMES: [&str; 17] = [
    "brand", "menu", "search", "theme", "down", "plus", "check", "warn", "bad", "info", "upload", "download",
    "file", "plug", "box", "people", "lock",
];

/// A picture beside a word; it says nothing to a screen reader, the word does.
#[derive(Clone, Copy, Debug, Template)]
#[template(
    ext = "html",
    source = r##"<svg class="icon" aria-hidden="true" focusable="false"><use href="{{ asset::ICONS.address }}#{{ name }}"/></svg>"##
)]
pub struct Icon {
    name: &'static str,
}

impl Icon {
    /// One of [`ICON_NAMES`].
    pub fn new(name: &'static str) -> Self {
        Self { name }
    }
}
