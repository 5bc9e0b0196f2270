//! What the bank has really paid, whatever the product says.

use anyhow::Context;
use yiwang_e2e::Suite;

/// The bank's own book of what it has really paid.
pub(super) struct Ledger {
    http: reqwest::Client,
    url: String,
}

impl Ledger {
    pub(super) fn of(suite: &Suite) -> anyhow::Result<Self> {
        Ok(Self {
            http: reqwest::Client::builder().no_proxy().build()?,
            url: suite.sandbox_url("/sandbox/v1/ledger")?,
        })
    }

    /// Fen and number of payments of each line.
    pub(super) async fn paid(&self) -> anyhow::Result<Vec<(i64, i64)>> {
        let book: serde_json::Value = self
            .http
            .get(&self.url)
            .send()
            .await?
            .error_for_status()?
            .json()
            .await?;
        let lines = book.as_object().context("no ledger")?;
        let line = |line: &serde_json::Value| {
            Some((line["amount_fen"].as_i64()?, line["payments"].as_i64()?))
        };
        lines
            .values()
            .map(|one| line(one).with_context(|| format!("{one}")))
            .collect()
    }
}
