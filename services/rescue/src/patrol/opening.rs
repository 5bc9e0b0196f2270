//! What a weather alert opens: one campaign in each county that has a station, with its patrols,
//! however often the alert is read.

use jiff::{Timestamp, tz};
use serde_json::Value;
use sqlx::PgConnection;
use uuid::Uuid;
use yiwang_casework::Runtime;
use yiwang_chassis::{
    db::{to_chrono, to_chrono_date},
    fault::Fault,
    ids,
};
use yiwang_civic::division;

use super::{alert::Alert, campaigns, instant, rules, trail};
use crate::{
    domain::street::{
        season,
        words::{Level, Partner, Weather},
    },
    stays::stations::{self, Station},
};

/// Takes one alert as the weather service tells it; false when it cannot be read.
pub(crate) async fn take(rt: &Runtime, message: &Value) -> Result<bool, Fault> {
    let Some((alert, kind, level)) = Alert::read(message) else {
        return Ok(false);
    };
    let mut tx = rt.pool.begin().await?;
    let applied = apply(rt, &mut tx, &alert, kind, level).await;
    applied.map_err(Fault::internal)?;
    tx.commit().await?;
    Ok(true)
}

/// Keeps an alert, and opens what it opens.
pub(super) async fn apply(
    rt: &Runtime,
    conn: &mut PgConnection,
    alert: &Alert,
    kind: Weather,
    level: Level,
) -> anyhow::Result<()> {
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
        open(rt, conn, alert, (kind, level), &county(first), theirs).await?;
    }
    Ok(())
}

/// One campaign of the county with the patrols of its stations.
async fn open(
    rt: &Runtime,
    conn: &mut PgConnection,
    alert: &Alert,
    (weather, level): (Weather, Level),
    county: &str,
    stations: &[Station],
) -> anyhow::Result<()> {
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
            plan(rt, conn, station, id, &alert.title, times).await?;
        }
    }
    Ok(())
}

async fn plan(
    rt: &Runtime,
    conn: &mut PgConnection,
    station: &Station,
    campaign: Uuid,
    title: &str,
    (starts_at, ends_at): (Timestamp, Timestamp),
) -> sqlx::Result<()> {
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
