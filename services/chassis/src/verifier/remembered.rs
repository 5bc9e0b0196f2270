//! Signatures that held: checking one costs as much as storing a case.
//!
//! A token is remembered by its hash, never by itself. What can change without the
//! token (its key, the time, a session's end) is checked again at each use.

use std::{
    collections::HashMap,
    sync::{Mutex, PoisonError},
};

use sha2::{Digest as _, Sha256};

/// Tokens live five minutes; more than this at once is an attack or a mistake.
const MAX: usize = 20_000;

/// What tokens with a good signature say.
pub struct Remembered<T> {
    by_hash: Mutex<HashMap<[u8; 32], T>>,
}

impl<T> Default for Remembered<T> {
    fn default() -> Self {
        Self {
            by_hash: Mutex::default(),
        }
    }
}

impl<T: Clone> Remembered<T> {
    /// What `token` says, when its signature was found good before.
    pub fn get(&self, token: &str) -> Option<T> {
        let known = self.by_hash.lock().unwrap_or_else(PoisonError::into_inner);
        known.get(&hash(token)).cloned()
    }

    /// Remembers what `token` says.
    pub fn put(&self, token: &str, says: T) {
        let mut known = self.by_hash.lock().unwrap_or_else(PoisonError::into_inner);
        if known.len() >= MAX {
            known.clear();
        }
        known.insert(hash(token), says);
    }
}

// What a token says is personal data.
impl<T> std::fmt::Debug for Remembered<T> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Remembered").finish_non_exhaustive()
    }
}

fn hash(token: &str) -> [u8; 32] {
    Sha256::digest(token.as_bytes()).into()
}
