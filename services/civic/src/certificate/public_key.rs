//! A public key with the time it was in use.

use ed25519_dalek::VerifyingKey;
use jiff::{SignedDuration, Timestamp, civil::Date};
use sha2::{Digest, Sha256};

use crate::time;

/// How far the clock of a machine that signs may be off.
const SKEW: SignedDuration = SignedDuration::from_mins(5);

/// A key that certificates are checked with. Retired ones stay, for what they signed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PublicKey {
    /// The key.
    pub key: VerifyingKey,
    /// In use from; the first key has no beginning.
    pub from: Option<Timestamp>,
    /// In use until; the present key has no end.
    pub to: Option<Timestamp>,
}

impl PublicKey {
    /// A key without beginning and end.
    #[must_use]
    pub fn always(key: VerifyingKey) -> Self {
        Self {
            key,
            from: None,
            to: None,
        }
    }

    /// Its id in key sets and statements: the beginning of its SHA-256.
    #[must_use]
    pub fn id(&self) -> String {
        let digest = Sha256::digest(self.key.as_bytes());
        hex::encode(digest.get(..8).unwrap_or_default())
    }

    /// Whether it was in use at this instant.
    pub(super) fn in_use(&self, at: Timestamp) -> bool {
        self.overlaps(at, at)
    }

    /// Whether it was in use at some time of this Beijing day.
    pub(super) fn in_use_on(&self, day: Date) -> bool {
        self.overlaps(time::start_of_day(day), time::end_of_day(day))
    }

    fn overlaps(&self, first: Timestamp, last: Timestamp) -> bool {
        self.from
            .is_none_or(|from| from <= last.saturating_add(SKEW).unwrap_or(last))
            && self
                .to
                .is_none_or(|to| first.saturating_sub(SKEW).unwrap_or(first) <= to)
    }
}
