use askama::Template;

use super::{Action, Icon};

/// A list without rows: what will stand here, and what to do first.
#[derive(Clone, Debug, Template)]
#[template(path = "component/empty.html")]
pub struct Empty {
    icon: Icon,
    title: String,
    text: String,
    action: Option<Action>,
}

impl Empty {
    /// A title and a sentence.
    pub fn new(icon: &'static str, title: impl Into<String>, text: impl Into<String>) -> Self {
        Self { icon: Icon::new(icon), title: title.into(), text: text.into(), action: None }
    }

    /// What to do first.
    #[must_use]
    pub fn first(self, action: Action) -> Self {
        Self { action: Some(action), ..self }
    }
}
