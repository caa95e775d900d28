//! A call that tells another program of a batch. It carries what the batch is, not its bytes; those are fetched with an
//! API key.

use std::time::Duration;

use aws_lc_rs::hmac;
use jiff::Timestamp;
use secrecy::{ExposeSecret as _, SecretString};
use serde_json::json;

use crate::books::batch::Found;

/// Who has not answered by then has not answered.
const PATIENCE: Duration = Duration::from_secs(30);

/// Why a call was not taken.
#[derive(Debug, thiserror::Error)]
pub(super) enum CallError {
    /// No answer.
    #[error("no answer")]
    NotReached(#[from] reqwest::Error),
    /// Another answer than success.
    #[error("the answer was {0}")]
    Refused(u16),
}

/// What is told, as JSON.
pub(super) fn body(delivery: &str, found: &Found) -> String {
    let batch = &found.batch;
    let files = found.files.iter().map(|file| {
        json!({ "name": file.name, "kind": file.kind, "bytes": file.bytes, "sha256": file.sha256, "postings": file.postings })
    });
    json!({
        "event": "batch.ready",
        "delivery": delivery,
        "client": batch.begun.client.as_str(),
        "batch": batch.begun.id.as_str(),
        "connection": batch.begun.connection.as_ref().map(|id| id.as_str().to_owned()),
        "month": batch.begun.month.to_string(),
        "correction": batch.begun.correction,
        "postings": batch.content.postings,
        "sha256": batch.content.sha256,
        "created_at": batch.begun.created_at.to_string(),
        "files": files.collect::<Vec<_>>(),
    })
    .to_string()
}

/// The header `Kontor-Signature` of a body: `t=<seconds since 1970>,v1=<HMAC-SHA256 of "<t>.<body>" in hexadecimal>`. The
/// time is in it so that an old call cannot be played again for long.
pub fn signature(secret: &SecretString, at: Timestamp, body: &str) -> String {
    let key = hmac::Key::new(hmac::HMAC_SHA256, secret.expose_secret().as_bytes());
    let seconds = at.as_second();
    let tag = hmac::sign(&key, format!("{seconds}.{body}").as_bytes());
    format!("t={seconds},v1={}", store::journal::hex(tag.as_ref()))
}

/// Calls. Redirections are not followed, so that a call ends where the client said.
pub(super) async fn call(
    address: &str,
    delivery: &str,
    signature: &str,
    body: String,
) -> Result<(), CallError> {
    let client = reqwest::Client::builder()
        .timeout(PATIENCE)
        .redirect(reqwest::redirect::Policy::none())
        .user_agent(concat!("kontor/", env!("CARGO_PKG_VERSION")))
        .build()?;
    let answer = client
        .post(address)
        .header("Content-Type", "application/json")
        .header("Kontor-Delivery", delivery)
        .header("Kontor-Signature", signature)
        .body(body)
        .send()
        .await?;
    if answer.status().is_success() { Ok(()) } else { Err(CallError::Refused(answer.status().as_u16())) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_signature_can_be_recomputed_with_openssl() {
        // printf '1790000000.{}' | openssl dgst -sha256 -hmac whsec_test
        let at = Timestamp::from_second(1_790_000_000).unwrap();
        let found = signature(&SecretString::from("whsec_test"), at, "{}");
        assert_eq!(found, "t=1790000000,v1=1c2847ad1f8158a1da978f36627ac1f07f7fd027321ac9ad40bccc06743f8396");
    }
}
