use std::borrow::Cow;

use app::AppError;
use askama::Template;

use crate::text::Words;

/// One entry of a list to choose from.
#[derive(Clone, Debug)]
pub struct Choice {
    value: String,
    text: String,
}

impl Choice {
    /// The value that is sent, and the text that is seen.
    pub fn new(value: impl Into<String>, text: impl Into<String>) -> Self {
        Self { value: value.into(), text: text.into() }
    }

    /// Is this its value?
    pub(crate) fn is(&self, value: &str) -> bool {
        self.value == value
    }
}

#[derive(Clone, Debug)]
enum Control {
    Line { kind: &'static str, mode: Option<&'static str> },
    Area,
    List(Vec<Choice>),
}

/// A field with its label, what it means, and what is wrong with it. It keeps what was typed.
#[derive(Clone, Debug, Template)]
#[template(path = "component/field.html")]
pub struct Field {
    name: Cow<'static, str>,
    label: String,
    hint: Option<String>,
    error: Option<String>,
    warned: Option<String>,
    right: Option<String>,
    value: String,
    control: Control,
    class: &'static str,
    required: bool,
    autocomplete: &'static str,
    placeholder: Option<String>,
    longest: u32,
}

impl Field {
    fn new(name: impl Into<Cow<'static, str>>, label: impl Into<String>, control: Control) -> Self {
        Self {
            name: name.into(),
            label: label.into(),
            hint: None,
            error: None,
            warned: None,
            right: None,
            value: String::new(),
            control,
            class: "",
            required: false,
            autocomplete: "off",
            placeholder: None,
            longest: 200,
        }
    }

    fn line(name: impl Into<Cow<'static, str>>, label: impl Into<String>, kind: &'static str) -> Self {
        Self::new(name, label, Control::Line { kind, mode: None })
    }

    /// A line of text.
    pub fn text(name: impl Into<Cow<'static, str>>, label: impl Into<String>) -> Self {
        Self::line(name, label, "text")
    }

    /// An address of mail.
    pub fn email(name: impl Into<Cow<'static, str>>, label: impl Into<String>) -> Self {
        Self::line(name, label, "email").autocomplete("username")
    }

    /// A password; `current-password` or `new-password` tells the browser which. It is never filled in.
    pub fn password(
        name: impl Into<Cow<'static, str>>,
        label: impl Into<String>,
        autocomplete: &'static str,
    ) -> Self {
        Self::line(name, label, "password").autocomplete(autocomplete)
    }

    /// A date, in the browser's own way.
    pub fn date(name: impl Into<Cow<'static, str>>, label: impl Into<String>) -> Self {
        Self::line(name, label, "date").class("short")
    }

    /// Digits: an account, a number.
    pub fn digits(name: impl Into<Cow<'static, str>>, label: impl Into<String>) -> Self {
        Self {
            control: Control::Line { kind: "text", mode: Some("numeric") },
            ..Self::text(name, label).class("short")
        }
    }

    /// Many lines.
    pub fn area(name: impl Into<Cow<'static, str>>, label: impl Into<String>) -> Self {
        Self { longest: 10_000, ..Self::new(name, label, Control::Area) }
    }

    /// One of several; the value that was set is chosen.
    pub fn list(name: impl Into<Cow<'static, str>>, label: impl Into<String>, choices: Vec<Choice>) -> Self {
        Self::new(name, label, Control::List(choices))
    }

    /// What stands in it.
    #[must_use]
    pub fn value(self, value: impl Into<String>) -> Self {
        Self { value: value.into(), ..self }
    }

    /// A few words beside the label: what it is, where it is found.
    #[must_use]
    pub fn hint(self, hint: impl Into<String>) -> Self {
        Self { hint: Some(hint.into()), ..self }
    }

    /// What is wrong with it and what to enter.
    #[must_use]
    pub fn error(self, error: Option<String>) -> Self {
        Self { error, ..self }
    }

    /// Takes the sentence of a refusal that names this field.
    #[must_use]
    pub fn refused(self, words: &Words, error: Option<&AppError>) -> Self {
        let sentence = error
            .and_then(AppError::refusal)
            .filter(|refusal| refusal.field == Some(&*self.name))
            .map(|refusal| refusal.text(words.language()).to_owned());
        if sentence.is_some() { self.error(sentence) } else { self }
    }

    /// What is doubtful about it; it is taken all the same.
    #[must_use]
    pub fn warned(self, warned: Option<String>) -> Self {
        Self { warned, ..self }
    }

    /// What was recognised in it.
    #[must_use]
    pub fn right(self, right: impl Into<String>) -> Self {
        Self { right: Some(right.into()), ..self }
    }

    /// It must be filled in.
    #[must_use]
    pub fn required(self) -> Self {
        Self { required: true, ..self }
    }

    /// A class of the stylesheet: `code`, `short`, `tiny`.
    #[must_use]
    pub fn class(self, class: &'static str) -> Self {
        Self { class, ..self }
    }

    /// What the browser may fill in (`username`, `one-time-code`); off by default.
    #[must_use]
    pub fn autocomplete(self, autocomplete: &'static str) -> Self {
        Self { autocomplete, ..self }
    }

    /// A pale example.
    #[must_use]
    pub fn placeholder(self, placeholder: impl Into<String>) -> Self {
        Self { placeholder: Some(placeholder.into()), ..self }
    }

    /// How many characters it takes; 200 by default.
    #[must_use]
    pub fn longest(self, longest: u32) -> Self {
        Self { longest, ..self }
    }

    fn described_by(&self) -> Option<String> {
        let hint = self.hint.as_ref().map(|_| format!("{}-hint", self.name));
        let error = self.error.as_ref().map(|_| format!("{}-error", self.name));
        let warned = self.warned.as_ref().map(|_| format!("{}-warned", self.name));
        let right = self.right.as_ref().map(|_| format!("{}-right", self.name));
        let all: Vec<String> = [hint, error, warned, right].into_iter().flatten().collect();
        (!all.is_empty()).then(|| all.join(" "))
    }
}

/// A box to tick, with its words beside it.
#[derive(Clone, Debug, Template)]
#[template(
    ext = "html",
    source = r#"<div class="check"><input type="checkbox" id="{{ name }}" name="{{ name }}" value="yes"{% if ticked %} checked{% endif %}{% if hint.is_some() %} aria-describedby="{{ name }}-hint"{% endif %}><label for="{{ name }}">{{ label }}</label>{% if let Some(hint) = hint %}<span class="hint" id="{{ name }}-hint">{{ hint }}</span>{% endif %}</div>"#
)]
pub struct Check {
    name: &'static str,
    label: String,
    ticked: bool,
    hint: Option<String>,
}

impl Check {
    /// A box to tick; where it is ticked, `name=yes` is sent.
    pub fn new(name: &'static str, label: impl Into<String>, ticked: bool) -> Self {
        Self { name, label: label.into(), ticked, hint: None }
    }

    /// What ticking means.
    #[must_use]
    pub fn hint(self, hint: impl Into<String>) -> Self {
        Self { hint: Some(hint.into()), ..self }
    }
}
