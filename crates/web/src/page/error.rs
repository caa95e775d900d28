//! When something cannot be shown or done: what, why, what now.

use app::{AppError, RefusalKind};
use askama::Template;

use super::Frame;
use crate::{
    component::{Message, Tone},
    text::Words,
};

/// A page that says no, for people who are logged in or not.
#[derive(Debug, Template)]
#[template(path = "page/error.html")]
pub struct ErrorPage {
    pub t: Words,
    pub frame: Frame,
    pub title: &'static str,
    pub text: String,
    /// What the operator finds in the log.
    pub number: Option<String>,
}

/// A page that asks before something is done, for browsers without scripts.
#[derive(Debug, Template)]
#[template(path = "page/confirm.html")]
pub struct ConfirmPage {
    pub t: Words,
    pub frame: Frame,
    pub question: String,
    pub text: String,
    /// Where the answer is posted; the field `confirmed` is `yes`.
    pub action: String,
    pub button: String,
    pub danger: bool,
    /// The page one comes from.
    pub back: String,
}

impl ErrorPage {
    /// The page of an error; `number` is what the log calls this request.
    pub fn new(frame: Frame, error: &AppError, number: &str) -> Self {
        let t = frame.t.clone();
        let Some(refusal) = error.refusal() else {
            let text = t.error_ours_text().to_owned();
            return Self { title: t.error_ours(), text, number: Some(number.to_owned()), t, frame };
        };
        let title = match refusal.kind {
            RefusalKind::Forbidden | RefusalKind::Unknown => t.error_forbidden(),
            RefusalKind::NotFound => t.error_not_found(),
            RefusalKind::Invalid => t.error_invalid(),
            RefusalKind::Conflict => t.error_conflict(),
            RefusalKind::TooLarge => t.error_too_large(),
            RefusalKind::TooOften => t.error_too_often(),
            RefusalKind::Elsewhere => t.error_elsewhere(),
        };
        let text = refusal.text(t.language()).to_owned();
        Self { title, text, number: None, t, frame }
    }

    /// The page of an address that leads nowhere.
    pub fn not_found(frame: Frame) -> Self {
        let t = frame.t.clone();
        Self { title: t.error_not_found(), text: t.error_not_found_text().to_owned(), number: None, t, frame }
    }
}

/// A refusal that belongs to no field, as a message above the form.
pub fn message_of(words: &Words, error: Option<&AppError>) -> Option<Message> {
    let error = error?;
    match error.refusal() {
        Some(refusal) if refusal.field.is_some() => None,
        Some(refusal) => Some(Message::new(Tone::Bad, refusal.text(words.language()))),
        None => Some(Message::new(Tone::Bad, words.error_ours())),
    }
}
