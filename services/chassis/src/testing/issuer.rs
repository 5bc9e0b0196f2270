//! A stand-in for the gateway's token issuer, with a key of its own.

use std::sync::Arc;

use jsonwebtoken::{
    Algorithm, EncodingKey, Header,
    jwk::{Jwk, JwkSet},
};
use p256::pkcs8::{EncodePrivateKey as _, LineEnding};
use serde::Serialize;
use uuid::Uuid;

use crate::{
    clock::{Clock as _, SystemClock},
    identity::{Caller, Claims, Grant, Role, TOKEN_LIFETIME, TOKEN_TYPE},
    ids,
    verifier::Verifier,
};

/// The `iss` of test tokens.
pub const ISSUER: &str = "https://gateway.test";

/// Mints tokens that its [`Self::verifier`] accepts.
#[derive(Clone)]
pub struct TestIssuer {
    key: EncodingKey,
    kid: String,
    jwks: JwkSet,
}

impl TestIssuer {
    /// An issuer with a new key.
    ///
    /// # Panics
    /// When no key can be made.
    pub fn new() -> Self {
        let secret = loop {
            // One of 2^32 candidates lies outside the curve's order.
            if let Ok(secret) = p256::SecretKey::from_slice(&rand::random::<[u8; 32]>()) {
                break secret;
            }
        };
        let pem = secret
            .to_pkcs8_pem(LineEnding::LF)
            .expect("cannot encode a key");
        let key = EncodingKey::from_ec_pem(pem.as_bytes()).expect("cannot use a key");
        let kid = ids::new(SystemClock.now()).simple().to_string();
        let mut jwk = Jwk::from_encoding_key(&key, Algorithm::ES256).expect("cannot publish a key");
        jwk.common.key_id = Some(kid.clone());
        Self {
            key,
            kid,
            jwks: JwkSet { keys: vec![jwk] },
        }
    }

    /// The public keys.
    pub fn jwks(&self) -> JwkSet {
        self.jwks.clone()
    }

    /// A verifier of this issuer's tokens for `audience`.
    pub fn verifier(&self, audience: &str) -> Arc<Verifier> {
        Arc::new(Verifier::from_jwks(ISSUER, audience, &self.jwks))
    }

    /// A valid token of `caller` for `audience`.
    pub fn token(&self, caller: &Caller, audience: &str) -> String {
        let now = SystemClock.now();
        self.sign(&Claims::new(caller, ISSUER, audience, now, TOKEN_LIFETIME))
    }

    /// A token with exactly these claims.
    pub fn sign(&self, claims: &impl Serialize) -> String {
        self.sign_with(&self.header(), claims)
    }

    /// A token with exactly this header and these claims.
    ///
    /// # Panics
    /// When they cannot be signed.
    pub fn sign_with(&self, header: &Header, claims: &impl Serialize) -> String {
        jsonwebtoken::encode(header, claims, &self.key).expect("cannot sign a token")
    }

    /// The header of a valid token.
    pub fn header(&self) -> Header {
        let mut header = Header::new(Algorithm::ES256);
        header.typ = Some(TOKEN_TYPE.to_owned());
        header.kid = Some(self.kid.clone());
        header
    }
}

impl Default for TestIssuer {
    fn default() -> Self {
        Self::new()
    }
}

impl std::fmt::Debug for TestIssuer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("TestIssuer")
            .field("kid", &self.kid)
            .finish_non_exhaustive()
    }
}

/// A caller with a new account and these grants.
pub fn caller(name: &str, grants: &[(Role, &str)]) -> Caller {
    let now = SystemClock.now();
    let session: Uuid = ids::new(now);
    Caller {
        account: ids::new(now),
        name: name.to_owned(),
        person: None,
        grants: grants
            .iter()
            .map(|&(role, division)| Grant::new(role, division))
            .collect(),
        session: Some(session),
        on_behalf_of: None,
    }
}
