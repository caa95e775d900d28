//! What an operation answers, before it becomes an HTTP response.

use axum::body::Bytes;
use axum::http::StatusCode;
use serde::Serialize;

use super::refusal::Refusal;

/// A status and a JSON body; an empty body where there is nothing to say.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Reply {
    pub(super) status: StatusCode,
    pub(super) body: Bytes,
}

impl Reply {
    pub(super) fn ok(body: &impl Serialize) -> Result<Self, Refusal> {
        Self::json(StatusCode::OK, body)
    }

    pub(super) fn created(body: &impl Serialize) -> Result<Self, Refusal> {
        Self::json(StatusCode::CREATED, body)
    }

    pub(super) const fn empty() -> Self {
        Self { status: StatusCode::OK, body: Bytes::new() }
    }

    fn json(status: StatusCode, body: &impl Serialize) -> Result<Self, Refusal> {
        let body = serde_json::to_vec(body).map_err(|_error| Refusal::InternalServerError)?;
        Ok(Self { status, body: body.into() })
    }
}
