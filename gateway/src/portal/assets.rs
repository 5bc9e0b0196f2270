//! The files of the portal, built into the program.
//!
//! A file's address carries the digest of its content: browsers may keep it for
//! ever, and a new version has a new address.

use std::sync::LazyLock;

use axum::response::{IntoResponse, Response};
use http::header;
use sha2::{Digest, Sha256};

/// A file with its address.
pub(crate) struct Asset {
    name: &'static str,
    pub(crate) media_type: &'static str,
    pub(crate) bytes: &'static [u8],
    url: LazyLock<String>,
}

macro_rules! asset {
    ($name:literal, $media_type:literal) => {
        Asset {
            name: $name,
            media_type: $media_type,
            bytes: include_bytes!(concat!(env!("CARGO_MANIFEST_DIR"), "/assets/", $name)),
            url: LazyLock::new(|| {
                let bytes: &[u8] =
                    include_bytes!(concat!(env!("CARGO_MANIFEST_DIR"), "/assets/", $name));
                let digest = hex::encode(Sha256::digest(bytes));
                format!("/assets/{}/{}", digest.get(..16).unwrap_or_default(), $name)
            }),
        }
    };
}

/// The style sheet.
pub(crate) static CSS: Asset = asset!("portal.css", "text/css; charset=utf-8");
/// The enhancement script.
pub(crate) static JS: Asset = asset!("portal.js", "text/javascript; charset=utf-8");
/// What saves a form while it is filled in.
pub(crate) static DRAFT: Asset = asset!("draft.js", "text/javascript; charset=utf-8");
/// The icon in the browser's tab.
pub(crate) static FAVICON: Asset = asset!("favicon.svg", "image/svg+xml");
/// The hills of the home page.
pub(crate) static HILLS: Asset = asset!("hills.svg", "image/svg+xml");

/// Pages of a phone that may have no connection: their store, their pieces, the worker behind them.
pub(crate) static PHONE_STORE: Asset = asset!("phone-store.js", "text/javascript; charset=utf-8");
pub(crate) static PHONE_PARTS: Asset = asset!("phone-parts.js", "text/javascript; charset=utf-8");
pub(crate) static PHONE_WORKER: Asset = asset!("phone-worker.js", "text/javascript; charset=utf-8");
/// The street page with its form.
pub(crate) static STREET: Asset = asset!("street.js", "text/javascript; charset=utf-8");
pub(crate) static STREET_PARTS: Asset = asset!("street-parts.js", "text/javascript; charset=utf-8");
/// The day of a children's director with its form.
pub(crate) static DAY: Asset = asset!("day.js", "text/javascript; charset=utf-8");
pub(crate) static DAY_PARTS: Asset = asset!("day-parts.js", "text/javascript; charset=utf-8");
pub(crate) static DAY_PHOTOS: Asset = asset!("day-photos.js", "text/javascript; charset=utf-8");

/// All files.
pub(crate) static ALL: [&Asset; 13] = [
    &CSS,
    &JS,
    &DRAFT,
    &FAVICON,
    &HILLS,
    &PHONE_STORE,
    &PHONE_PARTS,
    &PHONE_WORKER,
    &STREET,
    &STREET_PARTS,
    &DAY,
    &DAY_PARTS,
    &DAY_PHOTOS,
];

impl Asset {
    /// A worker at an address that does not change: its scope is its folder.
    pub(crate) fn worker(&self) -> Response {
        let headers = [
            (header::CONTENT_TYPE, self.media_type),
            (header::CACHE_CONTROL, "no-cache"),
        ];
        (headers, self.bytes).into_response()
    }

    /// The address with the digest.
    pub(crate) fn url(&self) -> &str {
        &self.url
    }

    /// The file at `digest` and `name`; an old digest finds nothing.
    pub(crate) fn find(digest: &str, name: &str) -> Option<&'static Self> {
        let url = format!("/assets/{digest}/{name}");
        ALL.into_iter()
            .find(|asset| asset.name == name && asset.url() == url)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_present_digest_is_found() {
        let parts: Vec<&str> = CSS.url().split('/').collect();
        assert!(Asset::find(parts[2], parts[3]).is_some());
        assert!(Asset::find("0000000000000000", "portal.css").is_none());
    }
}
