//! What every page needs to know about the request it answers.

use askama::Template;
use axum::{
    extract::{FromRequestParts, OriginalUri, RawPathParams},
    http::{HeaderMap, Method, StatusCode, request::Parts},
    response::{Html, IntoResponse, Redirect, Response},
};
use axum_extra::extract::cookie::CookieJar;
use jiff::civil::Date;
use yiwang_chassis::{fault::Fault, ids};
use yiwang_civic::time;

use super::{
    body::Body,
    burial_office, child, failure, hall, rescue,
    view::{Chrome, User, format},
};
use crate::{
    security::csrf,
    session::{ClientInfo, SignedIn},
    state::AppState,
};

/// The cookie that remembers the size of print; not personal, not secret.
pub(crate) const LARGE_COOKIE: &str = "yiwang_large";

/// Whether the reader chose large print 长辈版.
pub(crate) fn wants_large_print(headers: &HeaderMap) -> bool {
    let jar = CookieJar::from_headers(headers);
    jar.get(LARGE_COOKIE)
        .is_some_and(|cookie| cookie.value() == "1")
}

/// State and circumstances of one request.
#[derive(Clone)]
pub(crate) struct Desk {
    /// The gateway.
    pub(crate) state: AppState,
    /// Who is signed in.
    pub(crate) who: Option<SignedIn>,
    /// Where from.
    pub(crate) client: ClientInfo,
    /// Cookies of the request.
    pub(crate) jar: CookieJar,
    large: bool,
    path: String,
    params: Vec<String>,
    query: Vec<(String, String)>,
}

impl FromRequestParts<AppState> for Desk {
    type Rejection = std::convert::Infallible;

    async fn from_request_parts(
        parts: &mut Parts,
        state: &AppState,
    ) -> Result<Self, Self::Rejection> {
        let jar = CookieJar::from_headers(&parts.headers);
        let large = wants_large_print(&parts.headers);
        let params = RawPathParams::from_request_parts(parts, state).await;
        let params = params.map_or_else(
            |_| vec![],
            |params| params.iter().map(|(_, value)| value.to_owned()).collect(),
        );
        let Ok(client) = ClientInfo::from_request_parts(parts, state).await;
        let Ok(OriginalUri(uri)) = OriginalUri::from_request_parts(parts, state).await;
        let path = match parts.method {
            Method::GET | Method::HEAD => uri
                .path_and_query()
                .map_or("/", |path| path.as_str())
                .to_owned(),
            _ => "/".to_owned(),
        };
        let query = serde_urlencoded::from_str(uri.query().unwrap_or_default());
        let who = parts.extensions.get::<SignedIn>().cloned();
        let query = query.unwrap_or_default();
        Ok(Self {
            state: state.clone(),
            who,
            client,
            jar,
            large,
            path,
            params,
            query,
        })
    }
}

impl Desk {
    /// A parameter of the path.
    ///
    /// # Errors
    /// `NOT_FOUND` when it is not readable.
    pub(crate) fn param(&self, index: usize) -> Result<&str, Fault> {
        let found = self.params.get(index).map(String::as_str);
        found
            .filter(|text| !text.contains(char::is_control))
            .ok_or_else(Fault::not_found)
    }

    /// A parameter of the query, trimmed; empty when it is not there.
    pub(crate) fn query(&self, name: &str) -> &str {
        let found = self.query.iter().find(|(key, _)| key == name);
        let found = found.map_or("", |(_, value)| value.trim());
        // PostgreSQL refuses NUL; no control character means anything here.
        if found.contains(char::is_control) {
            ""
        } else {
            found
        }
    }

    /// Where the reader comes back to after signing in or changing the print.
    #[must_use]
    pub(crate) fn at(mut self, path: impl Into<String>) -> Self {
        self.path = path.into();
        self
    }

    /// Who is signed in, on routes behind the gate.
    ///
    /// # Errors
    /// `UNAUTHENTICATED`
    pub(crate) fn who(&self) -> Result<&SignedIn, Fault> {
        self.who.as_ref().ok_or_else(Fault::unauthenticated)
    }

    /// Today in Beijing, by the business clock.
    pub(crate) fn today(&self) -> Date {
        time::beijing_date(self.state.clock().now())
    }

    /// A fresh idempotency key for a form about to be drawn.
    pub(crate) fn fresh_key(&self) -> String {
        ids::new(self.state.clock().now()).to_string()
    }

    /// The frame of the page.
    pub(crate) fn chrome(&self) -> Chrome {
        let user = self.who.as_ref().map(|who| User {
            name: who.name.clone(),
            staff: who.is_staff(),
            counter: hall::opens_to(who),
            burial: burial_office::entry(who),
            rescue: rescue::entry(who),
            child: child::entry(who),
            csrf: who.csrf.clone(),
        });
        let demo = self
            .state
            .demo()
            .map(|demo| format::day(time::beijing_date(demo.now())));
        Chrome {
            large: self.large,
            path: self.path.clone(),
            user,
            demo,
            ..Chrome::default()
        }
    }

    /// A page with status 200.
    pub(crate) fn page(&self, template: &impl Template) -> Response {
        self.page_with(StatusCode::OK, template)
    }

    /// A page with a status.
    pub(crate) fn page_with(&self, status: StatusCode, template: &impl Template) -> Response {
        match template.render() {
            Ok(html) => (status, Html(html)).into_response(),
            Err(error) => {
                tracing::error!(%error, "a page could not be drawn");
                StatusCode::INTERNAL_SERVER_ERROR.into_response()
            }
        }
    }

    /// The page for something that went wrong.
    pub(crate) fn failed(&self, fault: &Fault) -> Response {
        crate::error::log(fault);
        failure::draw(self.chrome(), self.state.clock().now(), fault)
    }

    /// Checks that a form comes from one of our pages.
    ///
    /// # Errors
    /// `CSRF`
    pub(crate) fn verify(&self, body: &Body) -> Result<(), Fault> {
        match &self.who {
            Some(who) => who.verify_csrf(body.text("csrf")),
            None => csrf::check(&self.state, &self.jar, body.text("csrf")),
        }
    }

    /// The token for a form, and the cookies that must go with the page.
    pub(crate) fn csrf(&self) -> (CookieJar, String) {
        match &self.who {
            Some(who) => (CookieJar::new(), who.csrf.clone()),
            None => csrf::issue(&self.state, self.jar.clone()),
        }
    }
}

/// Another page, with GET.
pub(crate) fn go(path: &str) -> Response {
    Redirect::to(path).into_response()
}

/// `path` when it is one of our own, else the home page.
pub(crate) fn own_path(path: &str) -> &str {
    let plain = path.starts_with('/')
        && !path.starts_with("//")
        && !path.contains(['\\', '\r', '\n', '\t'])
        && path.len() < 1000;
    if plain { path } else { "/" }
}

#[cfg(test)]
mod tests {
    use super::own_path;

    #[test]
    fn nobody_is_sent_to_another_site() {
        for path in [
            "//evil.example",
            "https://evil.example",
            "/\\evil.example",
            "",
            "my",
            "/a\nb",
        ] {
            assert_eq!(own_path(path), "/", "{path:?}");
        }
        assert_eq!(
            own_path("/apply/minimum-living?step=2"),
            "/apply/minimum-living?step=2"
        );
    }
}
