//! What the signed API takes in: paths and queries, the authorization header, keys.

use amazon_pay::key::PrivateKey;
use amazon_pay::sign::{Authorization, canonical_path, canonical_query};

/// The canonical form is canonical: making it again changes nothing.
pub(crate) fn canonical_request(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    let (path, query) = text.split_once('?').unwrap_or((&text, ""));
    let once = canonical_query(query);
    assert_eq!(canonical_query(&once), once, "a canonical query is not canonical");
    let path = canonical_path(path);
    assert!(path.starts_with('/') && path.is_ascii() && !path.contains("//"), "{path}");
}

/// A header is understood or refused.
pub(crate) fn authorization_header(bytes: &[u8]) {
    drop(Authorization::parse(&String::from_utf8_lossy(bytes)));
}

/// Whatever is uploaded as a key is a key or gets a sentence that does not repeat it.
pub(crate) fn pem(bytes: &[u8]) {
    if let Err(error) = PrivateKey::from_pem(bytes) {
        assert!(error.to_string().len() < 1_000, "the sentence repeats what was uploaded");
    }
}
