//! The files that pages load: one stylesheet, two scripts, the icons. They are part of the program, and their address
//! carries the beginning of their hash, so that a browser may keep them for ever.

use std::sync::LazyLock;

use sha2::{Digest as _, Sha256};

/// A file with its address.
#[derive(Debug)]
pub struct Asset {
    /// The address, `/assets/<hash>/kontor.css`.
    pub address: String,
    /// Its kind, for the header `Content-Type`.
    pub content_type: &'static str,
    /// Its content.
    pub bytes: &'static [u8],
}

const STYLE: &str = concat!(
    include_str!("../assets/css/tokens.css"),
    include_str!("../assets/css/base.css"),
    include_str!("../assets/css/layout.css"),
    include_str!("../assets/css/component.css"),
    include_str!("../assets/css/page.css"),
    include_str!("../assets/css/print.css"),
);

/// The stylesheet of all pages.
pub static STYLESHEET: LazyLock<Asset> =
    LazyLock::new(|| asset("kontor.css", "text/css; charset=utf-8", STYLE.as_bytes()));

/// What pages do better with than without.
pub static SCRIPT: LazyLock<Asset> = LazyLock::new(|| {
    asset("kontor.js", "text/javascript; charset=utf-8", include_bytes!("../assets/kontor.js"))
});

/// htmx, which asks for parts of a page and puts them in place.
pub static HTMX: LazyLock<Asset> = LazyLock::new(|| {
    asset("htmx.js", "text/javascript; charset=utf-8", include_bytes!("../assets/vendor/htmx.min.js"))
});

/// The icons, one symbol each.
pub static ICONS: LazyLock<Asset> =
    LazyLock::new(|| asset("icons.svg", "image/svg+xml", include_bytes!("../assets/icons.svg")));

/// The sign of the tab.
pub static FAVICON: LazyLock<Asset> =
    LazyLock::new(|| asset("favicon.svg", "image/svg+xml", include_bytes!("../assets/favicon.svg")));

/// How long a browser may keep a file: its address changes with its content.
pub const CACHE_CONTROL: &str = "public, max-age=31536000, immutable";

/// The policy under which every page stands: nothing from elsewhere, nothing inline.
pub const CONTENT_SECURITY_POLICY: &str =
    "default-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

/// Finds a file by the address under which pages name it; `None` for any other.
pub fn find(address: &str) -> Option<&'static Asset> {
    all().into_iter().find(|asset| asset.address == address)
}

/// All files.
pub fn all() -> [&'static Asset; 5] {
    [&STYLESHEET, &SCRIPT, &HTMX, &ICONS, &FAVICON]
}

fn asset(name: &str, content_type: &'static str, bytes: &'static [u8]) -> Asset {
    let hash = store::journal::hex(&Sha256::digest(bytes)[..6]);
    Asset { address: format!("/assets/{hash}/{name}"), content_type, bytes }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_are_found_by_their_address_and_by_no_other() {
        for asset in all() {
            assert_eq!(find(&asset.address).unwrap().bytes, asset.bytes);
        }
        assert!(find("/assets/kontor.css").is_none());
    }

    #[test]
    fn every_icon_that_a_page_names_is_there() {
        let icons = std::str::from_utf8(ICONS.bytes).unwrap();
        for icon in crate::component::ICON_NAMES {
            assert!(icons.contains(&format!("id=\"{icon}\"")), "{icon}");
        }
    }
}
