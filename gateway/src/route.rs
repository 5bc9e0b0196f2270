//! The one table of routes.
//!
//! Every REST route and every page is a [`Route`]: method, path, who may call
//! it, handler. The router is built from that table, the gate in front of a
//! handler enforces its [`Auth`], the OpenAPI document is drawn from it, and the
//! authorisation matrix test enumerates it: no route can be missing in one of
//! the four.

use axum::{
    Router, extract::DefaultBodyLimit, handler::Handler, http::Method, middleware, routing,
};
use schemars::{JsonSchema, Schema, schema_for};

use crate::{security::gate, state::AppState};

/// Who may call a route. The services decide about single cases.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Auth {
    /// Everybody.
    Public,
    /// Everybody who is signed in.
    Any,
    /// A signed-in natural person with a verified ID number on file.
    Citizen,
    /// Somebody signed in who works for the state in any role.
    Staff,
}

/// How a caller says who it is, and in which form it is told that it may not.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Door {
    /// `Authorization: Bearer`; failures are problem+json.
    Rest,
    /// Browser cookie; failures are pages.
    Portal,
    /// Static files: no session is looked up.
    Asset,
}

/// What the matrix test and the documentation need to know about a route.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RouteInfo {
    /// HTTP method; a GET route answers HEAD too.
    pub method: Method,
    /// Path with `{parameters}`.
    pub path: &'static str,
    /// Who may call it.
    pub auth: Auth,
    /// REST or page.
    pub door: Door,
}

/// A route with its handler.
pub struct Route {
    /// Method, path and who may call it.
    pub info: RouteInfo,
    pub(crate) doc: Doc,
    handler: routing::MethodRouter<AppState>,
    large_body: bool,
}

/// What the OpenAPI document says about a route.
#[derive(Default)]
pub(crate) struct Doc {
    pub(crate) summary: &'static str,
    pub(crate) body: Option<Schema>,
    pub(crate) status: u16,
    pub(crate) answer: Option<Schema>,
    pub(crate) query: Vec<(&'static str, &'static str)>,
    pub(crate) idempotent: bool,
    pub(crate) multipart: bool,
}

impl Route {
    /// A page at GET `path`.
    pub fn page<H, T>(path: &'static str, auth: Auth, handler: H) -> Self
    where
        H: Handler<T, AppState>,
        T: 'static,
    {
        Self::new(Door::Portal, Method::GET, path, auth, handler)
    }

    /// A form posted to `path`.
    pub fn form<H, T>(path: &'static str, auth: Auth, handler: H) -> Self
    where
        H: Handler<T, AppState>,
        T: 'static,
    {
        Self::new(Door::Portal, Method::POST, path, auth, handler)
    }

    /// A static file at GET `path`, for everybody.
    pub fn asset<H, T>(path: &'static str, handler: H) -> Self
    where
        H: Handler<T, AppState>,
        T: 'static,
    {
        Self::new(Door::Asset, Method::GET, path, Auth::Public, handler)
    }

    /// A REST route.
    pub fn rest<H, T>(method: Method, path: &'static str, auth: Auth, handler: H) -> Self
    where
        H: Handler<T, AppState>,
        T: 'static,
    {
        Self::new(Door::Rest, method, path, auth, handler)
    }

    /// Lets the body be as large as uploads may be; the handler must stream it.
    #[must_use]
    pub fn with_uploads(mut self) -> Self {
        self.large_body = true;
        self.doc.multipart = true;
        self
    }

    /// One line for the documentation.
    #[must_use]
    pub fn summary(mut self, text: &'static str) -> Self {
        self.doc.summary = text;
        self
    }

    /// Documents the JSON body.
    #[must_use]
    pub fn takes<B: JsonSchema>(mut self) -> Self {
        self.doc.body = Some(schema_for!(B));
        self
    }

    /// Documents the successful answer.
    #[must_use]
    pub fn gives<A: JsonSchema>(mut self, status: u16) -> Self {
        self.doc.status = status;
        self.doc.answer = Some(schema_for!(A));
        self
    }

    /// Documents query parameters with what they mean.
    #[must_use]
    pub fn query(mut self, parameters: &[(&'static str, &'static str)]) -> Self {
        self.doc.query = parameters.to_vec();
        self
    }

    /// Documents that `Idempotency-Key` is required.
    #[must_use]
    pub fn idempotent(mut self) -> Self {
        self.doc.idempotent = true;
        self
    }

    fn new<H, T>(door: Door, method: Method, path: &'static str, auth: Auth, handler: H) -> Self
    where
        H: Handler<T, AppState>,
        T: 'static,
    {
        let handler = match method {
            Method::POST => routing::post(handler),
            Method::PUT => routing::put(handler),
            Method::DELETE => routing::delete(handler),
            _ => routing::get(handler),
        };
        let info = RouteInfo {
            method,
            path,
            auth,
            door,
        };
        Self {
            info,
            doc: Doc::default(),
            handler,
            large_body: false,
        }
    }
}

/// The router of a table, each handler behind its gate.
pub(crate) fn assemble(table: Vec<Route>, state: &AppState) -> Router<AppState> {
    let mut router = Router::new();
    for Route {
        info,
        handler,
        large_body,
        ..
    } in table
    {
        let http = &state.config().http;
        let limit = if large_body {
            http.max_upload_body
        } else {
            http.max_body
        };
        let path = info.path;
        let gate = middleware::from_fn_with_state((state.clone(), info), gate::pass);
        let handler = handler
            .route_layer(gate)
            .layer(DefaultBodyLimit::max(limit));
        router = router.route(path, handler);
    }
    router
}
