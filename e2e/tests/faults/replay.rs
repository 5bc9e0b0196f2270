//! The whole stream comes three times more, in any order: not a byte of any service's state changes.

use std::{collections::BTreeMap, time::Duration};

use anyhow::{Context, ensure};
use async_nats::{HeaderMap, jetstream};
use futures::TryStreamExt as _;
use sqlx::{AssertSqlSafe, PgPool};
use yiwang_chassis::broker::STREAM;
use yiwang_e2e::{SERVICES, until_within};

use crate::{broker::connect, cluster::Cluster, random::Dice};

const TIMES: usize = 3;
const REST: Duration = Duration::from_secs(120);
/// What runs on while nothing happens: messaging keeps its own books, sessions age.
const LIVING: &str = "chassis.%|gateway.session%|gateway.refresh%|gateway.sign_in%";

/// Replays everything and compares.
pub(crate) async fn replayed(cluster: &Cluster, dice: &mut Dice) -> anyhow::Result<()> {
    let broker = connect(cluster).await?;
    let context = broker.context();
    // Whoever was killed may still be behind.
    until_read(context).await?;
    let before = fingerprints(cluster).await?;
    let mut messages = Vec::new();
    for _ in 0..TIMES {
        messages.extend(all(context).await?);
    }
    for last in (1..messages.len()).rev() {
        messages.swap(last, dice.below(last + 1));
    }
    let sent = messages.len();
    for (subject, headers, payload) in messages {
        let acked = context.publish_with_headers(subject, headers, payload.into());
        acked.await?.await?;
    }
    until_read(context).await?;
    let after = fingerprints(cluster).await?;
    let changed: Vec<&String> = before
        .iter()
        .filter(|(table, print)| after.get(*table) != Some(print))
        .map(|(table, _)| table)
        .collect();
    ensure!(changed.is_empty(), "the replay changed {changed:?}");
    eprintln!("· {sent} messages again, {} tables as before", before.len());
    Ok(())
}

/// Waits until every consumer has read and settled everything.
async fn until_read(context: &jetstream::Context) -> anyhow::Result<()> {
    let mut left = String::new();
    let read = until_within(REST, "everything is read", async || {
        let stream = context.get_stream(STREAM).await?;
        let consumers: Vec<_> = stream.consumers().try_collect().await?;
        ensure!(!consumers.is_empty(), "nobody reads");
        let open: Vec<String> = (consumers.iter())
            .filter(|one| one.num_pending > 0 || one.num_ack_pending > 0)
            .map(|one| format!("{}: {}", one.name, one.num_pending))
            .collect();
        left = open.join(", ");
        Ok(open.is_empty().then_some(()))
    });
    read.await.map_err(|error| error.context(left.clone()))
}

type Message = (String, HeaderMap, Vec<u8>);

/// Every message of the stream, so that the broker takes it again.
async fn all(context: &jetstream::Context) -> anyhow::Result<Vec<Message>> {
    let mut stream = context.get_stream(STREAM).await?;
    let state = stream.info().await?.state.clone();
    let mut messages = Vec::new();
    for sequence in state.first_sequence..=state.last_sequence {
        let Ok(found) = stream.get_raw_message(sequence).await else {
            continue;
        };
        let mut headers = HeaderMap::new();
        for (name, values) in found.headers.iter() {
            let name = name.to_string();
            // By these the broker would know it, or refuse it.
            if name.starts_with("Nats-") {
                continue;
            }
            for value in values {
                headers.append(name.as_str(), value.as_str());
            }
        }
        messages.push((found.subject.to_string(), headers, found.payload.to_vec()));
    }
    ensure!(!messages.is_empty(), "the stream is empty");
    Ok(messages)
}

/// A digest of every table of every service.
async fn fingerprints(cluster: &Cluster) -> anyhow::Result<BTreeMap<String, String>> {
    let mut prints = BTreeMap::new();
    for service in SERVICES {
        let pool = cluster.pool(service).await?;
        for table in tables(&pool).await? {
            let sql = format!(
                "select coalesce(md5(string_agg(row, '' order by row)), '')
                   from (select t::text as row from {table} t) as rows"
            );
            let print: String = sqlx::query_scalar(AssertSqlSafe(sql))
                .fetch_one(&pool)
                .await
                .with_context(|| table.clone())?;
            prints.insert(format!("{service} {table}"), print);
        }
    }
    ensure!(prints.len() > 100, "only {} tables", prints.len());
    Ok(prints)
}

async fn tables(pool: &PgPool) -> anyhow::Result<Vec<String>> {
    let tables: Vec<String> = sqlx::query_scalar(
        "select schemaname || '.' || tablename from pg_tables
          where schemaname not in ('pg_catalog', 'information_schema', 'public')
            and not schemaname || '.' || tablename like any (string_to_array($1, '|'))
          order by 1",
    )
    .bind(LIVING)
    .fetch_all(pool)
    .await?;
    Ok(tables)
}
