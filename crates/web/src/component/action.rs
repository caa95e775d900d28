use askama::Template;

use crate::text::Words;

/// A link with its text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Action {
    /// What happens, as a verb: `Exportieren`.
    pub text: String,
    /// The address.
    pub href: String,
}

impl Action {
    /// A link with its text.
    pub fn new(text: impl Into<String>, href: impl Into<String>) -> Self {
        Self { text: text.into(), href: href.into() }
    }
}

/// The same list as a file, in both formats.
#[derive(Clone, Debug, Template)]
#[template(
    ext = "html",
    source = r#"<span class="actions"><a class="button" href="{{ csv }}" download>CSV<span class="unseen"> {{ what }}</span></a><a class="button" href="{{ xlsx }}" download>XLSX<span class="unseen"> {{ what }}</span></a></span>"#
)]
pub struct Download {
    csv: String,
    xlsx: String,
    what: &'static str,
}

impl Download {
    /// The list at `address` (with its query, if any) as `?format=csv` and `?format=xlsx`.
    pub fn new(words: &Words, address: &str) -> Self {
        let join = if address.contains('?') { '&' } else { '?' };
        Self {
            csv: format!("{address}{join}format=csv"),
            xlsx: format!("{address}{join}format=xlsx"),
            what: words.download_list(),
        }
    }
}

/// A button that asks first. With a script a dialog opens; without one the form leads to a page that asks, because the
/// handler confirms only where the field `confirmed` is sent.
#[derive(Clone, Debug, Template)]
#[template(path = "component/confirm.html")]
pub struct Confirm {
    /// Unique on the page.
    pub id: String,
    /// Where the form is sent.
    pub action: String,
    /// What the button says: `Entfernen`.
    pub button: String,
    /// The question: `Schnittstelle „Teehaus DE“ entfernen?`
    pub question: String,
    /// What happens then, in a sentence.
    pub text: String,
    /// The word on the way out.
    pub cancel: &'static str,
    /// Whether it takes something away.
    pub danger: bool,
}

impl Confirm {
    /// A button with its question and what happens then.
    pub fn new(
        words: &Words,
        id: impl Into<String>,
        action: impl Into<String>,
        [button, question, text]: [String; 3],
    ) -> Self {
        let (id, action) = (id.into(), action.into());
        Self { id, action, button, question, text, cancel: words.cancel(), danger: false }
    }

    /// Marks what takes something away.
    #[must_use]
    pub fn dangerous(self) -> Self {
        Self { danger: true, ..self }
    }
}
