use std::net::SocketAddr;

use axum::body::Body;
use axum::http::{HeaderMap, HeaderValue, Response, StatusCode};

/// Who may use the control page and its JSON.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Access {
    /// Programs and browsers on this machine.
    #[default]
    Loopback,
    /// Everyone who reaches it.
    Anyone,
    /// Nobody.
    Nobody,
}

impl Access {
    /// Whether this request may come in. Pages of other sites may not, wherever the browser is: a page that a person happens
    /// to open must not be able to act here, not even by a name that it makes point to this machine.
    pub(in crate::simulator) fn allows(self, peer: SocketAddr, headers: &HeaderMap) -> bool {
        let text = |name: &str| headers.get(name).and_then(|value| value.to_str().ok());
        let host = text("host").unwrap_or_default();
        let is_own_site = text("sec-fetch-site").is_none_or(|site| matches!(site, "same-origin" | "none"))
            && text("origin")
                .is_none_or(|origin| origin.split_once("://").is_some_and(|(_, from)| from == host));
        match self {
            Self::Nobody => false,
            Self::Anyone => is_own_site,
            Self::Loopback => is_own_site && peer.ip().to_canonical().is_loopback() && is_local_name(host),
        }
    }
}

fn is_local_name(host: &str) -> bool {
    let name = match host.rsplit_once(':') {
        Some((name, port)) if port.bytes().all(|byte| byte.is_ascii_digit()) => name,
        _ => host,
    };
    ["localhost", "127.0.0.1", "[::1]"].contains(&name)
}

/// The answer to everyone else.
pub(in crate::simulator) fn not_here() -> Response<Body> {
    let text = "The control page is for this machine only, and not for pages of other sites.\n";
    let mut response = Response::new(Body::from(text));
    *response.status_mut() = StatusCode::FORBIDDEN;
    response.headers_mut().insert("content-type", HeaderValue::from_static("text/plain; charset=utf-8"));
    response
}

#[cfg(test)]
mod tests {
    use super::*;

    fn allows(access: Access, peer: &str, headers: &[(&'static str, &'static str)]) -> bool {
        let headers =
            headers.iter().map(|(name, value)| (name.parse().unwrap(), HeaderValue::from_static(value)));
        access.allows(peer.parse().unwrap(), &headers.collect())
    }

    #[test]
    fn only_this_machine_by_its_own_names() {
        let here = "127.0.0.1:5000";
        assert!(allows(Access::Loopback, here, &[("host", "localhost:80")]));
        assert!(allows(Access::Loopback, "[::1]:5000", &[("host", "[::1]:80"), ("sec-fetch-site", "none")]));
        assert!(!allows(Access::Loopback, "192.0.2.1:5000", &[("host", "localhost")]));
        assert!(!allows(Access::Loopback, here, &[("host", "shop.example:80")]), "a name that points here");
        assert!(!allows(Access::Nobody, here, &[("host", "localhost")]));
        assert!(allows(Access::Anyone, "192.0.2.1:5000", &[("host", "sim.example")]));
    }

    #[test]
    fn pages_of_other_sites_may_not_act() {
        for access in [Access::Loopback, Access::Anyone] {
            let allowed = |headers| allows(access, "127.0.0.1:5000", headers);
            assert!(!allowed(&[("host", "localhost"), ("sec-fetch-site", "cross-site")]));
            assert!(!allowed(&[("host", "localhost"), ("origin", "https://shop.example")]));
            assert!(!allowed(&[("host", "localhost"), ("origin", "null")]));
            assert!(allowed(&[
                ("host", "localhost"),
                ("origin", "http://localhost"),
                ("sec-fetch-site", "same-origin")
            ]));
        }
    }
}
