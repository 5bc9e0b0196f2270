//! What a sign-in gives.

use serde::Deserialize;
use serde_json::Value;

/// The present pair.
#[derive(Debug)]
pub(super) struct Tokens {
    pub(super) access: String,
    pub(super) refresh: String,
    pub(super) fresh_until: std::time::Instant,
    /// What was sent to sign in, where it may be sent again: without a second factor.
    pub(super) again: Option<Value>,
}

/// As REST answers.
#[derive(Deserialize)]
pub(super) struct TokenAnswer {
    access_token: String,
    refresh_token: String,
    expires_in: u64,
}

impl Tokens {
    pub(super) fn new(answer: TokenAnswer, again: Option<Value>) -> Self {
        let good_for = std::time::Duration::from_secs(answer.expires_in.saturating_sub(30));
        let fresh_until = std::time::Instant::now() + good_for;
        Self {
            access: answer.access_token,
            refresh: answer.refresh_token,
            fresh_until,
            again,
        }
    }
}
