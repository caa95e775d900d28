//! One request: signed, sent, tried again where that may help, its answer read.

use std::sync::PoisonError;
use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use reqwest::header::{AUTHORIZATION, DATE, HeaderMap, HeaderName, HeaderValue, RETRY_AFTER};
use reqwest::{Method, Response, StatusCode};
use serde::de::DeserializeOwned;
use tracing::{debug, warn};

use super::refusal::printable;
use super::retry::{asked_pause, elapsed, http_date, is_passing};
use super::{Client, ConnectionFailure, Error, IdempotencyKey, Refusal, connection};
use crate::key::SigningFailed;
use crate::model::compact;
use crate::sign::{OutgoingRequest, percent};

/// A page of a hundred reports has about 50 KB.
const LARGEST_REPLY: usize = 8 * 1024 * 1024;
const LARGEST_ERROR: usize = 64 * 1024;

/// What is asked for.
#[derive(Debug, Clone)]
pub(super) struct Call<'a> {
    /// Its name in the documentation, e.g. `Get Reports`.
    pub(super) operation: &'static str,
    method: Method,
    /// The path behind the version, with its slash.
    path: String,
    /// The canonical query.
    query: String,
    body: Vec<u8>,
    idempotency_key: Option<&'a IdempotencyKey>,
}

impl<'a> Call<'a> {
    pub(super) fn get(operation: &'static str, path: &str, query: String) -> Self {
        let path = path.to_owned();
        Self { operation, method: Method::GET, path, query, body: Vec::new(), idempotency_key: None }
    }

    /// Asks for one thing of a collection.
    pub(super) fn get_one(operation: &'static str, collection: &str, id: &str) -> Self {
        Self::get(operation, &format!("{collection}/{}", percent::encode(id.as_bytes())), String::new())
    }

    pub(super) fn delete(operation: &'static str, collection: &str, id: &str) -> Self {
        Self { method: Method::DELETE, ..Self::get_one(operation, collection, id) }
    }

    pub(super) fn post(
        operation: &'static str,
        path: &str,
        body: &serde_json::Value,
        key: &'a IdempotencyKey,
    ) -> Self {
        Self {
            method: Method::POST,
            body: body.to_string().into_bytes(),
            idempotency_key: Some(key),
            ..Self::get(operation, path, String::new())
        }
    }
}

/// A successful answer.
pub(super) struct Reply {
    operation: &'static str,
    pub(super) status: StatusCode,
    request_id: Option<String>,
    body: Vec<u8>,
    secrets: Secrets,
}

impl Reply {
    /// The body in a type of the model.
    pub(super) fn read<T: DeserializeOwned>(&self) -> Result<T, Error> {
        serde_json::from_slice(&self.body).map_err(|error| self.unreadable(&error.to_string()))
    }

    pub(super) fn unreadable(&self, detail: &str) -> Error {
        Error::UnreadableReply {
            operation: self.operation,
            request_id: self.request_id.clone(),
            detail: printable(detail, &self.secrets.each()),
        }
    }
}

/// An attempt that failed.
struct Failure {
    error: Error,
    again: Again,
}

/// Whether another attempt may help.
enum Again {
    No,
    /// After the pause that the policy wants.
    Later,
    /// After the pause that the server asked for.
    After(Duration),
}

impl Failure {
    fn last(error: Error) -> Self {
        Self { error, again: Again::No }
    }
}

impl Client {
    /// Sends until an answer is there, the policy is used up or nothing will change by trying.
    pub(super) async fn send(&self, call: &Call<'_>) -> Result<Reply, Error> {
        self.wait_for_my_turn().await;
        let started = self.inner.clock.now();
        let policy = self.inner.retry;
        let mut attempt = 1;
        loop {
            let failure = match self.attempt(call, attempt).await {
                Ok(reply) => return Ok(reply),
                Err(failure) => failure,
            };
            let pause = match failure.again {
                Again::No => return Err(failure.error),
                Again::Later => self.pause_after(attempt),
                Again::After(pause) => pause,
            };
            let spent = elapsed(started, self.inner.clock.now());
            if attempt >= policy.attempts.get() || spent.saturating_add(pause) > policy.total {
                return Err(failure.error);
            }
            warn!(
                operation = call.operation,
                attempt,
                pause_ms = u64::try_from(pause.as_millis()).unwrap_or(u64::MAX),
                "Amazon Pay did not answer as hoped, trying again"
            );
            self.inner.clock.sleep(pause).await;
            self.wait_for_my_turn().await;
            attempt += 1;
        }
    }

    async fn wait_for_my_turn(&self) {
        let Some(pace) = &self.inner.pace else { return };
        let now = self.inner.clock.now();
        let wait = pace.lock().unwrap_or_else(PoisonError::into_inner).reserve(now);
        if !wait.is_zero() {
            self.inner.clock.sleep(wait).await;
        }
    }

    /// The pause that the policy wants after attempt number `attempt`.
    pub(super) fn pause_after(&self, attempt: u32) -> Duration {
        let mut rng = self.inner.rng.lock().unwrap_or_else(PoisonError::into_inner);
        self.inner.retry.pause(attempt, &mut **rng)
    }

    async fn attempt(&self, call: &Call<'_>, attempt: u32) -> Result<Reply, Failure> {
        let now = self.inner.clock.now();
        let path = self.inner.endpoint.path(&call.path);
        let signed = self.signed_headers(call, &path, now).map_err(Failure::last)?;
        let request = self
            .inner
            .api
            .request(call.method.clone(), self.inner.endpoint.url(&path, &call.query))
            .headers(signed.headers)
            .body(call.body.clone());
        let lost = |error| not_reached(call.operation, attempt, error);

        let response = request.send().await.map_err(lost)?;
        let status = response.status();
        let request_id =
            text(response.headers(), "x-amz-pay-request-id").map(|id| printable(&id, &signed.secrets.each()));
        debug!(operation = call.operation, method = %call.method, path, %status, request_id, attempt, "Amazon Pay answered");
        let retry_after =
            text(response.headers(), RETRY_AFTER.as_str()).and_then(|asked| asked_pause(&asked, now));
        let date = text(response.headers(), DATE.as_str()).and_then(|date| http_date(&date));

        if status.is_success() {
            let body = body(response, LARGEST_REPLY).await.map_err(lost)?;
            let body = body.ok_or_else(|| {
                Failure::last(Error::ReplyTooLarge { operation: call.operation, limit: LARGEST_REPLY })
            })?;
            let secrets = signed.secrets;
            return Ok(Reply { operation: call.operation, status, request_id, body, secrets });
        }
        // A body that is cut or too large still has a status, which says more than none.
        let body = body(response, LARGEST_ERROR).await.ok().flatten().unwrap_or_default();
        let ahead: Option<SignedDuration> = date.map(|date| now.duration_since(date));
        let refusal = Refusal::read(call.operation, status, &body, ahead, &signed.secrets.each());
        Err(Failure {
            error: Refusal { request_id, attempts: attempt, ..refusal }.into(),
            again: match retry_after {
                _ if !is_passing(status) => Again::No,
                Some(pause) => Again::After(pause),
                None => Again::Later,
            },
        })
    }

    fn auth_token(&self) -> &str {
        self.inner.auth_token.as_ref().and_then(|token| token.to_str().ok()).unwrap_or_default()
    }

    /// The headers of one attempt: the required ones, what the call needs, and the signature over them.
    fn signed_headers(&self, call: &Call<'_>, path: &str, now: Timestamp) -> Result<SignedHeaders, Error> {
        let date = compact(now);
        let endpoint = &self.inner.endpoint;
        let mut signed = vec![
            ("accept", "application/json"),
            ("content-type", "application/json"),
            ("x-amz-pay-date", date.as_str()),
            ("x-amz-pay-host", endpoint.host.as_str()),
            ("x-amz-pay-region", endpoint.region.name()),
        ];
        if let Some(key) = call.idempotency_key {
            signed.push(("x-amz-pay-idempotency-key", key.as_str()));
        }
        if self.inner.auth_token.is_some() {
            signed.push(("x-amz-pay-authtoken", self.auth_token()));
        }
        let authorization = OutgoingRequest {
            method: call.method.as_str(),
            path,
            query: &call.query,
            headers: &signed,
            body: &call.body,
        }
        .sign(&self.inner.key, &self.inner.id)?;
        let secrets = Secrets([authorization.signature_text(), self.auth_token().to_owned()]);
        let authorization = authorization.to_string();
        signed.push((AUTHORIZATION.as_str(), authorization.as_str()));

        let mut headers = HeaderMap::new();
        for (name, value) in signed {
            let mut value = HeaderValue::from_str(value).map_err(|_error| SigningFailed)?;
            value.set_sensitive(matches!(name, "authorization" | "x-amz-pay-authtoken"));
            headers.insert(HeaderName::from_static(name), value);
        }
        Ok(SignedHeaders { headers, secrets })
    }
}

/// What one attempt sends beside the body.
struct SignedHeaders {
    headers: HeaderMap,
    secrets: Secrets,
}

/// The signature and the token of one attempt, to be kept out of what the server writes back.
struct Secrets([String; 2]);

impl Secrets {
    fn each(&self) -> [&str; 2] {
        self.0.each_ref().map(String::as_str)
    }
}

fn not_reached(operation: &'static str, attempts: u32, error: reqwest::Error) -> Failure {
    let cause = connection::failure(&error);
    let detail = connection::detail(error);
    Failure {
        error: Error::NotReached { operation, attempts, cause, detail },
        // A certificate that is not trusted now will not be in a second.
        again: if cause == ConnectionFailure::Certificate { Again::No } else { Again::Later },
    }
}

/// A header as text, as far as it is short and visible.
pub(super) fn text(headers: &HeaderMap, name: &str) -> Option<String> {
    let value = headers.get(name)?.to_str().ok()?;
    (value.len() <= 200).then(|| value.to_owned())
}

/// The whole body, or nothing where it has more than `limit` bytes.
pub(super) async fn body(mut response: Response, limit: usize) -> Result<Option<Vec<u8>>, reqwest::Error> {
    let mut body = Vec::new();
    while let Some(piece) = response.chunk().await? {
        if body.len() + piece.len() > limit {
            return Ok(None);
        }
        body.extend_from_slice(&piece);
    }
    Ok(Some(body))
}
