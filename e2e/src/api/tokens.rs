//! What a sign-in gives.

use serde::Deserialize;

/// The present pair.
#[derive(Debug)]
pub(super) struct Tokens {
    pub(super) access: String,
    pub(super) refresh: String,
    pub(super) fresh_until: std::time::Instant,
}

/// As REST answers.
#[derive(Deserialize)]
pub(super) struct TokenAnswer {
    access_token: String,
    refresh_token: String,
    expires_in: u64,
}

impl From<TokenAnswer> for Tokens {
    fn from(answer: TokenAnswer) -> Self {
        let good_for = std::time::Duration::from_secs(answer.expires_in.saturating_sub(30));
        let fresh_until = std::time::Instant::now() + good_for;
        Self {
            access: answer.access_token,
            refresh: answer.refresh_token,
            fresh_until,
        }
    }
}
