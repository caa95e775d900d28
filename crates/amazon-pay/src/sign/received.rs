//! The server's side: does this signature belong to this request?

use super::{Authorization, canonical_path, canonical_query, canonical_request, sha256_hex, string_to_sign};
use crate::key::PublicKey;

/// A request as a server received it.
#[derive(Debug, Clone, Copy)]
pub struct ReceivedRequest<'a> {
    /// The method in upper case.
    pub method: &'a str,
    /// The path as received.
    pub path: &'a str,
    /// The query as received, without `?`; empty where there is none.
    pub query: &'a str,
    /// All headers as received.
    pub headers: &'a [(&'a str, &'a str)],
    /// The body's bytes.
    pub body: &'a [u8],
}

/// Why a signature was refused.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum RefusedSignature {
    /// A header is said to be signed that the request does not have.
    #[error("the signed header «{name}» is not in the request")]
    MissingHeader {
        /// Its name in lower case.
        name: String,
    },
    /// The signature does not belong to this request and this key.
    #[error("unable to verify signature, signing string [{string_to_sign}]")]
    WrongSignature {
        /// What should have been signed, for the sender to compare with.
        string_to_sign: String,
    },
}

impl ReceivedRequest<'_> {
    /// Verifies that `key` signed this request.
    ///
    /// The query is tried as decoded, sorted and encoded again, and then as received: the official Java SDK sends it
    /// unsorted and partly unencoded but signs it in order, the Ruby SDK sends and signs a space as `+`.
    ///
    /// # Errors
    /// See [`RefusedSignature`].
    pub fn verify(&self, key: &PublicKey, authorization: &Authorization) -> Result<(), RefusedSignature> {
        let signed = self.signed_headers(authorization)?;
        let body_hash = sha256_hex(self.body);
        let signed_text = |path: &str, query: &str| {
            let canonical = canonical_request(self.method, path, query, &signed, &body_hash);
            string_to_sign(authorization.algorithm, &canonical)
        };

        let path = canonical_path(self.path);
        let query = canonical_query(self.query);
        let expected = signed_text(&path, &query);
        let is_signed = |text: &str| {
            key.verify(authorization.algorithm, text.as_bytes(), &authorization.signature).is_ok()
        };
        if is_signed(&expected) || (query != self.query && is_signed(&signed_text(&path, self.query))) {
            return Ok(());
        }
        Err(RefusedSignature::WrongSignature { string_to_sign: expected })
    }

    fn signed_headers(&self, authorization: &Authorization) -> Result<Vec<(&str, &str)>, RefusedSignature> {
        let mut signed = Vec::with_capacity(authorization.signed_headers.len());
        for name in &authorization.signed_headers {
            let before = signed.len();
            signed.extend(self.headers.iter().filter(|(found, _)| found.eq_ignore_ascii_case(name)));
            if signed.len() == before {
                return Err(RefusedSignature::MissingHeader { name: name.clone() });
            }
        }
        Ok(signed)
    }
}
