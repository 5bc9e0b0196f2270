//! What the bank has really paid, whatever the product says.

use anyhow::{Context, ensure};
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

    /// How often each line of this amount was paid; no line of another amount than the two
    /// families' may be there.
    pub(super) async fn paid(&self, fen: i64) -> anyhow::Result<Vec<i64>> {
        let book = self.http.get(&self.url).send().await?.error_for_status()?;
        let book: serde_json::Value = book.json().await?;
        let mut times = Vec::new();
        for line in book.as_object().context("no ledger")?.values() {
            let paid = line["amount_fen"]
                .as_i64()
                .with_context(|| format!("{line}"))?;
            let payments = line["payments"]
                .as_i64()
                .with_context(|| format!("{line}"))?;
            ensure!(
                [84_000, 94_000].contains(&(paid / payments)),
                "an unknown amount: {line}"
            );
            if paid == fen * payments {
                times.push(payments);
            }
        }
        Ok(times)
    }
}
