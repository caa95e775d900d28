//! Idempotency keys (Amazon Pay API v2, "Idempotency"): the same key and body give the first result again.

use std::collections::{HashMap, VecDeque};

use super::refusal::Refusal;
use super::reply::Reply;
use crate::key::Environment;
use crate::sign::sha256_hex;

/// Amazon keeps keys without a limit; here the oldest go.
const MOST_KEPT: usize = 10_000;
const LONGEST_KEY: usize = 32;

/// The results of requests that created something.
#[derive(Debug, Default)]
pub(super) struct FirstResults {
    kept: HashMap<(Environment, String), (String, Reply)>,
    oldest_first: VecDeque<(Environment, String)>,
}

impl FirstResults {
    /// What was answered to this key before; refused where it came with another body.
    pub(super) fn find(
        &self,
        environment: Environment,
        key: &str,
        body: &[u8],
    ) -> Result<Option<Reply>, Refusal> {
        match self.kept.get(&(environment, key.to_owned())) {
            None => Ok(None),
            Some((hash, reply)) if *hash == sha256_hex(body) => Ok(Some(reply.clone())),
            Some(_) => Err(Refusal::DuplicateIdempotencyKey),
        }
    }

    pub(super) fn keep(&mut self, environment: Environment, key: &str, body: &[u8], reply: &Reply) {
        let name = (environment, key.to_owned());
        self.kept.insert(name.clone(), (sha256_hex(body), reply.clone()));
        self.oldest_first.push_back(name);
        if self.oldest_first.len() > MOST_KEPT
            && let Some(oldest) = self.oldest_first.pop_front()
        {
            self.kept.remove(&oldest);
        }
    }
}

/// At most 32 letters, digits, hyphens and underscores.
pub(super) fn is_key(text: &str) -> bool {
    text.len() <= LONGEST_KEY
        && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_result_comes_again_and_another_body_is_refused() {
        let mut results = FirstResults::default();
        assert_eq!(results.find(Environment::Live, "k", b"{}"), Ok(None));
        let reply = Reply { body: "1".into(), ..Reply::empty() };
        results.keep(Environment::Live, "k", b"{}", &reply);
        assert_eq!(results.find(Environment::Live, "k", b"{}"), Ok(Some(reply)));
        assert_eq!(results.find(Environment::Live, "k", b"{ }"), Err(Refusal::DuplicateIdempotencyKey));
        assert_eq!(results.find(Environment::Sandbox, "k", b"{ }"), Ok(None));
    }

    #[test]
    fn a_key_has_at_most_32_plain_characters() {
        assert!(is_key("0123456789-abcdef_ABCDEF01234567"));
        assert!(!is_key("0123456789-abcdef_ABCDEF012345678") && !is_key("a b") && !is_key("ä"));
    }
}
