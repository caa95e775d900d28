//! What every handler is given.

use app::App;

/// Where people reach this house.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Site {
    origin: String,
    behind_proxy: bool,
}

/// The public address is none.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0:?} is no public address; one looks like https://kontor.example.org, without a path")]
pub struct SiteError(pub String);

impl Site {
    /// Takes the address under which browsers reach Kontor. Behind a proxy, the last entry of `X-Forwarded-For` is the
    /// address of the other end; otherwise that header is not believed.
    pub fn new(public_url: &str, behind_proxy: bool) -> Result<Self, SiteError> {
        let refuse = || SiteError(public_url.to_owned());
        let origin = public_url.trim_end_matches('/').to_lowercase();
        let (scheme, host) = origin.split_once("://").ok_or_else(refuse)?;
        let host_holds = !host.is_empty()
            && host.chars().all(|letter| letter.is_ascii_alphanumeric() || ".-:[]".contains(letter));
        if !matches!(scheme, "http" | "https") || !host_holds {
            return Err(refuse());
        }
        Ok(Self { origin, behind_proxy })
    }

    /// Scheme, host and port.
    pub fn origin(&self) -> &str {
        &self.origin
    }

    /// Is it reached by TLS only?
    pub fn is_secure(&self) -> bool {
        self.origin.starts_with("https://")
    }

    /// Is the other end of a connection a proxy of ours?
    pub fn is_behind_proxy(&self) -> bool {
        self.behind_proxy
    }

    /// The whole address of a page, for links that leave the browser.
    pub fn link(&self, path: &str) -> String {
        format!("{}{path}", self.origin)
    }
}

/// What every handler is given. Cheap to clone.
#[derive(Clone, Debug)]
pub struct WebState {
    /// What people can do.
    pub app: App,
    /// Where they reach it.
    pub site: Site,
    /// Where new connections find their provider, where it is not the provider's own host: the simulator of the demo.
    pub provider_endpoint: Option<String>,
    /// What takes longer than a request.
    pub work: super::Work,
}

impl WebState {
    /// The use cases, served at an address.
    pub fn new(app: App, site: Site) -> Self {
        Self { app, site, provider_endpoint: None, work: super::Work::default() }
    }

    /// Lets new connections be made with a simulator.
    #[must_use]
    pub fn with_provider_endpoint(self, endpoint: impl Into<String>) -> Self {
        Self { provider_endpoint: Some(endpoint.into()), ..self }
    }
}
