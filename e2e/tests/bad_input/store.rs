//! What is really in the databases: rows counted before and after.

use std::{
    collections::BTreeMap,
    time::{Duration, Instant},
};

use anyhow::ensure;
use sqlx::{Connection, PgConnection};
use yiwang_e2e::{Suite, until};

/// Longer than anything that works by itself waits between two looks.
const REST: Duration = Duration::from_secs(2);

/// Whose events reach the others.
const SERVICES: [&str; 5] = ["assistance", "marriage", "burial", "rescue", "child"];

/// Events that a service has still to tell.
const UNTOLD: &str = "select count(*) from chassis.outbox where published_at is null";

/// What a service with cases has still to do, however long it waits before the next try.
const UNDONE: &str = "select (select count(*) from casework.errand where done_at is null)
      + (select count(*) from chassis.parked_event)";

/// Rows of every table of a service that an application could leave something in.
async fn rows(suite: &Suite, service: &str) -> anyhow::Result<BTreeMap<String, i64>> {
    let mut db = PgConnection::connect(&suite.database_url(service)?).await?;
    let tables: Vec<(String, String)> = sqlx::query_as(
        "select schemaname::text, tablename::text from pg_tables
         where schemaname not in ('pg_catalog', 'information_schema') order by 1, 2",
    )
    .fetch_all(&mut db)
    .await?;
    let mut rows = BTreeMap::new();
    for (schema, table) in tables {
        // What is refused is audited and limited: those tables may grow.
        if matches!(schema.as_str(), "chassis" if table.starts_with("audit")) {
            continue;
        }
        let count = format!("select count(*) from {schema}.{table}");
        let count: i64 = sqlx::query_scalar(sqlx::AssertSqlSafe(count))
            .fetch_one(&mut db)
            .await?;
        rows.insert(format!("{schema}.{table}"), count);
    }
    db.close().await?;
    Ok(rows)
}

async fn counted(suite: &Suite, service: &str, sql: &'static str) -> anyhow::Result<i64> {
    let mut db = PgConnection::connect(&suite.database_url(service)?).await?;
    let count = sqlx::query_scalar(sql).fetch_one(&mut db).await?;
    db.close().await?;
    Ok(count)
}

/// Whether the service has something to do, or another one something to tell it.
async fn under_way(suite: &Suite, service: &str) -> anyhow::Result<bool> {
    let mut left = counted(suite, service, UNDONE).await?;
    for other in SERVICES {
        left += counted(suite, other, UNTOLD).await?;
    }
    Ok(left > 0)
}

/// The rows once what the demonstration has set going has come to an end.
pub(crate) async fn rows_at_rest(
    suite: &Suite,
    service: &str,
) -> anyhow::Result<BTreeMap<String, i64>> {
    let (mut last, mut since) = (rows(suite, service).await?, Instant::now());
    let what = format!("{service} is at rest");
    until(&what, async || {
        let now = rows(suite, service).await?;
        if now != last || under_way(suite, service).await? {
            (last, since) = (now, Instant::now());
        }
        Ok((since.elapsed() >= REST).then(|| last.clone()))
    })
    .await
}

/// Refuses any table that has other rows than before.
pub(crate) async fn unchanged(
    suite: &Suite,
    service: &str,
    before: &BTreeMap<String, i64>,
) -> anyhow::Result<()> {
    let now = rows(suite, service).await?;
    let changed: Vec<_> = now
        .iter()
        .filter(|(table, count)| before.get(*table) != Some(count))
        .collect();
    ensure!(changed.is_empty(), "stored half: {changed:?}");
    Ok(())
}
