//! What a form or a JSON object says: the same fields, both as texts.

use std::collections::BTreeMap;

use axum::body::Bytes;
use axum::extract::{Form, FromRequest, Request};
use axum::http::header::CONTENT_TYPE;
use serde_json::{Map, Value};

/// The fields of a request to the control page.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Input {
    fields: BTreeMap<String, String>,
    /// Whether they came as JSON, so that the answer is JSON as well.
    pub(super) is_json: bool,
}

impl Input {
    /// A field without blanks around it; empty where there is none.
    pub(super) fn text(&self, name: &str) -> &str {
        self.fields.get(name).map_or("", |text| text.trim())
    }

    fn of_json(body: &[u8]) -> Option<Self> {
        let object: Map<String, Value> =
            if body.is_empty() { Map::new() } else { serde_json::from_slice(body).ok()? };
        let text = |value: Value| match value {
            Value::Null => String::new(),
            Value::String(text) => text,
            other => other.to_string(),
        };
        let fields = object.into_iter().map(|(name, value)| (name, text(value))).collect();
        Some(Self { fields, is_json: true })
    }
}

impl<S: Send + Sync> FromRequest<S> for Input {
    type Rejection = (axum::http::StatusCode, &'static str);

    async fn from_request(request: Request, state: &S) -> Result<Self, Self::Rejection> {
        const UNREADABLE: (axum::http::StatusCode, &str) = (
            axum::http::StatusCode::BAD_REQUEST,
            "The fields cannot be read: send a form or a JSON object.\n",
        );
        let kind =
            request.headers().get(CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).unwrap_or_default();
        if kind.starts_with("application/x-www-form-urlencoded") {
            let Form(fields) = Form::from_request(request, state).await.map_err(|_rejected| UNREADABLE)?;
            return Ok(Self { fields, is_json: false });
        }
        let body = Bytes::from_request(request, state).await.map_err(|_rejected| UNREADABLE)?;
        Self::of_json(&body).ok_or(UNREADABLE)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn json_gives_the_same_texts_as_a_form() {
        let input = Input::of_json(br#"{"amount":" 119.00 ","days":3,"on":true,"store":null}"#).unwrap();
        assert_eq!(
            ["amount", "days", "on", "store", "other"].map(|name| input.text(name)),
            ["119.00", "3", "true", "", ""]
        );
        assert_eq!(Input::of_json(b"").unwrap().text("x"), "");
        assert!(Input::of_json(b"[]").is_none());
    }
}
