//! What an operator must see: what is stuck, what is late, what nobody here knows.

use std::time::Duration;

use tokio_util::sync::CancellationToken;

use super::Engine;
use crate::one_thing::store;

/// An alarm comes within a minute.
const LOOK_EVERY: Duration = Duration::from_secs(15);

impl Engine {
    /// Counts until `token` is cancelled. A version that this process does not know is named
    /// loudly at start and as long as one runs under it: another replica may know it.
    pub(crate) async fn watch(
        self: std::sync::Arc<Self>,
        token: CancellationToken,
    ) -> anyhow::Result<()> {
        while !token.is_cancelled() {
            if let Err(error) = self.look().await {
                tracing::warn!(%error, "one-things cannot be counted");
            }
            drop(tokio::time::timeout(LOOK_EVERY, token.cancelled()).await);
        }
        Ok(())
    }

    async fn look(&self) -> sqlx::Result<()> {
        let mut conn = self.pool.acquire().await?;
        let unknown = store::unknown_versions(&mut conn, self.known).await?;
        for (code, version, count) in &unknown {
            tracing::error!(
                one_thing.code = code,
                one_thing.version = version,
                "{count} one-things run under {code} version {version}, which this gateway refuses: \
                 it does not know that version"
            );
        }
        let count: i64 = unknown.iter().map(|(_, _, count)| count).sum();
        let (stuck, late): (i64, i64) = sqlx::query_as(
            "select count(*) filter (where state = 'stuck'),
                    count(*) filter (where overdue and state in ('due', 'running', 'waiting'))
               from gateway.one_thing_step
              where state in ('stuck', 'running', 'waiting', 'due')",
        )
        .fetch_one(&mut *conn)
        .await?;
        gauge("yiwang_one_thing_unknown_version", count);
        gauge("yiwang_one_thing_steps_stuck", stuck);
        gauge("yiwang_one_thing_steps_overdue", late);
        Ok(())
    }
}

#[expect(clippy::cast_precision_loss, reason = "a count for a picture")]
fn gauge(name: &'static str, count: i64) {
    metrics::gauge!(name).set(count as f64);
}
