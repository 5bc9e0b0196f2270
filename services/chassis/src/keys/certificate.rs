//! The key that signs electronic certificates, and those that did so before it.
//!
//! `certificate.pem` signs; `certificate-keys.toml` lists every public key with the time it was in
//! use, once there was a rotation. A retired private key is gone: nobody can sign with it any more.

use std::{
    fs::File,
    path::{Path, PathBuf},
};

use ed25519_dalek::VerifyingKey;
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use super::{
    KeyError, Keys, bytes_of, damaged, load_signing, new_signing_pem, read, require, write,
};

/// How long processes that still run with the retired key may go on signing: within it, each of
/// them is to be restarted.
pub const HANDOVER: SignedDuration = SignedDuration::from_hours(24);

/// A public key of certificates.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CertificateKey {
    /// The key.
    pub key: VerifyingKey,
    /// In use from; the first key has no beginning.
    pub from: Option<Timestamp>,
    /// In use until; the present key has no end.
    pub to: Option<Timestamp>,
}

#[derive(Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Listing {
    #[serde(default)]
    key: Vec<Entry>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Entry {
    public: String,
    from: Option<Timestamp>,
    to: Option<Timestamp>,
}

impl Keys {
    /// Puts a new signing key of certificates into `dir`; those before it stay listed, and are
    /// in use for [`HANDOVER`] more. Gives the new list.
    ///
    /// # Errors
    /// When a file cannot be written, or an existing one is damaged.
    pub fn rotate_certificate(dir: &Path, now: Timestamp) -> Result<Vec<CertificateKey>, KeyError> {
        let lock = dir.join("lock");
        let held = File::create(&lock).and_then(|file| file.lock().map(|()| file));
        let _held = held.map_err(|source| KeyError::Io { path: lock, source })?;
        let pem = dir.join("certificate.pem");
        let mut keys = load(dir, load_signing(&pem)?.verifying_key())?;
        let (new, text) = new_signing_pem(&pem)?;
        for old in keys.iter_mut().filter(|key| key.to.is_none()) {
            old.to = now.checked_add(HANDOVER).ok();
        }
        keys.push(CertificateKey {
            key: new.verifying_key(),
            from: Some(now),
            to: None,
        });
        let path = path(dir);
        let entry = |key: &CertificateKey| Entry {
            public: hex::encode(key.key.as_bytes()),
            from: key.from,
            to: key.to,
        };
        let listing = Listing {
            key: keys.iter().map(entry).collect(),
        };
        let listing = toml::to_string(&listing).map_err(|_| damaged(&path, "cannot be written"))?;
        // Listed first: after a crash in between the old key signs on, and counts for a day; the
        // next rotation lists another one.
        write(&path, &listing)?;
        write(&pem, &text)?;
        Ok(keys)
    }
}

/// Every key listed in `dir`, or the one that signs alone.
pub(super) fn load(dir: &Path, present: VerifyingKey) -> Result<Vec<CertificateKey>, KeyError> {
    let path = path(dir);
    if !path.exists() {
        let always = CertificateKey {
            key: present,
            from: None,
            to: None,
        };
        return Ok(vec![always]);
    }
    let listing: Listing =
        toml::from_str(&read(&path)?).map_err(|_| damaged(&path, "not the expected TOML"))?;
    let key = |entry: Entry| {
        let bytes = bytes_of(&path, &entry.public)?.try_into().ok();
        let key = bytes.and_then(|bytes| VerifyingKey::from_bytes(&bytes).ok());
        Ok(CertificateKey {
            key: key.ok_or_else(|| damaged(&path, "not an Ed25519 public key"))?,
            from: entry.from,
            to: entry.to,
        })
    };
    let keys: Vec<_> = listing
        .key
        .into_iter()
        .map(key)
        .collect::<Result<_, KeyError>>()?;
    let listed = keys.iter().any(|key| key.key == present);
    require(&path, listed, "the key of certificate.pem is not listed")?;
    Ok(keys)
}

fn path(dir: &Path) -> PathBuf {
    dir.join("certificate-keys.toml")
}
