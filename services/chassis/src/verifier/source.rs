//! Fetching a JWK set over HTTP.

use std::time::Duration;

use anyhow::{Context as _, ensure};
use jsonwebtoken::jwk::JwkSet;
use reqwest::{Client, redirect};

/// No honest key set is larger.
const MAX_BYTES: usize = 64 * 1024;

/// Where the keys are.
#[derive(Debug)]
pub(super) struct JwksSource {
    url: String,
    client: Client,
}

impl JwksSource {
    pub(super) fn new(url: String) -> anyhow::Result<Self> {
        crate::install_tls_provider();
        let client = Client::builder()
            .timeout(Duration::from_secs(3))
            .redirect(redirect::Policy::none())
            .build()
            .context("cannot build an HTTP client")?;
        Ok(Self { url, client })
    }

    pub(super) async fn fetch(&self) -> anyhow::Result<JwkSet> {
        let mut answer = self
            .client
            .get(&self.url)
            .send()
            .await?
            .error_for_status()?;
        let mut body = Vec::new();
        while let Some(chunk) = answer.chunk().await? {
            body.extend_from_slice(&chunk);
            ensure!(body.len() <= MAX_BYTES, "the key set is too large");
        }
        let jwks: JwkSet = serde_json::from_slice(&body).context("not a key set")?;
        ensure!(!jwks.keys.is_empty(), "the key set is empty");
        Ok(jwks)
    }
}
