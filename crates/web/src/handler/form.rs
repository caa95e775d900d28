//! What the forms of several pages have in one.

use axum::http::HeaderValue;
use axum::http::StatusCode;
use axum::http::header::{LOCATION, SET_COOKIE};
use axum::response::{IntoResponse, Response};
use serde::Deserialize;

/// What was just done, as a word in the address: the page says it in a sentence.
#[derive(Debug, Default, Deserialize)]
pub(super) struct Said {
    #[serde(default)]
    pub(super) said: String,
}

/// Whether a question was answered with yes.
#[derive(Debug, Default, Deserialize)]
pub(super) struct Confirmed {
    #[serde(default)]
    confirmed: String,
}

impl Confirmed {
    /// Was it?
    pub(super) fn is_given(&self) -> bool {
        self.confirmed == "yes"
    }
}

/// A path of this site, to come back to; the start page for anything else, so that no link leads elsewhere.
pub(super) fn back(path: &str) -> &str {
    let ours = path.starts_with('/')
        && !path.starts_with("//")
        && !path.contains('\\')
        && !path.contains(|letter: char| letter.is_control());
    if ours { path } else { "/" }
}

/// Leads to another page, as after each form that was sent.
pub(super) fn see(path: &str) -> Response {
    let encoded: String = path
        .bytes()
        .map(
            |byte| {
                if byte.is_ascii_graphic() { char::from(byte).to_string() } else { format!("%{byte:02X}") }
            },
        )
        .collect();
    let place = HeaderValue::from_str(&encoded).unwrap_or(HeaderValue::from_static("/"));
    (StatusCode::SEE_OTHER, [(LOCATION, place)]).into_response()
}

/// Leads to another page and gives the browser a cookie.
pub(super) fn see_with_cookie(path: &str, cookie: HeaderValue) -> Response {
    let mut response = see(path);
    response.headers_mut().append(SET_COOKIE, cookie);
    response
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_paths_of_this_site_are_gone_back_to() {
        for ours in ["/", "/clients", "/clients/7/entries?month=2026-10"] {
            assert_eq!(back(ours), ours);
        }
        for other in ["", "https://example.org", "//example.org", "/\\example.org", "/a\nb", "javascript:x"] {
            assert_eq!(back(other), "/");
        }
    }
}
