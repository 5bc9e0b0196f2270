//! The weather service's alerts of cold and heat (deploy/sandbox.md): read from a cursor, each alert
//! in the transaction that moves the cursor. An alert opens one campaign in each county that has a
//! station, with its patrols, however often it is read.

use std::{sync::Arc, time::Duration};

use anyhow::Context as _;
use jiff::{Timestamp, tz};
use serde_json::Value;
use sqlx::PgConnection;
use tokio_util::sync::CancellationToken;
use uuid::Uuid;
use yiwang_casework::{Runtime, department::Client};
use yiwang_chassis::{
    db::{to_chrono, to_chrono_date},
    ids,
};
use yiwang_civic::division;
use yiwang_proto::rescue::v1 as pb;

use super::{alert::Alert, campaigns, instant, rules, trail};
use crate::{
    domain::street::{
        season,
        words::{Level, Partner, Weather},
    },
    stays::stations::{self, Station},
};

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
            Some((alert, kind, level)) => self.apply(&mut tx, &alert, kind, level).await?,
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

    async fn apply(
        &self,
        conn: &mut PgConnection,
        alert: &Alert,
        kind: Weather,
        level: Level,
    ) -> anyhow::Result<()> {
        let rt = &self.runtime;
        // An alert that is raised or prolonged comes again under its reference.
        sqlx::query(
            "insert into rescue.alert
                 (reference, kind, level, division, title, from_day, to_day, issued_at)
             values ($1, $2, $3, $4, $5, $6, $7, $8)
             on conflict (reference) do update
                set level = excluded.level, title = excluded.title, from_day = excluded.from_day,
                    to_day = excluded.to_day, issued_at = excluded.issued_at",
        )
        .bind(alert.reference.trim())
        .bind(kind.code())
        .bind(level.code())
        .bind(&alert.division)
        .bind(&alert.title)
        .bind(to_chrono_date(alert.from))
        .bind(to_chrono_date(alert.to))
        .bind(to_chrono(alert.issued_at))
        .execute(&mut *conn)
        .await?;
        // What is over when it is read needs nobody any more.
        if alert.to < rules::today(rt) {
            return Ok(());
        }
        let scope = division::scope_prefix(&alert.division);
        let stations = stations::list(conn, scope).await?;
        let county = |station: &Station| station.division.get(..6).unwrap_or_default().to_owned();
        for theirs in stations.chunk_by(|one, other| county(one) == county(other)) {
            let Some(first) = theirs.first() else {
                continue;
            };
            self.open(conn, alert, (kind, level), &county(first), theirs)
                .await?;
        }
        Ok(())
    }

    /// One campaign of the county with the patrols of its stations.
    async fn open(
        &self,
        conn: &mut PgConnection,
        alert: &Alert,
        (weather, level): (Weather, Level),
        county: &str,
        stations: &[Station],
    ) -> anyhow::Result<()> {
        let rt = &self.runtime;
        let kind = weather.campaign();
        let rules = rules::alert(rt, county, kind)?;
        if !season::opens(level, rules.least) {
            return Ok(());
        }
        let id = ids::new(rt.now());
        let reference = alert.reference.trim();
        let title = format!("{}：{}", kind.label(), alert.title.trim());
        let days = (alert.from, alert.to);
        let named = (id, kind, county, title.as_str());
        if !campaigns::insert(conn, named, days, reference, rules::today(rt)).await? {
            return Ok(());
        }
        campaigns::opened(rt, conn, None, (id, kind, county, reference)).await?;
        let now = tz::offset(8).to_datetime(rt.now());
        for station in stations {
            for (starts_at, ends_at) in season::patrols(days, rules.hours, rules.most, now) {
                let times = (instant(starts_at), instant(ends_at));
                self.plan(conn, station, id, &alert.title, times).await?;
            }
        }
        Ok(())
    }

    async fn plan(
        &self,
        conn: &mut PgConnection,
        station: &Station,
        campaign: Uuid,
        title: &str,
        (starts_at, ends_at): (Timestamp, Timestamp),
    ) -> sqlx::Result<()> {
        let rt = &self.runtime;
        let id = ids::new(rt.now());
        let partners = [Partner::Civil, Partner::Police, Partner::Urban].map(Partner::code);
        sqlx::query(
            "insert into rescue.patrol
                 (id, station, campaign, area, route, starts_at, ends_at, partners, state)
             values ($1, $2, $3, '车站、桥梁涵洞、地下通道等露宿地点', $4, $5, $6, $7, 'planned')",
        )
        .bind(id)
        .bind(&station.code)
        .bind(campaign)
        .bind(title.trim())
        .bind(to_chrono(starts_at))
        .bind(to_chrono(ends_at))
        .bind(partners.map(str::to_owned).to_vec())
        .execute(&mut *conn)
        .await?;
        trail::patrol(rt, conn, None, "planned", (id, station)).await
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
