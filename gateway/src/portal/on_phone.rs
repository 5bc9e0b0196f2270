//! What pages that work without a connection have kept on this phone, and that it goes when
//! somebody signs out.
//!
//! Each page tells by a cookie how much its service does not have yet: no name, no place. Signing
//! out asks first when there is any, and clears the phone: the databases of the pages, the pages
//! themselves, their workers.

use axum_extra::extract::cookie::{Cookie, CookieJar};
use http::{HeaderName, HeaderValue};

use super::{
    desk::Desk,
    view::{
        Section,
        unsent::{Unsent, UnsentPage},
    },
};
use crate::session::SignedIn;

/// A page that works without a connection.
struct App {
    cookie: &'static str,
    href: &'static str,
    /// What is written on it.
    what: &'static str,
    /// Who is to have it.
    whom: &'static str,
}

const APPS: [App; 2] = [
    App {
        cookie: "yiwang_street",
        href: "/rescue/street",
        what: "街头救助的记录",
        whom: "救助站",
    },
    App {
        cookie: "yiwang_day",
        href: "/child/day",
        what: "走访的记录",
        whom: "儿童档案",
    },
];

const CLEAR: HeaderName = HeaderName::from_static("clear-site-data");

/// `do` of the form that signs out whatever is left.
pub(crate) const LEAVE: &str = "leave";

/// What is kept.
pub(crate) struct OnPhone {
    /// Pages that were open here, with how much is not sent yet.
    used: Vec<(&'static App, u32)>,
}

impl OnPhone {
    /// What this browser tells.
    pub(crate) fn of(desk: &Desk) -> Self {
        let told = |app: &'static App| {
            let told = desk.jar.get(app.cookie)?.value();
            Some((app, told.parse().unwrap_or(0)))
        };
        Self {
            used: APPS.iter().filter_map(told).collect(),
        }
    }

    /// Something would be lost.
    pub(crate) fn waits(&self) -> bool {
        self.used.iter().any(|(_, waiting)| *waiting > 0)
    }

    /// Asks before it is lost.
    pub(crate) fn ask(&self, desk: &Desk, who: &SignedIn) -> UnsentPage {
        let waiting = self.used.iter().filter(|(_, waiting)| *waiting > 0);
        let waiting: Vec<_> = waiting
            .map(|(app, waiting)| Unsent {
                href: app.href,
                what: app.what,
                whom: app.whom,
                count: *waiting,
            })
            .collect();
        let back = waiting.first().map_or("/", |one| one.href);
        UnsentPage {
            chrome: desk
                .clone()
                .at(back)
                .chrome()
                .titled("还有没送到的，先不要退出", Section::None),
            csrf: who.csrf.clone(),
            waiting,
        }
    }

    /// Answer parts that clear the phone, if there is anything.
    pub(crate) fn cleared(
        &self,
        mut jar: CookieJar,
    ) -> (CookieJar, Option<[(HeaderName, HeaderValue); 1]>) {
        if self.used.is_empty() {
            return (jar, None);
        }
        for (app, _) in &self.used {
            jar = jar.add(Cookie::build((app.cookie, "")).path("/").removal());
        }
        let clear = [(CLEAR, HeaderValue::from_static("\"storage\""))];
        (jar, Some(clear))
    }
}
