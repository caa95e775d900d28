use askama::Template;

use crate::text::Words;

/// How far a job is. With a script it asks its address again and again and replaces itself; without one the page says
/// how to look again. The handler of the address answers this part while the job runs, and with the header
/// `HX-Refresh: true` when it is done.
#[derive(Clone, Debug, Template)]
#[template(path = "component/progress.html")]
pub struct Progress {
    t: Words,
    id: String,
    label: String,
    done: u64,
    total: Option<u64>,
    address: Option<String>,
}

impl Progress {
    /// What is being done, how many are done, and of how many where that is known.
    pub fn new(
        words: &Words,
        id: impl Into<String>,
        label: impl Into<String>,
        done: u64,
        total: Option<u64>,
    ) -> Self {
        Self { t: words.clone(), id: id.into(), label: label.into(), done, total, address: None }
    }

    /// Where its newest state is to be had.
    #[must_use]
    pub fn follow(self, address: impl Into<String>) -> Self {
        Self { address: Some(address.into()), ..self }
    }
}
