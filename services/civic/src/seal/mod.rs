//! Personal data at rest: AES-256-GCM by default, SM4-GCM 国密 by configuration.
//!
//! ```text
//! version 1 | key id length n | key id (n bytes) | nonce (12) | ciphertext | tag (16)
//! ```
//! The head and the caller's additional data are authenticated with the text: a sealed field moved to
//! another row or another column does not open. The caller brings the nonce, random and never twice; at
//! 2^32 fields under one key a new key must become active.

use std::{collections::BTreeMap, fmt, marker::PhantomData};

use aes_gcm::{
    Aes256Gcm, AesGcm,
    aead::{Aead, KeyInit as _, Payload, consts::U12},
};
use serde::{Serialize, de::DeserializeOwned};
use sm4::Sm4;
use zeroize::{Zeroize as _, Zeroizing};

const VERSION: u8 = 1;
const NONCE: usize = 12;
const TAG: usize = 16;
const MAX_KEY_ID: usize = 64;

type Sm4Gcm = AesGcm<Sm4, U12>;

/// A secret key and the cipher it is for; wiped when dropped.
#[derive(Clone)]
pub enum SealKey {
    /// AES-256-GCM.
    Aes256Gcm([u8; 32]),
    /// SM4-GCM (GB/T 32907, GB/T 36624).
    Sm4Gcm([u8; 16]),
}

impl Drop for SealKey {
    fn drop(&mut self) {
        match self {
            Self::Aes256Gcm(key) => key.zeroize(),
            Self::Sm4Gcm(key) => key.zeroize(),
        }
    }
}

impl fmt::Debug for SealKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Aes256Gcm(_) => f.write_str("Aes256Gcm(..)"),
            Self::Sm4Gcm(_) => f.write_str("Sm4Gcm(..)"),
        }
    }
}

/// Why sealing or opening failed. Says nothing of the content.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SealError {
    /// The active key is not among the keys, a key id occurs twice, or an id is not 1 to 64 bytes long.
    #[error("seal keys are misconfigured at {0:?}")]
    Keys(String),
    /// Not the form above.
    #[error("sealed bytes are malformed")]
    Malformed,
    /// Sealed under a key that this deployment does not have.
    #[error("sealed under the unknown key {0:?}")]
    UnknownKey(String),
    /// Changed, moved from elsewhere, or sealed under another key of the same id.
    #[error("sealed bytes do not open")]
    Rejected,
    /// The value cannot be written as JSON, or the opened JSON is not of the type.
    #[error("sealed value has another shape")]
    Shape,
}

enum Cipher {
    Aes(Box<Aes256Gcm>),
    Sm4(Box<Sm4Gcm>),
}

impl Cipher {
    fn new(key: &SealKey) -> Self {
        match key {
            SealKey::Aes256Gcm(bytes) => Self::Aes(Box::new(Aes256Gcm::new(bytes.into()))),
            SealKey::Sm4Gcm(bytes) => Self::Sm4(Box::new(Sm4Gcm::new(bytes.into()))),
        }
    }

    fn encrypt(&self, nonce: &[u8; NONCE], text: Payload) -> Option<Vec<u8>> {
        match self {
            Self::Aes(cipher) => cipher.encrypt(nonce.into(), text).ok(),
            Self::Sm4(cipher) => cipher.encrypt(nonce.into(), text).ok(),
        }
    }

    fn decrypt(&self, nonce: &[u8; NONCE], text: Payload) -> Option<Vec<u8>> {
        match self {
            Self::Aes(cipher) => cipher.decrypt(nonce.into(), text).ok(),
            Self::Sm4(cipher) => cipher.decrypt(nonce.into(), text).ok(),
        }
    }
}

/// Seals with the active key, opens with every key it has. Wipes its keys when dropped.
pub struct Sealer {
    active: String,
    ciphers: BTreeMap<String, Cipher>,
}

impl Sealer {
    /// Takes all keys by id; `active` is the one to seal with.
    ///
    /// # Errors
    /// `Keys`.
    pub fn new(
        active: &str,
        keys: impl IntoIterator<Item = (String, SealKey)>,
    ) -> Result<Self, SealError> {
        let mut ciphers = BTreeMap::new();
        for (id, key) in keys {
            let fits = (1..=MAX_KEY_ID).contains(&id.len());
            if !fits || ciphers.insert(id.clone(), Cipher::new(&key)).is_some() {
                return Err(SealError::Keys(id));
            }
        }
        if !ciphers.contains_key(active) {
            return Err(SealError::Keys(active.to_owned()));
        }
        Ok(Self {
            active: active.to_owned(),
            ciphers,
        })
    }

    /// Seals bytes. `aad` names the place, such as `assistance.person.name/<row id>`, and must be the
    /// same when opening; `nonce` is random and used once.
    ///
    /// # Errors
    /// `Rejected` beyond the cipher's limit of 64 GB.
    pub fn seal(&self, aad: &[u8], plain: &[u8], nonce: [u8; 12]) -> Result<Vec<u8>, SealError> {
        let unknown = || SealError::UnknownKey(self.active.clone());
        let cipher = self.ciphers.get(&self.active).ok_or_else(unknown)?;
        let mut sealed = head(&self.active);
        let aad = bind(&sealed, aad);
        let text = cipher.encrypt(
            &nonce,
            Payload {
                msg: plain,
                aad: &aad,
            },
        );
        sealed.extend_from_slice(&nonce);
        sealed.extend(text.ok_or(SealError::Rejected)?);
        Ok(sealed)
    }

    /// Opens what [`Self::seal`] made under any of the keys.
    ///
    /// # Errors
    /// `Malformed`, `UnknownKey`, `Rejected`.
    pub fn open(&self, aad: &[u8], sealed: &[u8]) -> Result<Zeroizing<Vec<u8>>, SealError> {
        let id = key_id_of(sealed).ok_or(SealError::Malformed)?;
        let unknown = || SealError::UnknownKey(id.to_owned());
        let cipher = self.ciphers.get(id).ok_or_else(unknown)?;
        let head = head(id);
        let rest = sealed.get(head.len()..).unwrap_or_default();
        let (nonce, msg) = rest
            .split_first_chunk::<NONCE>()
            .ok_or(SealError::Malformed)?;
        let aad = bind(&head, aad);
        let plain = cipher.decrypt(nonce, Payload { msg, aad: &aad });
        plain.map(Zeroizing::new).ok_or(SealError::Rejected)
    }

    /// Whether these bytes are under the active key; others wait for the key rotation.
    pub fn is_current(&self, sealed: &[u8]) -> bool {
        key_id_of(sealed) == Some(self.active.as_str())
    }
}

impl fmt::Debug for Sealer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Sealer({} of {} keys)", self.active, self.ciphers.len())
    }
}

/// The id of the key that bytes are sealed under; `None` when they are not of the form.
pub fn key_id_of(sealed: &[u8]) -> Option<&str> {
    let [VERSION, length, rest @ ..] = sealed else {
        return None;
    };
    let (id, rest) = rest.split_at_checked(usize::from(*length))?;
    let whole = (1..=MAX_KEY_ID).contains(&id.len()) && rest.len() >= NONCE + TAG;
    whole.then(|| std::str::from_utf8(id).ok()).flatten()
}

fn head(id: &str) -> Vec<u8> {
    // Key ids are at most 64 bytes long, checked when keys come in and when bytes are read.
    let length = u8::try_from(id.len()).unwrap_or(u8::MAX);
    let mut head = vec![VERSION, length];
    head.extend_from_slice(id.as_bytes());
    head
}

/// Head and place in one; the head tells its own length, so no two pairs run together.
fn bind(head: &[u8], aad: &[u8]) -> Vec<u8> {
    [head, aad].concat()
}

/// A sealed value of a type, as JSON inside. What a row holds of a name, an address, a phone number.
pub struct Sealed<T> {
    bytes: Vec<u8>,
    of: PhantomData<fn() -> T>,
}

impl<T> Sealed<T> {
    /// Takes bytes from a row; whether they open shows in [`Sealed::open`].
    pub fn from_bytes(bytes: Vec<u8>) -> Self {
        Self {
            bytes,
            of: PhantomData,
        }
    }

    /// For the row.
    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// For the row, without a copy.
    pub fn into_bytes(self) -> Vec<u8> {
        self.bytes
    }
}

impl<T: Serialize> Sealed<T> {
    /// Seals a value; `aad` and `nonce` as for [`Sealer::seal`].
    ///
    /// # Errors
    /// `Shape` when the value has no JSON form.
    pub fn seal(
        sealer: &Sealer,
        aad: &[u8],
        value: &T,
        nonce: [u8; 12],
    ) -> Result<Self, SealError> {
        let plain = serde_json::to_vec(value)
            .map(Zeroizing::new)
            .map_err(|_| SealError::Shape)?;
        sealer.seal(aad, &plain, nonce).map(Self::from_bytes)
    }
}

impl<T: DeserializeOwned> Sealed<T> {
    /// Opens the value.
    ///
    /// # Errors
    /// As [`Sealer::open`], and `Shape`.
    pub fn open(&self, sealer: &Sealer, aad: &[u8]) -> Result<T, SealError> {
        let plain = sealer.open(aad, &self.bytes)?;
        serde_json::from_slice(&plain).map_err(|_| SealError::Shape)
    }
}

impl<T> Clone for Sealed<T> {
    fn clone(&self) -> Self {
        Self::from_bytes(self.bytes.clone())
    }
}

impl<T> PartialEq for Sealed<T> {
    fn eq(&self, other: &Self) -> bool {
        self.bytes == other.bytes
    }
}

impl<T> Eq for Sealed<T> {}

impl<T> fmt::Debug for Sealed<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Sealed({} bytes)", self.bytes.len())
    }
}

#[cfg(test)]
mod tests;
