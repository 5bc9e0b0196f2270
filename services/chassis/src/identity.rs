//! Who is calling, and where that person may do what.
//!
//! The gateway logs people in and mints short-lived tokens ([`Claims`]); each
//! service verifies them itself ([`crate::verifier`]) and finds a [`Caller`] in
//! the request's extensions. A grant is a role for a division and all within.

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Deserializer, Serialize};
use uuid::Uuid;

use crate::fault::Fault;

mod role;

pub use role::{Role, UnknownRole};

/// The `typ` of an access token (RFC 9068).
pub const TOKEN_TYPE: &str = "at+jwt";

/// No access token lives longer than this.
pub const TOKEN_LIFETIME: SignedDuration = SignedDuration::from_secs(300);

/// A role for a division and everything within it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Grant {
    /// The role.
    pub role: Role,
    /// A division code: 6 digits down to a county, 9 a township, 12 a village.
    pub division: String,
}

/// A verified caller.
#[derive(Clone, PartialEq, Eq)]
pub struct Caller {
    /// The account.
    pub account: Uuid,
    /// The real name, for history and documents.
    pub name: String,
    /// The person key in hex, for a natural person.
    pub person: Option<String>,
    /// What the caller may do, and where.
    pub grants: Vec<Grant>,
    /// The login session, absent for the workflow engine.
    pub session: Option<Uuid>,
    /// The account for which the workflow engine acts.
    pub on_behalf_of: Option<String>,
}

/// An access token as it is signed, shared with the gateway that mints it.
#[derive(Clone, Serialize, Deserialize)]
pub struct Claims {
    /// The gateway.
    pub iss: String,
    /// The account.
    pub sub: Uuid,
    /// The one service that may accept the token.
    pub aud: String,
    /// End of validity, in seconds since 1970 UTC.
    pub exp: i64,
    /// Time of issue, in seconds since 1970 UTC.
    pub iat: i64,
    /// Start of validity, in seconds since 1970 UTC.
    pub nbf: i64,
    /// The token's own identifier.
    pub jti: Uuid,
    /// See [`Caller::name`].
    pub name: String,
    /// See [`Caller::person`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pk: Option<String>,
    /// See [`Caller::grants`].
    #[serde(default, deserialize_with = "known_grants")]
    pub grants: Vec<Grant>,
    /// See [`Caller::session`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sid: Option<Uuid>,
    /// See [`Caller::on_behalf_of`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub act: Option<String>,
}

impl Grant {
    /// A grant of `role` for `division` and everything within it.
    pub fn new(role: Role, division: impl Into<String>) -> Self {
        Self {
            role,
            division: division.into(),
        }
    }

    /// The beginning that all covered codes share: `421200` → `4212`, the nation
    /// (`000000`) → empty. A malformed code covers nothing.
    pub fn scope(&self) -> Option<&str> {
        let code = self.division.as_str();
        if !matches!(code.len(), 6 | 9 | 12) || !code.bytes().all(|b| b.is_ascii_digit()) {
            return None;
        }
        let mut scope = code;
        if code.len() == 6 {
            while let Some(rest) = scope.strip_suffix("00") {
                scope = rest;
            }
        }
        Some(scope)
    }

    /// Whether `division` is the granted one or lies within it.
    pub fn covers(&self, division: &str) -> bool {
        self.scope()
            .is_some_and(|scope| division.starts_with(scope))
    }
}

impl Caller {
    /// Whether the caller holds `role` for `division`.
    pub fn has(&self, role: Role, division: &str) -> bool {
        self.grants
            .iter()
            .any(|grant| grant.role == role && grant.covers(division))
    }

    /// Whether the caller holds `role` anywhere.
    pub fn has_role(&self, role: Role) -> bool {
        self.grants.iter().any(|grant| grant.role == role)
    }

    /// The code beginnings within which the caller holds `role`; an empty one is the nation.
    pub fn scopes(&self, role: Role) -> Vec<&str> {
        self.grants
            .iter()
            .filter(|grant| grant.role == role)
            .filter_map(Grant::scope)
            .collect()
    }

    /// Whether the caller works for the state in any role.
    pub fn is_staff(&self) -> bool {
        self.grants.iter().any(|grant| grant.role.is_staff())
    }
}

// A name is personal data: it must not reach a log through `{:?}`.
impl std::fmt::Debug for Caller {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Caller")
            .field("account", &self.account)
            .field("grants", &self.grants)
            .finish_non_exhaustive()
    }
}

impl Claims {
    /// The token of `caller` for `audience`, valid from `now` for `lifetime`
    /// (at most [`TOKEN_LIFETIME`]).
    pub fn new(
        caller: &Caller,
        issuer: &str,
        audience: &str,
        now: Timestamp,
        lifetime: SignedDuration,
    ) -> Self {
        let iat = now.as_second();
        Self {
            iss: issuer.to_owned(),
            sub: caller.account,
            aud: audience.to_owned(),
            exp: iat + lifetime.min(TOKEN_LIFETIME).as_secs(),
            iat,
            nbf: iat,
            jti: crate::ids::new(now),
            name: caller.name.clone(),
            pk: caller.person.clone(),
            grants: caller.grants.clone(),
            sid: caller.session,
            act: caller.on_behalf_of.clone(),
        }
    }
}

/// The grants that this version knows: a newer gateway may know more roles.
fn known_grants<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<Grant>, D::Error> {
    let grants = Vec::<serde_json::Value>::deserialize(deserializer)?;
    Ok(grants
        .into_iter()
        .filter_map(|grant| serde_json::from_value(grant).ok())
        .collect())
}

impl From<Claims> for Caller {
    fn from(claims: Claims) -> Self {
        Self {
            account: claims.sub,
            name: claims.name,
            person: claims.pk,
            grants: claims.grants,
            session: claims.sid,
            on_behalf_of: claims.act,
        }
    }
}

/// The verified caller of a request.
///
/// # Errors
/// `UNAUTHENTICATED` when the request carried no token.
pub fn caller<T>(request: &tonic::Request<T>) -> Result<Caller, Fault> {
    maybe_caller(request).ok_or_else(Fault::unauthenticated)
}

/// The verified caller of a request, when it carried a token.
pub fn maybe_caller<T>(request: &tonic::Request<T>) -> Option<Caller> {
    request.extensions().get::<Caller>().cloned()
}

#[cfg(test)]
mod tests;
