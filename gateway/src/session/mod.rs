//! Who is signed in.
//!
//! Every request looks its session row up, so that logging out, disabling an
//! account or changing grants takes effect with the next request, whatever
//! tokens are still around. Security always has the system's clock.

use std::sync::Arc;

use axum::{
    extract::{FromRequestParts, OptionalFromRequestParts},
    http::request::Parts,
    response::{IntoResponse, Redirect, Response},
};
use jiff::Timestamp;
use sqlx::PgPool;
use uuid::Uuid;
use yiwang_chassis::{
    clock::SharedClock,
    fault::Fault,
    identity::{Caller, Grant, Role},
};

use crate::{config, crypto::Vault};

mod client;
pub(crate) mod cookie;
mod open;
mod refresh;
pub(crate) mod store;

pub use client::ClientInfo;
pub use refresh::TokenPair;

use crate::{crypto, error::Problem};

/// The person or officer behind a request.
#[derive(Clone)]
pub struct SignedIn {
    /// The account.
    pub account: Uuid,
    /// The real name; shown to the person only.
    pub name: String,
    /// The person key in hex; absent for accounts without an ID number.
    pub person: Option<String>,
    /// Roles and where they hold.
    pub grants: Vec<Grant>,
    /// The session.
    pub session: Uuid,
    /// What every form of this session must carry.
    pub csrf: String,
}

/// Whoever is signed in with the browser's cookie, or nobody.
#[derive(Debug, Clone)]
pub struct MaybeSignedIn(pub Option<SignedIn>);

/// Whoever called with `Authorization: Bearer`.
#[derive(Debug, Clone)]
pub struct BearerCaller(pub SignedIn);

/// One of one's own sessions, as listed.
#[derive(Debug, Clone)]
pub struct SessionInfo {
    /// The session.
    pub id: Uuid,
    /// Browser and system in a few words.
    pub device: String,
    /// Sign-in.
    pub created_at: Timestamp,
    /// Last request, to half a minute.
    pub last_seen_at: Timestamp,
    /// The session that asks.
    pub current: bool,
}

/// Somebody whose password and second factor were right.
#[derive(Debug, Clone)]
pub struct Authenticated {
    /// The account.
    pub account: Uuid,
    /// Holds any role of the state; shorter idle limit.
    pub staff: bool,
}

/// Opens, finds and ends sessions.
pub struct Sessions {
    pool: PgPool,
    vault: Arc<Vault>,
    clock: SharedClock,
    limits: config::Sessions,
    secure: bool,
}

impl Sessions {
    pub(crate) fn new(
        pool: PgPool,
        vault: Arc<Vault>,
        clock: SharedClock,
        config: &config::Config,
    ) -> Self {
        let secure = config.http.secure_cookies;
        Self {
            pool,
            vault,
            clock,
            limits: config.sessions.clone(),
            secure,
        }
    }

    /// Whoever the session cookie `token` belongs to, if the session still runs.
    ///
    /// # Errors
    /// When the database is away.
    pub async fn by_cookie(&self, token: &str) -> Result<Option<SignedIn>, Fault> {
        let now = self.clock.now();
        let row = store::by_token(&self.pool, &crypto::token_hash(token), now).await?;
        self.welcome(row, crypto::derive(token, "csrf"), now).await
    }

    /// Whoever the API session belongs to, if it still runs.
    pub(crate) async fn by_id(&self, session: Uuid) -> Result<Option<SignedIn>, Fault> {
        let now = self.clock.now();
        let row = store::by_id(&self.pool, session, now).await?;
        self.welcome(row, String::new(), now).await
    }

    async fn welcome(
        &self,
        row: Option<store::Found>,
        csrf: String,
        now: Timestamp,
    ) -> Result<Option<SignedIn>, Fault> {
        let Some(found) = row else { return Ok(None) };
        store::touch(&self.pool, &found, now).await?;
        Ok(Some(found.into_signed_in(&self.vault, csrf)?))
    }

    /// Ends the session of `who`.
    ///
    /// # Errors
    /// When the database is away.
    pub async fn sign_out(&self, who: &SignedIn) -> Result<(), Fault> {
        self.end(who, who.session).await
    }

    /// The running sessions of `who`, latest first.
    ///
    /// # Errors
    /// When the database is away.
    pub async fn list(&self, who: &SignedIn) -> Result<Vec<SessionInfo>, Fault> {
        Ok(store::list(&self.pool, who, self.clock.now()).await?)
    }

    /// Ends one session of `who`; one that is not theirs is left alone.
    ///
    /// # Errors
    /// When the database is away.
    pub async fn end(&self, who: &SignedIn, session: Uuid) -> Result<(), Fault> {
        let now = self.clock.now();
        let mut tx = self.pool.begin().await?;
        let ended = store::end(&mut tx, who.account, session, "signed_out", now).await?;
        if ended {
            let entry = crate::audit::Record::by(who, "session.end").object(session);
            crate::audit::record(&mut tx, entry, now).await?;
        }
        Ok(tx.commit().await?)
    }
}

impl SignedIn {
    /// Works for the state in any role.
    pub fn is_staff(&self) -> bool {
        self.grants.iter().any(|grant| grant.role.is_staff())
    }

    /// Holds `role` anywhere.
    pub fn has_role(&self, role: Role) -> bool {
        self.grants.iter().any(|grant| grant.role == role)
    }

    /// Whether a form that carries `token` came from one of our pages.
    ///
    /// # Errors
    /// `CSRF` when it did not.
    pub fn verify_csrf(&self, token: &str) -> Result<(), Fault> {
        if !self.csrf.is_empty() && crypto::same(&self.csrf, token) {
            return Ok(());
        }
        Err(crate::security::csrf::refused())
    }

    /// The caller as services see it.
    pub(crate) fn caller(&self) -> Caller {
        Caller {
            account: self.account,
            name: self.name.clone(),
            person: self.person.clone(),
            grants: self.grants.clone(),
            session: Some(self.session),
            on_behalf_of: None,
        }
    }
}

// A name is personal data: it must not reach a log through `{:?}`.
impl std::fmt::Debug for SignedIn {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("SignedIn")
            .field("account", &self.account)
            .finish_non_exhaustive()
    }
}

/// `/login?next=…` for a page that needs somebody signed in.
pub(crate) fn login_redirect(uri: &http::Uri) -> Response {
    let next = uri.path_and_query().map_or("/", |path| path.as_str());
    let query = serde_urlencoded::to_string([("next", next)]).unwrap_or_default();
    Redirect::to(&format!("/login?{query}")).into_response()
}

impl<S: Send + Sync> FromRequestParts<S> for SignedIn {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Response> {
        let found = parts.extensions.get::<Self>().cloned();
        found.ok_or_else(|| login_redirect(&parts.uri))
    }
}

impl<S: Send + Sync> OptionalFromRequestParts<S> for SignedIn {
    type Rejection = std::convert::Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Option<Self>, Self::Rejection> {
        Ok(parts.extensions.get::<Self>().cloned())
    }
}

impl<S: Send + Sync> FromRequestParts<S> for MaybeSignedIn {
    type Rejection = std::convert::Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Self::Rejection> {
        Ok(Self(parts.extensions.get::<SignedIn>().cloned()))
    }
}

impl<S: Send + Sync> FromRequestParts<S> for BearerCaller {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Problem> {
        let found = parts.extensions.get::<SignedIn>().cloned();
        found
            .map(Self)
            .ok_or_else(|| Fault::unauthenticated().into())
    }
}
