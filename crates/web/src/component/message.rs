use askama::Template;

use super::{Icon, Tone};

/// What just happened, or what is wrong with the whole page; read out by screen readers.
#[derive(Clone, Debug, Template)]
#[template(
    ext = "html",
    source = r#"<div class="message {{ tone.class() }}" role="{% if tone == Tone::Bad %}alert{% else %}status{% endif %}">{{ self.icon() }}<div>{% for line in lines %}<p>{{ line }}</p>{% endfor %}</div></div>"#
)]
pub struct Message {
    tone: Tone,
    lines: Vec<String>,
}

impl Message {
    /// A sentence.
    pub fn new(tone: Tone, text: impl Into<String>) -> Self {
        Self { tone, lines: vec![text.into()] }
    }

    /// Adds a sentence: why, or what to do now.
    #[must_use]
    pub fn line(mut self, text: impl Into<String>) -> Self {
        self.lines.push(text.into());
        self
    }

    fn icon(&self) -> Icon {
        Icon::new(match self.tone {
            Tone::Good => "check",
            Tone::Warn => "warn",
            Tone::Bad => "bad",
            Tone::Quiet | Tone::Busy => "info",
        })
    }
}
