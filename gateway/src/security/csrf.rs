//! Forms of people who are not signed in: the double submitted cookie.
//!
//! A page with such a form sets a random HttpOnly cookie (`__Host-`, so that no
//! neighbouring host can plant one) and puts a value derived from it into the
//! form. Forms of a session use [`SignedIn::verify_csrf`] instead.
//!
//! [`SignedIn::verify_csrf`]: crate::session::SignedIn::verify_csrf

use axum_extra::extract::cookie::CookieJar;
use secrecy::ExposeSecret;
use yiwang_chassis::fault::{Code, Fault};

use crate::{crypto, session::cookie, state::AppState};

/// Gives the browser its cookie, unless it has one, and returns the form's token.
pub fn issue(state: &AppState, jar: CookieJar) -> (CookieJar, String) {
    let name = name(state);
    if let Some(secret) = jar.get(name).map(|cookie| cookie.value().to_owned())
        && secret.len() >= 40
    {
        return (jar, form_token(&secret));
    }
    let secret = crypto::random_token();
    let token = form_token(secret.expose_secret());
    let secure = state.config().http.secure_cookies;
    let cookie = cookie::build(name, secret.expose_secret().to_owned(), secure);
    (jar.add(cookie), token)
}

/// Whether a form that carries `token` came from one of our pages.
///
/// # Errors
/// `CSRF` when it did not.
pub fn check(state: &AppState, jar: &CookieJar, token: &str) -> Result<(), Fault> {
    let secret = jar.get(name(state)).map(|cookie| cookie.value());
    match secret {
        Some(secret) if crypto::same(&form_token(secret), token) => Ok(()),
        _ => Err(refused()),
    }
}

pub(crate) fn refused() -> Fault {
    let message = "页面已过期，请刷新后重新提交。";
    Fault::new(Code::Forbidden, "CSRF", message)
}

fn form_token(secret: &str) -> String {
    crypto::derive(secret, "anonymous form")
}

fn name(state: &AppState) -> &'static str {
    if state.config().http.secure_cookies {
        "__Host-yiwang_form"
    } else {
        "yiwang_form"
    }
}
