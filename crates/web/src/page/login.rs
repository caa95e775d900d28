//! Login, second factor, and the first start.

use askama::Template;

use super::Frame;
use crate::{
    component::{Field, Message},
    text::Words,
};

/// The login form.
#[derive(Debug, Template)]
#[template(path = "page/login.html")]
pub struct Login {
    pub t: Words,
    pub frame: Frame,
    pub fields: Vec<Field>,
    /// The page to show afterwards.
    pub back: String,
    pub error: Option<Message>,
}

/// The second factor.
#[derive(Debug, Template)]
#[template(path = "page/second_factor.html")]
pub struct SecondFactor {
    pub t: Words,
    pub frame: Frame,
    pub field: Field,
    pub back: String,
    pub error: Option<Message>,
}

/// The first start: the owner enters.
#[derive(Debug, Template)]
#[template(path = "page/setup.html")]
pub struct Setup {
    pub t: Words,
    pub frame: Frame,
    pub fields: Vec<Field>,
    pub error: Option<Message>,
}

impl Login {
    /// The form; the address that was typed stays.
    pub fn new(frame: Frame, email: &str, back: &str, error: Option<Message>) -> Self {
        let t = frame.t.clone();
        let fields = vec![
            Field::email("email", t.email()).value(email).required(),
            Field::password("password", t.password(), "current-password").required(),
        ];
        Self { t, frame, fields, back: back.to_owned(), error }
    }
}

impl SecondFactor {
    /// The form for the code.
    pub fn new(frame: Frame, back: &str, error: Option<Message>) -> Self {
        let t = frame.t.clone();
        let field =
            Field::text("code", t.second_code()).autocomplete("one-time-code").class("code").required();
        Self { t, frame, field, back: back.to_owned(), error }
    }
}

/// What was typed into the form of the first start.
#[derive(Clone, Debug, Default)]
pub struct SetupEntries {
    pub code: String,
    pub client: String,
    pub name: String,
    pub email: String,
}

impl Setup {
    /// The form; what was typed stays, but for the password.
    pub fn new(frame: Frame, typed: &SetupEntries, refused: Option<&app::AppError>) -> Self {
        let t = frame.t.clone();
        let fields = [
            Field::text("code", t.setup_code()).hint(t.setup_code_hint()).class("code").value(&typed.code),
            Field::text("client", t.setup_client()).hint(t.setup_client_hint()).value(&typed.client),
            Field::text("name", t.setup_name()).autocomplete("name").value(&typed.name),
            Field::email("email", t.email()).value(&typed.email),
            Field::password("password", t.password(), "new-password").hint(t.setup_password_hint()),
        ];
        let fields = fields.map(|field| field.required().refused(&t, refused)).into();
        let error = super::error::message_of(&t, refused);
        Self { t, frame, fields, error }
    }
}
