//! Where report documents lie: addresses signed in advance that work for thirty seconds, as Amazon S3 hands them out.
//!
//! Source: Amazon S3, "Authenticating requests: using query parameters"; the thirty seconds: Amazon Pay API v2, "Reports".

use aws_lc_rs::{hmac, rand};
use axum::body::Bytes;
use axum::http::{HeaderMap, Method, StatusCode};
use jiff::{SignedDuration, Timestamp};

use super::query::{Query, instant};
use super::reply::Reply;
use crate::sign::percent;

/// Where the paths of documents begin.
pub(super) const FOLDER: &str = "/documents/";
/// How long an address works.
const LIFETIME: SignedDuration = SignedDuration::from_secs(30);
/// The end of the path of a document that is handed out compressed.
const COMPRESSED: &str = ".gz";

/// What an address that is still good leads to.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Granted {
    pub(super) document_id: String,
    pub(super) compressed: bool,
}

/// Signs addresses and knows its own again.
pub(super) struct Storage(hmac::Key);

impl std::fmt::Debug for Storage {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("Storage(hidden)")
    }
}

impl Storage {
    /// A storage whose addresses nobody can guess; `None` where the machine has no randomness.
    pub(super) fn new() -> Option<Self> {
        let mut secret = [0; 32];
        rand::fill(&mut secret).ok()?;
        Some(Self(hmac::Key::new(hmac::HMAC_SHA256, &secret)))
    }

    /// The path and query by which the document can be read for thirty seconds from `from` on.
    pub(super) fn address(&self, document_id: &str, compressed: bool, from: Timestamp) -> String {
        let ending = if compressed { COMPRESSED } else { "" };
        let path = format!("{FOLDER}{}{ending}", percent::encode(document_id.as_bytes()));
        let date = from.strftime("%Y%m%dT%H%M%SZ");
        let expires = LIFETIME.as_secs();
        let signature =
            hexadecimal(hmac::sign(&self.0, signed_text(&path, &date.to_string()).as_bytes()).as_ref());
        format!(
            "{path}?X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Date={date}&X-Amz-Expires={expires}&X-Amz-SignedHeaders=host&X-Amz-Signature={signature}"
        )
    }

    /// What the request may read, or the refusal of the storage.
    pub(super) fn grant(
        &self,
        method: &Method,
        path: &str,
        query: &str,
        headers: &HeaderMap,
        now: Timestamp,
    ) -> Result<Granted, Reply> {
        if headers.contains_key("authorization") {
            return Err(refusal(
                StatusCode::BAD_REQUEST,
                "InvalidArgument",
                "Only one auth mechanism allowed; only the X-Amz-Algorithm query parameter or the Authorization header should be specified",
            ));
        }
        let query = Query::of(query);
        let date = query.one("X-Amz-Date").unwrap_or_default();
        let signature = bytes_of_hexadecimal(query.one("X-Amz-Signature").unwrap_or_default());
        let is_ours = hmac::verify(&self.0, signed_text(path, date).as_bytes(), &signature).is_ok();
        let from = instant(date).filter(|_| is_ours && method == Method::GET);
        let Some(from) = from else {
            let message = "The request signature we calculated does not match the signature you provided.";
            return Err(refusal(StatusCode::FORBIDDEN, "SignatureDoesNotMatch", message));
        };
        if headers.keys().any(|name| name.as_str().starts_with("x-amz-")) {
            let message = "There were headers present in the request which were not signed";
            return Err(refusal(StatusCode::FORBIDDEN, "AccessDenied", message));
        }
        if now.duration_since(from) > LIFETIME {
            return Err(refusal(StatusCode::FORBIDDEN, "AccessDenied", "Request has expired"));
        }
        let name = path.strip_prefix(FOLDER).unwrap_or_default();
        let (name, compressed) = name.strip_suffix(COMPRESSED).map_or((name, false), |name| (name, true));
        let document_id = String::from_utf8_lossy(&percent::decode(name)).into_owned();
        Ok(Granted { document_id, compressed })
    }
}

fn signed_text(path: &str, date: &str) -> String {
    format!("{path}\n{date}")
}

fn hexadecimal(bytes: &[u8]) -> String {
    bytes
        .iter()
        .flat_map(|byte| [byte >> 4, byte & 0x0F])
        .filter_map(|digit| char::from_digit(digit.into(), 16))
        .collect()
}

/// The bytes; none where the text is no hexadecimal.
fn bytes_of_hexadecimal(text: &str) -> Vec<u8> {
    let digits: Option<Vec<u32>> = text.chars().map(|digit| digit.to_digit(16)).collect();
    let pairs = digits.unwrap_or_default();
    pairs.chunks_exact(2).filter_map(|pair| u8::try_from(pair[0] * 16 + pair[1]).ok()).collect()
}

fn refusal(status: StatusCode, code: &str, message: &str) -> Reply {
    Reply { status, body: Bytes::from(error_document(code, message)) }
}

/// An error as the storage says it, in XML.
pub(super) fn error_document(code: &str, message: &str) -> String {
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Error><Code>{code}</Code><Message>{message}</Message></Error>"
    )
}

#[cfg(test)]
mod tests {
    use axum::http::HeaderValue;

    use super::*;

    fn now() -> Timestamp {
        "2026-11-23T08:00:00Z".parse().unwrap()
    }

    fn asked(storage: &Storage, address: &str, headers: &HeaderMap, seconds: i64) -> Result<Granted, String> {
        let (path, query) = address.split_once('?').unwrap();
        let at = now() + SignedDuration::from_secs(seconds);
        storage
            .grant(&Method::GET, path, query, headers, at)
            .map_err(|reply| format!("{} {}", reply.status.as_u16(), String::from_utf8_lossy(&reply.body)))
    }

    #[test]
    fn an_address_works_for_thirty_seconds() {
        let storage = Storage::new().unwrap();
        let address = storage.address("amzn1.tortuga.3.a.T1", false, now());
        let granted = Granted { document_id: "amzn1.tortuga.3.a.T1".to_owned(), compressed: false };
        assert_eq!(asked(&storage, &address, &HeaderMap::new(), 30), Ok(granted));
        let expired = asked(&storage, &address, &HeaderMap::new(), 31).unwrap_err();
        assert!(expired.starts_with("403 <?xml") && expired.contains("Request has expired"), "{expired}");
        let compressed = storage.address("a", true, now());
        assert!(asked(&storage, &compressed, &HeaderMap::new(), 0).unwrap().compressed);
    }

    #[test]
    fn a_changed_address_and_a_foreign_one_are_refused() {
        let storage = Storage::new().unwrap();
        let address = storage.address("a", false, now());
        for (old, new) in [("/a?", "/b?"), ("20261123", "20261124"), ("Signature=", "Signature=0")] {
            let refused = asked(&storage, &address.replace(old, new), &HeaderMap::new(), 0).unwrap_err();
            assert!(refused.starts_with("403") && refused.contains("SignatureDoesNotMatch"), "{refused}");
        }
        assert!(asked(&Storage::new().unwrap(), &address, &HeaderMap::new(), 0).is_err());
    }

    #[test]
    fn headers_of_the_api_are_refused() {
        let storage = Storage::new().unwrap();
        let address = storage.address("a", false, now());
        for (name, status) in
            [("authorization", "400"), ("x-amz-pay-date", "403"), ("x-amz-pay-region", "403")]
        {
            let headers = HeaderMap::from_iter([(name.parse().unwrap(), HeaderValue::from_static("x"))]);
            assert!(asked(&storage, &address, &headers, 0).unwrap_err().starts_with(status), "{name}");
        }
    }
}
