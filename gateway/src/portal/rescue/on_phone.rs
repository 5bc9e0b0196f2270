//! What the street page has kept on this phone, and that it goes when somebody signs out.
//!
//! The page tells by a cookie how many visits and check-ins the station does not have yet: no
//! name, no place. Signing out asks first when there are any, and clears the phone: the database
//! of the page, the page itself, its worker.

use axum_extra::extract::cookie::{Cookie, CookieJar};
use http::{HeaderName, HeaderValue};

use crate::{
    portal::{
        desk::Desk,
        view::{Section, rescue::street::UnsentPage},
    },
    session::SignedIn,
};

const COOKIE: &str = "yiwang_street";
const CLEAR: HeaderName = HeaderName::from_static("clear-site-data");

/// `do` of the form that signs out whatever is left.
pub(crate) const LEAVE: &str = "leave";

/// What is kept.
pub(crate) struct OnPhone {
    /// The street page was open here.
    used: bool,
    /// What the station does not have yet.
    pub(crate) waiting: u32,
}

impl OnPhone {
    /// What this browser tells.
    pub(crate) fn of(desk: &Desk) -> Self {
        let told = desk.jar.get(COOKIE).map(Cookie::value);
        Self {
            used: told.is_some(),
            waiting: told.and_then(|told| told.parse().ok()).unwrap_or(0),
        }
    }

    /// Asks before it is lost.
    pub(crate) fn ask(&self, desk: &Desk, who: &SignedIn) -> UnsentPage {
        UnsentPage {
            chrome: desk
                .clone()
                .at("/rescue/street")
                .chrome()
                .titled("还有没送到的，先不要退出", Section::Rescue),
            csrf: who.csrf.clone(),
            waiting: self.waiting,
        }
    }

    /// Answer parts that clear the phone, if there is anything.
    pub(crate) fn cleared(
        &self,
        jar: CookieJar,
    ) -> (CookieJar, Option<[(HeaderName, HeaderValue); 1]>) {
        if !self.used {
            return (jar, None);
        }
        let gone = Cookie::build((COOKIE, "")).path("/").removal();
        let clear = [(CLEAR, HeaderValue::from_static("\"storage\""))];
        (jar.add(gone), Some(clear))
    }
}
