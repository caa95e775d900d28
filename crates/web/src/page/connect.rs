//! `Neue Schnittstelle anbinden`: the providers, and the form of Amazon Pay.

use app::AppError;
use askama::Template;

use super::{Frame, error::message_of};
use crate::{
    address::Place,
    component::{Field, FileField, Message},
    text::Words,
};

/// The tiles of the providers.
#[derive(Debug, Template)]
#[template(path = "page/providers.html")]
pub struct Providers {
    pub t: Words,
    pub frame: Frame,
}

impl Providers {
    /// The page.
    pub fn new(frame: Frame) -> Self {
        Self { t: frame.t.clone(), frame }
    }
}

/// What was typed into the form; the key is never shown again.
#[derive(Clone, Debug, Default)]
pub struct AmazonPayEntries {
    pub label: String,
    pub seller_id: String,
    pub public_key_id: String,
    pub start_date: String,
}

/// The form of Amazon Pay with its guide.
#[derive(Debug, Template)]
#[template(path = "page/amazon_pay.html")]
pub struct AmazonPayForm {
    pub t: Words,
    pub frame: Frame,
    title: String,
    /// A sentence under the title, where the form needs one.
    lead: Option<&'static str>,
    action: String,
    back: String,
    before: Vec<Field>,
    file: FileField,
    after: Vec<Field>,
    error: Option<Message>,
}

impl AmazonPayForm {
    /// The form for a new connection; what was typed stays.
    pub fn new(frame: Frame, typed: &AmazonPayEntries, refused: Option<&AppError>) -> Self {
        let t = frame.t.clone();
        let before = vec![
            Field::text("label", t.connection_name()).hint(t.label_hint()).value(&typed.label).longest(80),
            Field::text("seller-id", t.seller_id()).value(&typed.seller_id).class("code").required(),
            Field::text("public-key-id", t.public_key_id())
                .value(&typed.public_key_id)
                .class("code")
                .required(),
        ];
        let after = vec![
            Field::date("start-date", t.start_date()).hint(t.start_date_hint()).value(&typed.start_date),
        ];
        Self {
            title: t.amazon_pay_title().to_owned(),
            lead: None,
            action: frame.below(Place::Connections, "/new/amazon-pay"),
            back: frame.at(Place::Connections),
            before: before.into_iter().map(|field| field.refused(&t, refused)).collect(),
            after: after.into_iter().map(|field| field.refused(&t, refused)).collect(),
            file: key_file(&t, refused),
            error: message_of(&t, refused),
            t,
            frame,
        }
    }

    /// The form for another key of a connection.
    pub fn another_key(
        frame: Frame,
        connection: &str,
        public_key_id: &str,
        refused: Option<&AppError>,
    ) -> Self {
        let t = frame.t.clone();
        let id =
            Field::text("public-key-id", t.public_key_id()).value(public_key_id).class("code").required();
        Self {
            title: t.connection_replace_key().to_owned(),
            lead: Some(t.connection_replace_lead()),
            action: frame.below(Place::Connections, &format!("/{connection}/key")),
            back: frame.below(Place::Connections, &format!("/{connection}")),
            before: vec![id.refused(&t, refused)],
            after: Vec::new(),
            file: key_file(&t, refused),
            error: message_of(&t, refused),
            t,
            frame,
        }
    }
}

fn key_file(t: &Words, refused: Option<&AppError>) -> FileField {
    FileField::one(t, "private-key", t.private_key(), ".pem")
        .hint(t.private_key_hint())
        .note(t.private_key_note())
        .refused(refused)
}
