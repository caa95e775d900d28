//! Where requests go and which form their paths have.

use std::net::IpAddr;

use reqwest::Url;

use super::{ConfigurationError, Region};
use crate::key::{Environment, PublicKeyId};

/// A host of the API and the beginning of its paths.
#[derive(Debug, Clone)]
pub(super) struct Endpoint {
    base: Url,
    /// What is sent in `x-amz-pay-host`.
    pub(super) host: String,
    /// What is sent in `x-amz-pay-region`.
    pub(super) region: Region,
    prefix: &'static str,
    /// Whether the host was given instead of following from the region.
    is_own: bool,
}

impl Endpoint {
    /// `own` takes the place of the region's host. An id that names its environment has it in no path; the others need one
    /// (Amazon Pay API v2, "Reports").
    pub(super) fn new(
        region: Region,
        own: Option<&str>,
        id: &PublicKeyId,
        environment: Option<Environment>,
    ) -> Result<Self, ConfigurationError> {
        let prefix = match (id.environment(), environment) {
            (Some(of_key), Some(asked)) if of_key != asked => {
                return Err(ConfigurationError::WrongEnvironment { of_key, asked });
            }
            (Some(_), _) => "/v2",
            (None, Some(Environment::Live)) => "/live/v2",
            (None, Some(Environment::Sandbox)) => "/sandbox/v2",
            (None, None) => return Err(ConfigurationError::NoEnvironment),
        };
        let base = match own {
            Some(own) => own_host(own)?,
            None => address(&format!("https://{}", region.host()))?,
        };
        let host = match (base.host_str(), base.port()) {
            (Some(host), Some(port)) => format!("{host}:{port}"),
            (Some(host), None) => host.to_owned(),
            (None, _) => return Err(refused(base.as_str(), "it has no host")),
        };
        Ok(Self { base, host, region, prefix, is_own: own.is_some() })
    }

    /// The same in another region. A host of one's own stays.
    pub(super) fn in_region(&self, region: Region) -> Result<Self, ConfigurationError> {
        if self.is_own {
            return Ok(Self { region, ..self.clone() });
        }
        let base = address(&format!("https://{}", region.host()))?;
        Ok(Self { base, host: region.host().to_owned(), region, ..self.clone() })
    }

    /// The path of an operation, e.g. `/v2/reports` for `/reports`.
    pub(super) fn path(&self, operation: &str) -> String {
        format!("{}{operation}", self.prefix)
    }

    /// The address of a canonical path and query.
    pub(super) fn url(&self, path: &str, query: &str) -> Url {
        let mut url = self.base.clone();
        url.set_path(path);
        url.set_query((!query.is_empty()).then_some(query));
        url
    }

    /// Is it on this machine, as a simulator is?
    pub(super) fn is_loopback(&self) -> bool {
        is_loopback(&self.base)
    }
}

/// Does the address lead to this machine?
pub(super) fn is_loopback(url: &Url) -> bool {
    let host = url.host_str().unwrap_or_default();
    let address = host.trim_start_matches('[').trim_end_matches(']').parse::<IpAddr>();
    host.eq_ignore_ascii_case("localhost") || address.is_ok_and(|address| address.is_loopback())
}

fn own_host(text: &str) -> Result<Url, ConfigurationError> {
    let url = address(text.trim())?;
    let is_plain = url.path() == "/" && url.query().is_none() && url.fragment().is_none();
    if !is_plain || !url.username().is_empty() || url.password().is_some() {
        return Err(refused(text, "it must have a host and a port only"));
    }
    match url.scheme() {
        "https" => Ok(url),
        "http" if is_loopback(&url) => Ok(url),
        "http" => Err(refused(text, "http without encryption is taken only for this machine (localhost)")),
        _ => Err(refused(text, "it must begin with https:// or http://")),
    }
}

fn address(text: &str) -> Result<Url, ConfigurationError> {
    Url::parse(text).map_err(|_error| refused(text, "it must be an address such as https://localhost:9443"))
}

fn refused(text: &str, detail: &'static str) -> ConfigurationError {
    // What stands before an @ may be a password.
    let shown = text.rsplit('@').next().unwrap_or_default();
    ConfigurationError::Endpoint { found: shown.escape_debug().take(80).collect(), detail }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn endpoint(own: Option<&str>, id: &str, environment: Option<Environment>) -> Result<Endpoint, String> {
        Endpoint::new(Region::Europe, own, &id.parse().unwrap(), environment)
            .map_err(|error| error.to_string())
    }

    #[test]
    fn a_key_with_its_environment_has_none_in_the_path() {
        let prefixed = endpoint(None, "sandbox-A", None).unwrap();
        assert_eq!(
            prefixed.url(&prefixed.path("/reports"), "").as_str(),
            "https://pay-api.amazon.eu/v2/reports"
        );
        let live = endpoint(None, "A", Some(Environment::Live)).unwrap();
        assert_eq!(live.path("/reports"), "/live/v2/reports");
        assert_eq!(endpoint(None, "A", Some(Environment::Sandbox)).unwrap().path(""), "/sandbox/v2");
        assert!(endpoint(None, "A", None).is_err());
        assert!(endpoint(None, "LIVE-A", Some(Environment::Sandbox)).is_err());
    }

    #[test]
    fn another_region_has_another_host_unless_it_was_given() {
        let european = endpoint(None, "LIVE-A", None).unwrap();
        let american = european.in_region(Region::NorthAmerica).unwrap();
        assert_eq!(american.url("/v2/reports", "").as_str(), "https://pay-api.amazon.com/v2/reports");
        assert_eq!((american.host.as_str(), american.region), ("pay-api.amazon.com", Region::NorthAmerica));
        let own = endpoint(Some("http://127.0.0.1:9000"), "LIVE-A", None).unwrap();
        let own = own.in_region(Region::Japan).unwrap();
        assert_eq!((own.host.as_str(), own.region), ("127.0.0.1:9000", Region::Japan));
    }

    #[test]
    fn the_address_has_path_and_query_exactly_as_signed() {
        let endpoint = endpoint(Some("http://127.0.0.1:9000"), "LIVE-A", None).unwrap();
        let path = "/v2/reports/a%2Fb%7E~.%E1%88%B4";
        let query = "a=%2C%20%2A&b=%25~._-";
        let url = endpoint.url(path, query);
        assert_eq!((url.path(), url.query()), (path, Some(query)));
        assert_eq!(endpoint.host, "127.0.0.1:9000");
        assert!(endpoint.is_loopback());
    }

    #[test]
    fn an_own_host_is_encrypted_or_this_machine() {
        for own in ["https://simulator:9443", "http://localhost:8080/", "http://[::1]:1", "http://127.8.9.1"]
        {
            assert!(endpoint(Some(own), "LIVE-A", None).is_ok(), "{own}");
        }
        for own in [
            "http://simulator:8080",
            "http://localhost.example.com",
            "ftp://localhost",
            "https://host/path",
            "https://host/?a=b",
            "localhost:9443",
            "",
        ] {
            assert!(endpoint(Some(own), "LIVE-A", None).is_err(), "{own}");
        }
        let error = endpoint(Some("https://user:hunter2@host/"), "LIVE-A", None).unwrap_err();
        assert!(!error.contains("hunter2"), "{error}");
    }
}
