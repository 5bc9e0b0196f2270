//! The session cookie.
//!
//! `__Host-yiwang_session`: Secure, HttpOnly, SameSite=Lax, path `/`, no domain.
//! Over plain http on a laptop browsers refuse `__Host-`, so there it is
//! `yiwang_session` without Secure.

use axum_extra::extract::cookie::{Cookie, CookieJar, SameSite};
use http::HeaderMap;

const NAME: &str = "yiwang_session";
const SECURE_NAME: &str = "__Host-yiwang_session";

pub(super) fn session(token: &str, secure: bool) -> Cookie<'static> {
    build(name(secure), token.to_owned(), secure)
}

pub(super) fn forget(secure: bool) -> Cookie<'static> {
    let mut cookie = build(name(secure), String::new(), secure);
    cookie.make_removal();
    cookie
}

/// The session token that the browser sent.
pub(crate) fn token(headers: &HeaderMap, secure: bool) -> Option<String> {
    let jar = CookieJar::from_headers(headers);
    jar.get(name(secure))
        .map(|cookie| cookie.value().to_owned())
}

/// A cookie with everything that keeps it ours.
pub(crate) fn build(name: &'static str, value: String, secure: bool) -> Cookie<'static> {
    Cookie::build((name, value))
        .path("/")
        .http_only(true)
        .same_site(SameSite::Lax)
        .secure(secure)
        .build()
}

fn name(secure: bool) -> &'static str {
    if secure { SECURE_NAME } else { NAME }
}
