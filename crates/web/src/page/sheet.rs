//! A page that is a heading and cards below it: most pages are. It says what stands there; the template says how.

use askama::Template;

use super::Frame;
use crate::{
    component::{Action, Download, Part, Section},
    text::Words,
};

/// A heading with its actions, and cards.
#[derive(Debug, Template)]
#[template(path = "page/sheet.html")]
pub struct Sheet {
    pub t: Words,
    pub frame: Frame,
    title: String,
    lead: String,
    crumbs: Vec<Action>,
    first: Option<Action>,
    others: Vec<Action>,
    download: Option<Download>,
    sections: Vec<Section>,
}

impl Sheet {
    /// A page with its heading and a sentence below it (may be empty).
    pub fn new(frame: Frame, title: impl Into<String>, lead: impl Into<String>) -> Self {
        Self {
            t: frame.t.clone(),
            frame,
            title: title.into(),
            lead: lead.into(),
            crumbs: Vec::new(),
            first: None,
            others: Vec::new(),
            download: None,
            sections: Vec::new(),
        }
    }

    /// A page above this one.
    #[must_use]
    pub fn under(mut self, text: impl Into<String>, href: impl Into<String>) -> Self {
        self.crumbs.push(Action::new(text, href));
        self
    }

    /// What one does next.
    #[must_use]
    pub fn first(self, text: impl Into<String>, href: impl Into<String>) -> Self {
        Self { first: Some(Action::new(text, href)), ..self }
    }

    /// What one may do besides.
    #[must_use]
    pub fn also(mut self, text: impl Into<String>, href: impl Into<String>) -> Self {
        self.others.push(Action::new(text, href));
        self
    }

    /// The list of this page as a file.
    #[must_use]
    pub fn as_files(self, address: &str) -> Self {
        let download = Some(Download::new(&self.t, address));
        Self { download, ..self }
    }

    /// A card.
    #[must_use]
    pub fn card(mut self, section: Section) -> Self {
        self.sections.push(section);
        self
    }

    /// A part without a card around it.
    #[must_use]
    pub fn part(self, part: Part) -> Self {
        self.card(Section::bare(vec![part]))
    }

    /// A card, where there is one.
    #[must_use]
    pub fn card_if(self, section: Option<Section>) -> Self {
        match section {
            Some(section) => self.card(section),
            None => self,
        }
    }
}
