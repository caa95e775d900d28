//! What a failed connection was.

use std::error::Error as _;

use super::ConnectionFailure;

/// The kind of a failure.
pub(super) fn failure(error: &reqwest::Error) -> ConnectionFailure {
    if error.is_timeout() {
        ConnectionFailure::TimedOut
    } else if sources(error).contains("certificate") {
        ConnectionFailure::Certificate
    } else if error.is_connect() {
        ConnectionFailure::NotConnected
    } else {
        ConnectionFailure::Lost
    }
}

/// What the network said, without the address, which may open a document for whoever reads it.
pub(super) fn detail(error: reqwest::Error) -> String {
    super::refusal::printable(&sources(&error.without_url()), &[])
}

/// The innermost messages of an error, joined.
fn sources(error: &reqwest::Error) -> String {
    let mut text = String::new();
    let mut source = error.source();
    for _ in 0..8 {
        let Some(error) = source else { break };
        let message = error.to_string();
        // Some layers only repeat what the next one says.
        if !text.ends_with(&message) {
            if !text.is_empty() {
                text.push_str(": ");
            }
            text.push_str(&message);
        }
        source = error.source();
    }
    if text.is_empty() { error.to_string() } else { text }
}
