//! The public keys as a JSON Web Key Set (RFC 7517, RFC 8037), as the gateway publishes them.

use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};
use ed25519_dalek::VerifyingKey;
use serde::Deserialize;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use super::CertificateError;

/// `keys` as a key set; the id of a key is the beginning of its SHA-256.
#[must_use]
pub fn key_set(keys: &[VerifyingKey]) -> Value {
    let entry = |key: &VerifyingKey| {
        let id = hex::encode(Sha256::digest(key.as_bytes()));
        json!({
            "kty": "OKP", "crv": "Ed25519", "use": "sig", "alg": "EdDSA",
            "kid": id.get(..16), "x": BASE64_URL_SAFE_NO_PAD.encode(key.as_bytes()),
        })
    };
    json!({ "keys": keys.iter().map(entry).collect::<Vec<_>>() })
}

#[derive(Deserialize)]
struct KeySet {
    keys: Vec<Key>,
}

#[derive(Deserialize)]
struct Key {
    kty: String,
    #[serde(default)]
    crv: String,
    #[serde(default)]
    x: String,
}

/// The Ed25519 keys of a key set; keys of other kinds are left out.
///
/// # Errors
/// `Keys` when it is none, or has no such key.
pub fn read_key_set(json: &str) -> Result<Vec<VerifyingKey>, CertificateError> {
    let set: KeySet = serde_json::from_str(json).map_err(|_| CertificateError::Keys)?;
    let ours = set
        .keys
        .iter()
        .filter(|key| key.kty == "OKP" && key.crv == "Ed25519");
    let keys: Vec<_> = ours
        .map(|key| read(&key.x).ok_or(CertificateError::Keys))
        .collect::<Result<_, _>>()?;
    if keys.is_empty() {
        return Err(CertificateError::Keys);
    }
    Ok(keys)
}

fn read(x: &str) -> Option<VerifyingKey> {
    let bytes = BASE64_URL_SAFE_NO_PAD.decode(x).ok()?;
    VerifyingKey::from_bytes(&bytes.try_into().ok()?).ok()
}
