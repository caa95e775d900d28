use askama::Template;

/// One figure with its name; a sum leads to its rows.
#[derive(Clone, Debug, Template)]
#[template(path = "component/tile.html")]
pub struct Tile {
    label: String,
    figure: String,
    note: Option<String>,
    href: Option<String>,
}

impl Tile {
    /// A figure, already in the language of the page, with what it is the sum of.
    pub fn new(label: impl Into<String>, figure: impl Into<String>) -> Self {
        Self { label: label.into(), figure: figure.into(), note: None, href: None }
    }

    /// Adds a line below.
    #[must_use]
    pub fn note(self, note: impl Into<String>) -> Self {
        Self { note: Some(note.into()), ..self }
    }

    /// Makes it lead to its rows.
    #[must_use]
    pub fn opens(self, href: impl Into<String>) -> Self {
        Self { href: Some(href.into()), ..self }
    }
}
