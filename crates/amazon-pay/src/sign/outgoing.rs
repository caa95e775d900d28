//! The client's side: the `authorization` header of a request that is about to be sent.

use super::{Algorithm, Authorization, canonical_request, sha256_hex, string_to_sign};
use crate::key::{PrivateKey, PublicKeyId, SigningFailed};

/// A request that is about to be sent.
#[derive(Debug, Clone, Copy)]
pub struct OutgoingRequest<'a> {
    /// The method in upper case.
    pub method: &'a str,
    /// The path as [`canonical_path`](super::canonical_path) gives it.
    pub path: &'a str,
    /// The query as [`canonical_query_of_pairs`](super::canonical_query_of_pairs) gives it, without `?`.
    pub query: &'a str,
    /// The headers to sign, with [`REQUIRED_HEADERS`](super::REQUIRED_HEADERS) among them.
    pub headers: &'a [(&'a str, &'a str)],
    /// The body's bytes; empty where there is none.
    pub body: &'a [u8],
}

impl OutgoingRequest<'_> {
    /// Signs with `AMZN-PAY-RSASSA-PSS-V2` and gives what goes into the `authorization` header.
    ///
    /// # Errors
    /// [`SigningFailed`] where the machine has no randomness or memory.
    pub fn sign(&self, key: &PrivateKey, id: &PublicKeyId) -> Result<Authorization, SigningFailed> {
        let algorithm = Algorithm::V2;
        let body_hash = sha256_hex(self.body);
        let canonical = canonical_request(self.method, self.path, self.query, self.headers, &body_hash);
        let text = string_to_sign(algorithm, &canonical);
        let mut signed_headers: Vec<String> =
            self.headers.iter().map(|(name, _)| name.to_ascii_lowercase()).collect();
        signed_headers.sort_unstable();
        signed_headers.dedup();
        Ok(Authorization {
            algorithm,
            public_key_id: id.as_str().to_owned(),
            signed_headers,
            signature: key.sign(algorithm, text.as_bytes())?,
        })
    }
}
