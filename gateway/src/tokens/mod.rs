//! Access tokens: the keys that sign them and their minting.
//!
//! Keys live sealed in the database. A new key is published a minute before it
//! signs, and an old one stays published until its last token has expired, so
//! that verifiers never meet a key they cannot fetch.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError},
};

use jiff::{SignedDuration, Timestamp};
use jsonwebtoken::{
    Algorithm, DecodingKey, EncodingKey, Header, Validation,
    jwk::{Jwk, JwkSet},
};
use sqlx::PgPool;
use tokio::sync::RwLock;
use uuid::Uuid;
use yiwang_chassis::{
    clock::SharedClock,
    fault::Fault,
    identity::{Caller, Claims, TOKEN_TYPE},
    verifier::Remembered,
};

use crate::crypto::Vault;

mod keys;

/// The audience of tokens for the REST interface.
pub(crate) const AUDIENCE: &str = "gateway";

/// Other replicas' new keys are seen after this time at the latest.
const RELOAD_EVERY: SignedDuration = SignedDuration::from_secs(20);

/// No more than one reload in this time because of an unknown key.
const RELOAD_AT_MOST: SignedDuration = SignedDuration::from_secs(2);

/// A token for a service is used again until this long before its end.
const MARGIN: SignedDuration = SignedDuration::from_secs(60);

/// Signs and checks access tokens.
pub struct Keyring {
    pool: PgPool,
    vault: Arc<Vault>,
    clock: SharedClock,
    issuer: String,
    lifetime: SignedDuration,
    loaded: RwLock<Arc<Loaded>>,
    minted: Mutex<HashMap<(Uuid, String), Minted>>,
    remembered: Remembered<Claims>,
}

struct Loaded {
    at: Timestamp,
    keys: Vec<Key>,
}

struct Key {
    kid: String,
    signs_from: Timestamp,
    signing: EncodingKey,
    verifying: DecodingKey,
    public: Jwk,
}

struct Minted {
    caller: Caller,
    token: String,
    expires_at: i64,
}

impl Keyring {
    /// Reads the keys, making the first one when there is none.
    ///
    /// # Errors
    /// When the database is away or a sealed key does not open.
    pub async fn open(
        pool: PgPool,
        vault: Arc<Vault>,
        clock: SharedClock,
        issuer: String,
        lifetime: SignedDuration,
    ) -> Result<Self, Fault> {
        let now = clock.now();
        keys::ensure_one(&pool, &vault, now).await?;
        let loaded = RwLock::new(Arc::new(keys::load(&pool, &vault, now).await?));
        let minted = Mutex::default();
        Ok(Self {
            pool,
            vault,
            clock,
            issuer,
            lifetime,
            loaded,
            minted,
            remembered: Remembered::default(),
        })
    }

    /// Makes a new signing key; the present ones leave when their tokens have expired.
    ///
    /// # Errors
    /// When the database is away.
    pub async fn rotate(&self) -> Result<String, Fault> {
        let now = self.clock.now();
        let kid = keys::rotate(&self.pool, &self.vault, now).await?;
        self.reload(now).await?;
        Ok(kid)
    }

    /// The public keys, as `/.well-known/jwks.json` shows them.
    pub(crate) async fn jwks(&self) -> Result<JwkSet, Fault> {
        let loaded = self.current().await?;
        Ok(JwkSet {
            keys: loaded.keys.iter().map(|key| key.public.clone()).collect(),
        })
    }

    /// A token for the REST interface and its life in seconds.
    pub(crate) async fn access_token(&self, caller: &Caller) -> Result<(String, i64), Fault> {
        let token = self.sign(caller, AUDIENCE).await?;
        Ok((token, self.lifetime.as_secs()))
    }

    /// A token for the service `audience`; used again while it is good for another minute.
    pub(crate) async fn service_token(
        &self,
        caller: &Caller,
        audience: &str,
    ) -> Result<String, Fault> {
        let now = self.clock.now();
        let slot = (
            caller.session.unwrap_or(caller.account),
            audience.to_owned(),
        );
        if let Some(token) = self.minted_before(&slot, caller, now) {
            return Ok(token);
        }
        let token = self.sign(caller, audience).await?;
        let expires_at = now.as_second() + self.lifetime.as_secs();
        let entry = Minted {
            caller: caller.clone(),
            token: token.clone(),
            expires_at,
        };
        let mut minted = self.minted.lock().unwrap_or_else(PoisonError::into_inner);
        if minted.len() >= 20_000 {
            minted.retain(|_, entry| entry.expires_at > now.as_second());
        }
        minted.insert(slot, entry);
        Ok(token)
    }

    fn minted_before(
        &self,
        slot: &(Uuid, String),
        caller: &Caller,
        now: Timestamp,
    ) -> Option<String> {
        let minted = self.minted.lock().unwrap_or_else(PoisonError::into_inner);
        let entry = minted.get(slot)?;
        let margin = MARGIN.min(self.lifetime / 2).as_secs();
        // Other grants make another token.
        let usable = entry.caller == *caller && entry.expires_at - margin > now.as_second();
        usable.then(|| entry.token.clone())
    }

    async fn sign(&self, caller: &Caller, audience: &str) -> Result<String, Fault> {
        let now = self.clock.now();
        let loaded = self.current().await?;
        let ready = loaded.keys.iter().filter(|key| key.signs_from <= now);
        let key = ready.max_by_key(|key| key.signs_from);
        let key = key.ok_or_else(|| Fault::internal("no signing key is ready"))?;
        let header = Header {
            typ: Some(TOKEN_TYPE.to_owned()),
            kid: Some(key.kid.clone()),
            ..Header::new(Algorithm::ES256)
        };
        let claims = Claims::new(caller, &self.issuer, audience, now, self.lifetime);
        jsonwebtoken::encode(&header, &claims, &key.signing).map_err(Fault::internal)
    }

    /// The session that a REST access token names, when we signed it and it has not expired.
    pub(crate) async fn session_of(&self, token: &str) -> Result<Option<Uuid>, Fault> {
        if token.len() > 16 * 1024 {
            return Ok(None);
        }
        let Ok(header) = jsonwebtoken::decode_header(token) else {
            return Ok(None);
        };
        let right_kind =
            header.alg == Algorithm::ES256 && header.typ.as_deref() == Some(TOKEN_TYPE);
        let Some(kid) = header.kid.filter(|_| right_kind) else {
            return Ok(None);
        };
        let Some(key) = self.verifying_key(&kid).await? else {
            return Ok(None);
        };
        Ok(self.verify(token, &key))
    }

    fn verify(&self, token: &str, key: &DecodingKey) -> Option<Uuid> {
        let mut validation = Validation::new(Algorithm::ES256);
        validation.set_required_spec_claims(&["exp", "iss", "aud", "sub"]);
        validation.set_issuer(&[&self.issuer]);
        validation.set_audience(&[AUDIENCE]);
        // The library reads the machine's clock; ours is injected.
        validation.validate_exp = false;
        let claims = match self.remembered.get(token) {
            Some(claims) => claims,
            None => {
                let data = jsonwebtoken::decode::<Claims>(token, key, &validation).ok()?;
                self.remembered.put(token, data.claims.clone());
                data.claims
            }
        };
        let now = self.clock.now().as_second();
        let valid = claims.exp > now && claims.nbf <= now + 5;
        claims.sid.filter(|_| valid)
    }

    async fn verifying_key(&self, kid: &str) -> Result<Option<DecodingKey>, Fault> {
        let loaded = self.current().await?;
        if let Some(key) = loaded.keys.iter().find(|key| key.kid == kid) {
            return Ok(Some(key.verifying.clone()));
        }
        let now = self.clock.now();
        if now.duration_since(loaded.at) < RELOAD_AT_MOST {
            return Ok(None);
        }
        let loaded = self.reload(now).await?;
        let found = loaded.keys.iter().find(|key| key.kid == kid);
        Ok(found.map(|key| key.verifying.clone()))
    }

    async fn current(&self) -> Result<Arc<Loaded>, Fault> {
        let loaded = self.loaded.read().await.clone();
        let now = self.clock.now();
        if now.duration_since(loaded.at).abs() < RELOAD_EVERY {
            return Ok(loaded);
        }
        self.reload(now).await
    }

    async fn reload(&self, now: Timestamp) -> Result<Arc<Loaded>, Fault> {
        let fresh = Arc::new(keys::load(&self.pool, &self.vault, now).await?);
        *self.loaded.write().await = fresh.clone();
        Ok(fresh)
    }
}
