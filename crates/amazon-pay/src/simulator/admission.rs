//! Whether a request may come in: its headers, its date, its key, its environment, its signature.

use std::sync::Arc;

use axum::body::Bytes;
use axum::http::{HeaderMap, Method};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use jiff::{SignedDuration, Timestamp};

use super::fault::Disturbance;
use super::idempotency;
use super::keys::Keys;
use super::merchant::Merchant;
use super::query::instant;
use super::refusal::Refusal;
use super::route::Route;
use crate::client::Region;
use crate::key::Environment;
use crate::sign::{Authorization, REQUIRED_HEADERS, ReceivedRequest, RefusedSignature};

/// How old a signature may be. Amazon documents no figure.
const OLDEST: SignedDuration = SignedDuration::from_mins(5);

/// A request as it came in.
#[derive(Debug, Clone)]
pub(super) struct Received {
    pub(super) method: Method,
    pub(super) path: String,
    pub(super) query: String,
    pub(super) headers: HeaderMap,
    pub(super) body: Bytes,
}

impl Received {
    /// The value of a header; a header that is no text counts as absent.
    pub(super) fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name).and_then(|value| std::str::from_utf8(value.as_bytes()).ok())
    }

    fn required(&self, name: &'static str) -> Result<&str, Refusal> {
        match self.header(name).map(str::trim) {
            None => Err(Refusal::MissingHeader(name)),
            Some("") => Err(Refusal::MissingHeaderValue(name)),
            Some(value) => Ok(value),
        }
    }

    /// The idempotency key of a request that creates something.
    pub(super) fn idempotency_key(&self) -> Result<&str, Refusal> {
        let name = "x-amz-pay-idempotency-key";
        let key = self.required(name)?;
        if idempotency::is_key(key) {
            return Ok(key);
        }
        Err(Refusal::InvalidHeaderValue { name, value: shown(key) })
    }
}

/// What the simulator demands of everyone.
#[derive(Debug)]
pub(super) struct Admission {
    pub(super) keys: Keys,
    pub(super) region: Region,
    /// At least one.
    pub(super) merchants: Vec<Arc<Merchant>>,
}

/// On whose behalf and where a request that was let in works.
#[derive(Debug)]
pub(super) struct Admitted {
    pub(super) merchant: Arc<Merchant>,
    pub(super) environment: Environment,
}

impl Admission {
    /// The merchant and the environment in which the request works.
    pub(super) fn admit(
        &self,
        received: &Received,
        route: &Route,
        now: Timestamp,
        disturbance: Disturbance,
    ) -> Result<Admitted, Refusal> {
        for name in REQUIRED_HEADERS {
            received.required(name)?;
        }
        let authorization = read_authorization(received)?;
        let unsigned = |name: &&str| !authorization.signed_headers.iter().any(|signed| signed == *name);
        if let Some(name) = REQUIRED_HEADERS.into_iter().find(|name| unsigned(name)) {
            return Err(Refusal::UnsignedHeader(name));
        }
        if route.operation.creates() {
            received.idempotency_key()?;
        }
        self.check_region_and_host(received)?;
        check_date(received.required("x-amz-pay-date")?, now)?;

        let key_id = authorization.public_key_id.as_str();
        let unknown = || Refusal::UnknownKey { key_id: shown(key_id) };
        let key = self.keys.usable(key_id).filter(|_| !disturbance.forgets_key).ok_or_else(unknown)?;
        verify(received, &key.public, &authorization, disturbance)?;
        let merchant = match received.header("x-amz-pay-authtoken") {
            None => key.merchant,
            Some(token) => self.merchant_of_token(token).ok_or(Refusal::UnknownToken)?,
        };
        let environment = environment(key.environment, route.environment, key_id)?;
        if disturbance.mistakes_environment {
            return Err(Refusal::WrongEnvironment { key_id: shown(key_id), environment: environment.name() });
        }
        Ok(Admitted { merchant, environment })
    }

    /// Whoever gave a solution provider this token.
    fn merchant_of_token(&self, token: &str) -> Option<Arc<Merchant>> {
        self.merchants.iter().find(|merchant| merchant.auth_token == token).cloned()
    }

    fn check_region_and_host(&self, received: &Received) -> Result<(), Refusal> {
        let region = received.required("x-amz-pay-region")?;
        if region.parse() != Ok(self.region) {
            return Err(Refusal::InvalidHeaderValue { name: "x-amz-pay-region", value: shown(region) });
        }
        let host = received.required("x-amz-pay-host")?;
        let asked = received.header("host").unwrap_or(host);
        let known = without_port(host).eq_ignore_ascii_case(without_port(asked))
            || without_port(host).eq_ignore_ascii_case(self.region.host());
        if !known {
            return Err(Refusal::InvalidHeaderValue { name: "x-amz-pay-host", value: shown(host) });
        }
        Ok(())
    }
}

fn read_authorization(received: &Received) -> Result<Authorization, Refusal> {
    let header = received.required("authorization")?;
    Authorization::parse(header)
        .map_err(|_error| Refusal::InvalidHeaderValue { name: "authorization", value: shown(header) })
}

fn check_date(value: &str, now: Timestamp) -> Result<(), Refusal> {
    let invalid = || Refusal::InvalidHeaderValue { name: "x-amz-pay-date", value: shown(value) };
    let date = instant(value).ok_or_else(invalid)?;
    if date > now {
        return Err(Refusal::DateInFuture { value: shown(value) });
    }
    if now.duration_since(date) > OLDEST {
        return Err(Refusal::DateTooOld { value: shown(value) });
    }
    Ok(())
}

fn verify(
    received: &Received,
    key: &crate::key::PublicKey,
    authorization: &Authorization,
    disturbance: Disturbance,
) -> Result<(), Refusal> {
    let headers: Vec<(&str, &str)> = received
        .headers
        .iter()
        .filter_map(|(name, value)| Some((name.as_str(), std::str::from_utf8(value.as_bytes()).ok()?)))
        .collect();
    let request = ReceivedRequest {
        method: received.method.as_str(),
        path: &received.path,
        query: &received.query,
        headers: &headers,
        body: if disturbance.spoils_body { b"spoiled" } else { &received.body },
    };
    request.verify(key, authorization).map_err(|refused| match refused {
        RefusedSignature::MissingHeader { name } => Refusal::InvalidHeaderValue {
            name: "authorization",
            value: format!("SignedHeaders={}", shown(&name)),
        },
        RefusedSignature::WrongSignature { string_to_sign } => {
            Refusal::InvalidSignature { string_to_sign, signature: STANDARD.encode(&authorization.signature) }
        }
    })
}

/// The environment of a request: that of its key, with which the path must agree; for an older key that of the path.
fn environment(
    key: Option<Environment>,
    path: Option<Environment>,
    key_id: &str,
) -> Result<Environment, Refusal> {
    match (key, path) {
        (Some(key), Some(path)) if key != path => {
            Err(Refusal::WrongEnvironment { key_id: shown(key_id), environment: path.name() })
        }
        (Some(environment), _) | (None, Some(environment)) => Ok(environment),
        (None, None) => Err(Refusal::InvalidRequest(
            "the path of this Public Key ID names its environment, /live/v2 or /sandbox/v2",
        )),
    }
}

fn without_port(host: &str) -> &str {
    match host.rsplit_once(':') {
        Some((name, port)) if port.bytes().all(|byte| byte.is_ascii_digit()) => name,
        _ => host,
    }
}

/// As much of a text as an answer repeats.
fn shown(text: &str) -> String {
    text.chars().take(200).collect()
}
