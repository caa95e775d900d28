use askama::Template;

use crate::text::Words;

/// One way to narrow a list, with how many rows it holds.
#[derive(Clone, Debug)]
pub struct Chip {
    text: String,
    count: Option<String>,
    href: String,
    chosen: bool,
}

impl Chip {
    /// A way to narrow a list.
    pub fn new(text: impl Into<String>, href: impl Into<String>, chosen: bool) -> Self {
        Self { text: text.into(), count: None, href: href.into(), chosen }
    }

    /// How many rows it holds.
    #[must_use]
    pub fn count(self, words: &Words, count: u64) -> Self {
        Self { count: Some(words.number(count)), ..self }
    }
}

/// The ways to narrow a list.
#[derive(Clone, Debug, Template)]
#[template(
    ext = "html",
    source = r#"<nav aria-label="{{ label }}"><ul class="chips" role="list">{% for chip in chips %}<li><a class="chip" href="{{ chip.href }}"{% if chip.chosen %} aria-current="true"{% endif %}>{{ chip.text }}{% if let Some(count) = chip.count %} <span class="of">{{ count }}</span>{% endif %}</a></li>{% endfor %}</ul></nav>"#
)]
pub struct Chips {
    label: &'static str,
    chips: Vec<Chip>,
}

impl Chips {
    /// The ways to narrow a list.
    pub fn new(words: &Words, chips: Vec<Chip>) -> Self {
        Self { label: words.narrow(), chips }
    }
}

/// Leads to the rows before and after; a page is named by the key of its first row, so that it costs the same anywhere.
#[derive(Clone, Debug, Template)]
#[template(
    ext = "html",
    source = r#"<nav class="pager" aria-label="{{ t.pages() }}"><span>{{ shown }}</span><span class="actions">{% if let Some(href) = before %}<a class="button small" rel="prev" href="{{ href }}">{{ names.0 }}</a>{% endif %}{% if let Some(href) = after %}<a class="button small" rel="next" href="{{ href }}">{{ names.1 }}</a>{% endif %}</span></nav>"#
)]
pub struct Pager {
    t: Words,
    shown: String,
    before: Option<String>,
    after: Option<String>,
    names: (&'static str, &'static str),
}

impl Pager {
    /// What is shown (`1–100 von 1.874 Buchungen`) and where the neighbours are.
    pub fn new(
        words: &Words,
        shown: impl Into<String>,
        before: Option<String>,
        after: Option<String>,
    ) -> Self {
        let names = (words.page_before(), words.page_after());
        Self { t: words.clone(), shown: shown.into(), before, after, names }
    }

    /// Calls the neighbours something else.
    #[must_use]
    pub fn named(self, before: &'static str, after: &'static str) -> Self {
        Self { names: (before, after), ..self }
    }
}
