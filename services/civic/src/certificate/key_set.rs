//! The public keys as a JSON Web Key Set (RFC 7517, RFC 8037), as the gateway publishes them.

use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};
use ed25519_dalek::VerifyingKey;
use jiff::Timestamp;
use serde::Deserialize;
use serde_json::{Value, json};

use super::{CertificateError, PublicKey};

/// `keys` as a key set, each with the time it was in use.
#[must_use]
pub fn key_set(keys: &[PublicKey]) -> Value {
    let entry = |key: &PublicKey| {
        let mut entry = json!({
            "kty": "OKP", "crv": "Ed25519", "use": "sig", "alg": "EdDSA",
            "kid": key.id(), "x": BASE64_URL_SAFE_NO_PAD.encode(key.key.as_bytes()),
        });
        for (name, at) in [("from", key.from), ("to", key.to)] {
            if let Some(at) = at {
                entry[name] = at.to_string().into();
            }
        }
        entry
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
    from: Option<Timestamp>,
    to: Option<Timestamp>,
}

/// The Ed25519 keys of a key set; keys of other kinds are left out.
///
/// # Errors
/// `Keys` when it is none, or has no such key.
pub fn read_key_set(json: &str) -> Result<Vec<PublicKey>, CertificateError> {
    let set: KeySet = serde_json::from_str(json).map_err(|_| CertificateError::Keys)?;
    let ours = set
        .keys
        .iter()
        .filter(|key| key.kty == "OKP" && key.crv == "Ed25519");
    let keys: Vec<_> = ours
        .map(|key| read(key).ok_or(CertificateError::Keys))
        .collect::<Result<_, _>>()?;
    if keys.is_empty() {
        return Err(CertificateError::Keys);
    }
    Ok(keys)
}

fn read(entry: &Key) -> Option<PublicKey> {
    let bytes = BASE64_URL_SAFE_NO_PAD.decode(&entry.x).ok()?;
    Some(PublicKey {
        key: VerifyingKey::from_bytes(&bytes.try_into().ok()?).ok()?,
        from: entry.from,
        to: entry.to,
    })
}
