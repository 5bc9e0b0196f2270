//! The weather service's alerts of cold and heat (deploy/sandbox.md): read from a cursor, each alert
//! in the transaction that moves the cursor.

use std::{sync::Arc, time::Duration};

use anyhow::Context as _;
use serde_json::Value;
use tokio_util::sync::CancellationToken;
use uuid::Uuid;
use yiwang_casework::{Runtime, department::Client};
use yiwang_chassis::db::to_chrono_date;
use yiwang_proto::rescue::v1 as pb;

use super::{alert::Alert, opening, rules, trail};

/// How often the service is asked when it had nothing new.
const EVERY: Duration = Duration::from_secs(5);
/// Name of the feed in its table.
const FEED: &str = "weather";

/// The alerts.
pub struct Feed {
    /// The patrols.
    pub runtime: Arc<Runtime>,
    /// The weather service.
    pub weather: Client,
}

/// Reads alerts until stopped.
///
/// # Errors
/// Never: the next look may succeed.
pub async fn run(feed: Feed, token: CancellationToken) -> anyhow::Result<()> {
    while !token.is_cancelled() {
        match feed.read().await {
            Ok(taken) if taken > 0 => continue,
            Ok(_) => {}
            Err(error) => tracing::warn!(error = format!("{error:#}"), "no weather alerts"),
        }
        if let Err(error) = feed.turn().await {
            tracing::warn!(
                error = format!("{error:#}"),
                "campaigns did not begin or end"
            );
        }
        let _ = tokio::time::timeout(EVERY, token.cancelled()).await;
    }
    Ok(())
}

impl Feed {
    /// Reads one page; answers how many alerts it took.
    ///
    /// # Errors
    /// The weather service or the database is away, or the page is malformed.
    pub async fn read(&self) -> anyhow::Result<usize> {
        let after = self.cursor().await?;
        let path = format!("/alerts?after={after}");
        let page = self.weather.get(&path).await?.context("no alerts there")?;
        let messages = page["alerts"].as_array();
        let messages = messages.context("a page without alerts")?;
        let mut taken = 0;
        for message in messages {
            let sequence = message["sequence"].as_i64();
            let sequence = sequence.context("an alert without sequence")?;
            taken += usize::from(self.take(sequence, message).await?);
        }
        Ok(taken)
    }

    async fn cursor(&self) -> sqlx::Result<i64> {
        let pool = &self.runtime.pool;
        sqlx::query("insert into rescue.feed (feed, cursor) values ($1, 0) on conflict do nothing")
            .bind(FEED)
            .execute(pool)
            .await?;
        sqlx::query_scalar("select cursor from rescue.feed where feed = $1")
            .bind(FEED)
            .fetch_one(pool)
            .await
    }

    /// Takes one alert; false when another replica was quicker.
    async fn take(&self, sequence: i64, message: &Value) -> anyhow::Result<bool> {
        let rt = &self.runtime;
        let mut tx = rt.pool.begin().await?;
        let cursor: i64 =
            sqlx::query_scalar("select cursor from rescue.feed where feed = $1 for update")
                .bind(FEED)
                .fetch_one(&mut *tx)
                .await?;
        if cursor >= sequence {
            return Ok(false);
        }
        match Alert::read(message) {
            Some((alert, kind, level)) => opening::apply(rt, &mut tx, &alert, kind, level).await?,
            // It does not hold up the next.
            None => tracing::warn!(sequence, "a weather alert cannot be read"),
        }
        sqlx::query("update rescue.feed set cursor = $2 where feed = $1")
            .bind(FEED)
            .bind(sequence)
            .execute(&mut *tx)
            .await?;
        tx.commit().await?;
        Ok(true)
    }

    /// Campaigns begin and end by their days. Answers how many.
    ///
    /// # Errors
    /// The database is away.
    pub async fn turn(&self) -> sqlx::Result<u64> {
        let rt = &self.runtime;
        let today = to_chrono_date(rules::today(rt));
        let mut tx = rt.pool.begin().await?;
        let begun = sqlx::query(
            "update rescue.campaign set state = 'running'
              where state = 'planned' and from_day <= $1 and to_day >= $1",
        )
        .bind(today)
        .execute(&mut *tx)
        .await?;
        let ended: Vec<(Uuid, String, String, String)> = sqlx::query_as(
            "update rescue.campaign set state = 'ended'
              where state <> 'ended' and to_day < $1 returning id, kind, county, alert",
        )
        .bind(today)
        .fetch_all(&mut *tx)
        .await?;
        let over = u64::try_from(ended.len()).unwrap_or(u64::MAX);
        for (id, kind, county, alert) in ended {
            let payload = pb::CampaignChanged {
                campaign: id.to_string(),
                kind,
                county,
                alert,
            };
            trail::campaign(rt, &mut tx, None, "ended", payload).await?;
        }
        tx.commit().await?;
        Ok(begun.rows_affected() + over)
    }
}
