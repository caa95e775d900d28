//! What an error answer means and what a person can do about it.

use std::fmt;

use jiff::SignedDuration;
use reqwest::StatusCode;
use serde::Deserialize;

/// The longest message of the API that is kept.
const LONGEST_MESSAGE: usize = 1000;
/// An unbroken run of so many base64 characters is a signature or a key, longer than any id or hash.
const LONGEST_WORD: usize = 100;

/// The API answered, and not as hoped.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusal {
    /// What was asked for, e.g. `Get Reports`.
    pub operation: &'static str,
    /// The HTTP status.
    pub status: u16,
    /// Amazon's name for the reason, e.g. `InvalidParameterValue`.
    pub reason_code: Option<String>,
    /// Amazon's words, shortened; signatures in them are left out.
    pub message: Option<String>,
    /// The id to name when asking Amazon about it.
    pub request_id: Option<String>,
    /// What it means.
    pub cause: RefusalCause,
    /// How often it was tried.
    pub attempts: u32,
}

/// What an error answer means. The HTTP status decides first; the reason code only where one status has several meanings,
/// because the documentation does not list all of them (Amazon Pay API v2, "Error handling").
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RefusalCause {
    /// The clock of this machine runs ahead; Amazon takes no date in the future.
    ClockAhead {
        /// By how much, if the answer had a date.
        by: Option<SignedDuration>,
    },
    /// The clock of this machine is late.
    ClockBehind {
        /// By how much.
        by: SignedDuration,
    },
    /// The signature does not belong to the key id.
    WrongSignature,
    /// The key may not do this: unknown, revoked, of another environment or region, or without delegation.
    NotAuthorized,
    /// The account is not in order.
    AccountStatus,
    /// There is no such thing (any longer).
    NotFound,
    /// The idempotency key was used for another request.
    IdempotencyKeyUsed,
    /// Too many requests for longer than was waited.
    TooManyRequests,
    /// The request does not please the API.
    Request,
    /// An error on Amazon's side.
    Server,
    /// An answer that the API never gives, such as a redirection: something else answered.
    Unexpected,
}

impl RefusalCause {
    /// What a person can do about it, as one sentence.
    pub const fn advice(self) -> &'static str {
        match self {
            Self::ClockAhead { .. } => {
                "Set the clock of this machine by a time server: Amazon refuses dates in the future, even by a second."
            }
            Self::ClockBehind { .. } => "Set the clock of this machine by a time server.",
            Self::WrongSignature => {
                "The private key does not belong to this Public Key ID: take the .pem file that has the id in its name."
            }
            Self::NotAuthorized => {
                "Check in Seller Central → Integration Central that the key exists and is not revoked, and that region \
                 and environment (LIVE or SANDBOX) are those of the key; whoever acts for another merchant needs that \
                 merchant's permission."
            }
            Self::AccountStatus => {
                "Look in Seller Central: the merchant's account is suspended or not set up."
            }
            Self::NotFound => {
                "Check the id, the region and the environment; reports are kept for 90 days at most."
            }
            Self::IdempotencyKeyUsed => "Take a new idempotency key for a new request.",
            Self::TooManyRequests => {
                "Wait a minute, and let no other program use the same key at the same time."
            }
            Self::Request => "The request is at fault; the message names the part.",
            Self::Server => "Try again later; if it lasts, ask Amazon Pay and name the request id.",
            Self::Unexpected => {
                "Something between here and Amazon answered: check the endpoint and the proxy."
            }
        }
    }
}

/// The body of an error answer.
#[derive(Deserialize, Default)]
#[serde(rename_all = "camelCase")]
struct ErrorBody {
    reason_code: Option<String>,
    message: Option<String>,
}

impl Refusal {
    /// Reads an error answer. `ahead` is by how much the machine's clock is ahead of the answer's date; `secrets` are
    /// taken out of what Amazon writes back.
    pub(super) fn read(
        operation: &'static str,
        status: StatusCode,
        body: &[u8],
        ahead: Option<SignedDuration>,
        secrets: &[&str],
    ) -> Self {
        let body: ErrorBody = serde_json::from_slice(body).unwrap_or_default();
        let reason_code = body.reason_code.map(|code| printable(&code, secrets));
        let message = body.message.map(|message| printable(&message, secrets));
        let cause = cause(status, reason_code.as_deref(), message.as_deref().unwrap_or_default(), ahead);
        Self {
            operation,
            status: status.as_u16(),
            reason_code,
            message,
            request_id: None,
            cause,
            attempts: 1,
        }
    }
}

fn cause(
    status: StatusCode,
    reason_code: Option<&str>,
    message: &str,
    ahead: Option<SignedDuration>,
) -> RefusalCause {
    const MINUTE: SignedDuration = SignedDuration::from_secs(60);
    let is_about_the_date = message.contains("x-amz-pay-date");
    match (status.as_u16(), reason_code) {
        (400, Some("InvalidHeaderValue")) if message.contains("future") => {
            RefusalCause::ClockAhead { by: ahead.filter(SignedDuration::is_positive) }
        }
        (400, Some("InvalidHeaderValue"))
            if is_about_the_date && ahead.is_some_and(|ahead| ahead < -MINUTE) =>
        {
            RefusalCause::ClockBehind { by: -ahead.unwrap_or_default() }
        }
        (400, Some("DuplicateIdempotencyKey")) => RefusalCause::IdempotencyKeyUsed,
        (400 | 401 | 403, Some("InvalidRequestSignature")) => RefusalCause::WrongSignature,
        (401 | 403, Some("InvalidAccountStatus")) => RefusalCause::AccountStatus,
        (401 | 403, _) => RefusalCause::NotAuthorized,
        (404 | 410, _) => RefusalCause::NotFound,
        (408 | 425 | 429, _) => RefusalCause::TooManyRequests,
        (400..500, _) => RefusalCause::Request,
        (500.., _) => RefusalCause::Server,
        _ => RefusalCause::Unexpected,
    }
}

/// What a server wrote, fit to be shown: shortened, on one line, without what must stay secret.
pub(super) fn printable(text: &str, secrets: &[&str]) -> String {
    let mut text = text.to_owned();
    for secret in secrets.iter().filter(|secret| !secret.is_empty()) {
        text = text.replace(secret, "…");
    }
    let mut shown = String::new();
    let mut word = 0;
    for character in text.chars().take(4 * LONGEST_MESSAGE) {
        let is_base64 = character.is_ascii_alphanumeric() || matches!(character, '+' | '/' | '=' | '-' | '_');
        word = if is_base64 { word + 1 } else { 0 };
        match word {
            ..=LONGEST_WORD => shown.push(if character.is_control() { ' ' } else { character }),
            _ if word == LONGEST_WORD + 1 => {
                shown.truncate(shown.len() - LONGEST_WORD);
                shown.push('…');
            }
            _ => {}
        }
        if shown.len() >= LONGEST_MESSAGE {
            break;
        }
    }
    shown
}

/// One sentence: what was asked, what came back, what to do.
impl fmt::Display for Refusal {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}: Amazon Pay answered {}", self.operation, self.status)?;
        for part in [&self.reason_code, &self.message].into_iter().flatten() {
            write!(formatter, ", {part}")?;
        }
        match self.cause {
            RefusalCause::ClockAhead { by: Some(by) } => {
                write!(formatter, "; this machine's clock is ahead by about {} s", by.as_secs().max(1))?;
            }
            RefusalCause::ClockBehind { by } => {
                write!(formatter, "; this machine's clock is behind by about {} s", by.as_secs())?;
            }
            _ => {}
        }
        if self.attempts > 1 {
            write!(formatter, " (after {} attempts)", self.attempts)?;
        }
        if let Some(request_id) = &self.request_id {
            write!(formatter, " (request {request_id})")?;
        }
        write!(formatter, ". {}", self.cause.advice())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refusal(status: u16, body: &str, ahead: Option<i64>) -> Refusal {
        let status = StatusCode::from_u16(status).unwrap();
        Refusal::read(
            "Get Reports",
            status,
            body.as_bytes(),
            ahead.map(SignedDuration::from_secs),
            &["Atza|token"],
        )
    }

    #[test]
    fn a_fast_clock_is_named_with_its_offset() {
        let body = r#"{"reasonCode":"InvalidHeaderValue","message":"The value 20220125T140736Z provided for x-amz-pay-date should not be in future"}"#;
        let ahead = refusal(400, body, Some(37));
        assert_eq!(ahead.cause, RefusalCause::ClockAhead { by: Some(SignedDuration::from_secs(37)) });
        assert!(ahead.to_string().contains("clock is ahead by about 37 s. Set the clock"), "{ahead}");
        assert_eq!(refusal(400, body, None).cause, RefusalCause::ClockAhead { by: None });
    }

    #[test]
    fn a_late_clock_is_told_from_another_wrong_header() {
        let body = r#"{"reasonCode":"InvalidHeaderValue","message":"The value provided for x-amz-pay-date is too old"}"#;
        let behind = refusal(400, body, Some(-900));
        assert_eq!(behind.cause, RefusalCause::ClockBehind { by: SignedDuration::from_secs(900) });
        assert_eq!(refusal(400, body, Some(0)).cause, RefusalCause::Request);
    }

    #[test]
    fn the_status_decides_and_the_reason_refines() {
        let cause =
            |status, reason: &str| refusal(status, &format!(r#"{{"reasonCode":"{reason}"}}"#), None).cause;
        assert_eq!(cause(401, "UnauthorizedAccess"), RefusalCause::NotAuthorized);
        assert_eq!(cause(403, "NeverSeen"), RefusalCause::NotAuthorized);
        assert_eq!(cause(401, "InvalidRequestSignature"), RefusalCause::WrongSignature);
        assert_eq!(cause(400, "InvalidRequestSignature"), RefusalCause::WrongSignature);
        assert_eq!(cause(403, "InvalidAccountStatus"), RefusalCause::AccountStatus);
        assert_eq!(cause(400, "DuplicateIdempotencyKey"), RefusalCause::IdempotencyKeyUsed);
        assert_eq!(cause(400, "UnrecognizedField"), RefusalCause::Request);
        assert_eq!(cause(404, "ResourceNotFound"), RefusalCause::NotFound);
        assert_eq!(cause(429, "InvalidRequestSignature"), RefusalCause::TooManyRequests);
        assert_eq!(cause(503, "UnauthorizedAccess"), RefusalCause::Server);
        assert_eq!(cause(302, ""), RefusalCause::Unexpected);
        assert_eq!(refusal(404, "<html>no JSON</html>", None).cause, RefusalCause::NotFound);
    }

    #[test]
    fn what_the_server_echoes_is_shown_without_secrets() {
        let signature = "Ab+/".repeat(86);
        let body = format!(
            r#"{{"reasonCode":"InvalidRequestSignature","message":"Unable to verify signature, signing String [AMZN-PAY-RSASSA-PSS\n{}] , signature [{signature}] {}Atza|token"}}"#,
            "a1".repeat(32),
            "long ".repeat(500),
        );
        let message = refusal(401, &body, None).message.unwrap();
        assert!(message.contains(&"a1".repeat(32)), "the hash helps to compare: {message}");
        assert!(message.contains("signature […]"), "{message}");
        assert!(message.len() <= LONGEST_MESSAGE + 4 && !message.contains('\n'));
        assert_eq!(refusal(401, r#"{"message":"for Atza|token"}"#, None).message.unwrap(), "for …");
    }
}
