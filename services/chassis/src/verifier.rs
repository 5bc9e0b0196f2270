//! Verifies access tokens against the gateway's published keys.
//!
//! Only ES256, only our own `kid`s, only `at+jwt`, only for this service
//! (RFC 8725, RFC 9068). Keys are fetched when needed and at least every
//! [`FRESH_FOR`]; when they cannot be, known keys serve a little longer and
//! then everything is refused: it fails closed.

use std::{
    collections::HashMap,
    sync::Arc,
    time::{Duration, Instant},
};

use jsonwebtoken::{
    Algorithm, DecodingKey, Validation, decode, decode_header,
    jwk::{AlgorithmParameters, EllipticCurve, Jwk, JwkSet, PublicKeyUse},
};
use tokio::sync::{Mutex, RwLock};

use crate::{
    clock::{Clock as _, SystemClock},
    fault::{Code, Fault},
    identity::{Caller, Claims, TOKEN_LIFETIME, TOKEN_TYPE},
};

mod remembered;
mod source;

pub use remembered::Remembered;
use source::JwksSource;

/// Longer tokens are refused unread.
const MAX_TOKEN: usize = 8 * 1024;

/// How far the issuer's clock may be ahead of ours, in seconds.
const LEEWAY: i64 = 60;

/// Keys older than this are fetched again.
pub const FRESH_FOR: Duration = Duration::from_secs(60);

/// Keys older than this are not used any more.
pub const USABLE_FOR: Duration = Duration::from_secs(600);

/// Two attempts to fetch are at least this far apart.
const FETCH_PAUSE: Duration = Duration::from_secs(5);

/// Verifies the tokens of one issuer for one audience.
#[derive(Debug)]
pub struct Verifier {
    issuer: String,
    audience: String,
    /// Absent when the keys are fixed.
    source: Option<JwksSource>,
    keys: RwLock<Arc<Keys>>,
    last_attempt: Mutex<Option<Instant>>,
    remembered: Remembered<Claims>,
}

#[derive(Default)]
struct Keys {
    by_id: HashMap<String, DecodingKey>,
    fetched_at: Option<Instant>,
}

impl Verifier {
    /// A verifier that fetches the issuer's keys from `jwks_url`.
    ///
    /// # Errors
    /// When the HTTP client cannot be built.
    pub fn new(
        issuer: impl Into<String>,
        audience: impl Into<String>,
        jwks_url: impl Into<String>,
    ) -> anyhow::Result<Self> {
        let source = JwksSource::new(jwks_url.into())?;
        Ok(Self {
            source: Some(source),
            ..Self::with_keys(issuer, audience, Keys::default())
        })
    }

    /// A verifier with fixed keys.
    pub fn from_jwks(
        issuer: impl Into<String>,
        audience: impl Into<String>,
        jwks: &JwkSet,
    ) -> Self {
        Self::with_keys(issuer, audience, Keys::from_jwks(jwks))
    }

    fn with_keys(issuer: impl Into<String>, audience: impl Into<String>, keys: Keys) -> Self {
        Self {
            issuer: issuer.into(),
            audience: audience.into(),
            source: None,
            keys: RwLock::new(Arc::new(keys)),
            last_attempt: Mutex::new(None),
            remembered: Remembered::default(),
        }
    }

    /// The caller that `token` speaks for.
    ///
    /// # Errors
    /// `UNAUTHENTICATED` for every flaw of the token, the same for all;
    /// `UNAVAILABLE` when the issuer's keys cannot be had.
    pub async fn verify(&self, token: &str) -> Result<Caller, Fault> {
        if token.len() > MAX_TOKEN {
            return Err(refused("too long"));
        }
        let header = decode_header(token).map_err(refused)?;
        if header.alg != Algorithm::ES256 {
            return Err(refused("not ES256"));
        }
        if !header
            .typ
            .is_some_and(|typ| typ.eq_ignore_ascii_case(TOKEN_TYPE))
        {
            return Err(refused("not an access token"));
        }
        let kid = header.kid.ok_or_else(|| refused("no key id"))?;
        let key = self.key(&kid).await?;
        let claims = match self.remembered.get(token) {
            Some(claims) => claims,
            None => {
                let claims = self.check_signature(token, &key)?;
                self.remembered.put(token, claims.clone());
                claims
            }
        };
        check_times(&claims, SystemClock.now().as_second())?;
        Ok(claims.into())
    }

    /// Signature, issuer and audience.
    fn check_signature(&self, token: &str, key: &DecodingKey) -> Result<Claims, Fault> {
        let mut validation = Validation::new(Algorithm::ES256);
        validation.set_issuer(&[&self.issuer]);
        validation.set_audience(&[&self.audience]);
        validation.set_required_spec_claims(&["exp", "nbf", "iss", "aud", "sub"]);
        // Times are checked below: one leeway does not fit both ends.
        validation.validate_exp = false;
        let data = decode::<Claims>(token, key, &validation).map_err(refused)?;
        Ok(data.claims)
    }

    async fn key(&self, kid: &str) -> Result<DecodingKey, Fault> {
        let Some(source) = &self.source else {
            return self.keys.read().await.find(kid);
        };
        let keys = Arc::clone(&*self.keys.read().await);
        if keys.is_younger_than(FRESH_FOR) && keys.by_id.contains_key(kid) {
            return keys.find(kid);
        }
        // One fetches; who cannot do without waits here and then finds the result.
        let is_known = keys.is_younger_than(USABLE_FOR) && keys.by_id.contains_key(kid);
        let mut last_attempt = match self.last_attempt.try_lock() {
            Ok(last_attempt) => last_attempt,
            Err(_) if is_known => return keys.find(kid),
            Err(_) => self.last_attempt.lock().await,
        };
        if last_attempt.is_none_or(|at| at.elapsed() >= FETCH_PAUSE) {
            let fetched = source.fetch().await;
            *last_attempt = Some(Instant::now());
            match fetched {
                Ok(jwks) => *self.keys.write().await = Arc::new(Keys::from_jwks(&jwks)),
                Err(error) => tracing::warn!("cannot fetch the gateway's keys: {error:#}"),
            }
        }
        drop(last_attempt);
        let keys = Arc::clone(&*self.keys.read().await);
        if !keys.is_younger_than(USABLE_FOR) {
            return Err(Fault::new(
                Code::Unavailable,
                "KEYS_UNAVAILABLE",
                Code::Unavailable.default_message(),
            ));
        }
        keys.find(kid)
    }
}

impl Keys {
    fn from_jwks(jwks: &JwkSet) -> Self {
        let usable = jwks.keys.iter().filter(|jwk| is_usable(jwk));
        let by_id = usable
            .filter_map(|jwk| Some((jwk.common.key_id.clone()?, DecodingKey::from_jwk(jwk).ok()?)))
            .collect();
        Self {
            by_id,
            fetched_at: Some(Instant::now()),
        }
    }

    fn is_younger_than(&self, limit: Duration) -> bool {
        self.fetched_at.is_some_and(|at| at.elapsed() < limit)
    }

    fn find(&self, kid: &str) -> Result<DecodingKey, Fault> {
        self.by_id
            .get(kid)
            .cloned()
            .ok_or_else(|| refused("unknown key id"))
    }
}

impl std::fmt::Debug for Keys {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_set().entries(self.by_id.keys()).finish()
    }
}

fn is_usable(jwk: &Jwk) -> bool {
    let on_curve = matches!(
        &jwk.algorithm,
        AlgorithmParameters::EllipticCurve(ec) if ec.curve == EllipticCurve::P256
    );
    let signs = matches!(
        jwk.common.public_key_use,
        None | Some(PublicKeyUse::Signature)
    );
    on_curve && signs
}

fn check_times(claims: &Claims, now: i64) -> Result<(), Fault> {
    if claims.exp <= now {
        return Err(refused("expired"));
    }
    if claims.nbf > now + LEEWAY || claims.iat > now + LEEWAY {
        return Err(refused("not yet valid"));
    }
    if claims.exp.saturating_sub(claims.iat) > TOKEN_LIFETIME.as_secs() {
        return Err(refused("lives too long"));
    }
    Ok(())
}

fn refused(why: impl std::fmt::Display) -> Fault {
    Fault::unauthenticated().caused_by(format!("token refused: {why}"))
}

#[cfg(test)]
mod tests;
