//! The invariants, as plain SQL over both databases (reliability 5.1).

use std::{
    collections::{BTreeMap, BTreeSet, HashMap},
    time::{Duration, Instant},
};

use anyhow::{Context, ensure};
use sqlx::PgPool;
use uuid::Uuid;
use yiwang_e2e::{ops, until_within};

use crate::{
    citizens::{Acked, Citizen},
    cluster::Cluster,
};

/// Everything must have come to rest within this time after the last fault.
pub(crate) const REST: Duration = Duration::from_secs(60);

/// Queries whose every row is a violation; the first column says of what. These hold wherever
/// there are cases.
pub(crate) const CASES: &[(&str, &str)] = &[
    (
        "history is not contiguous with the version of the case",
        "select f.number || ' at ' || f.version || ' with ' || count(h) || ' entries'
           from casework.case_file f left join casework.history h on h.case_id = f.id
          group by f.id having count(h) <> f.version or min(h.version) <> 1 or max(h.version) <> f.version",
    ),
    (
        "a version of a case has not exactly one event",
        "select f.number || ' at ' || f.version || ' with ' || count(o) || ' events'
           from casework.case_file f
           left join chassis.outbox o on o.aggregate = 'case' and o.aggregate_id = f.number
          group by f.id
         having count(o) <> f.version or min(o.version) <> 1 or max(o.version) <> f.version",
    ),
    (
        "an event of a case that does not exist",
        "select o.aggregate_id from chassis.outbox o where o.aggregate = 'case'
            and not exists (select from casework.case_file f where f.number = o.aggregate_id)",
    ),
    (
        "a claimed key without an answer",
        "select scope || ' ' || key from chassis.idempotency where response is null",
    ),
];

const ASSISTANCE: &[(&str, &str)] = &[
    (
        "two open cases of one applicant",
        "select min(number) from casework.case_file where not closed
          group by applicant_key, item having count(*) > 1",
    ),
    (
        "an act without its audit entry",
        "select f.number || ' has ' || f.version || ' versions and ' || count(a) || ' entries'
           from casework.case_file f left join chassis.audit_entry a
             on a.object = 'case/' || f.number and a.action in
                ('case.submit', 'case.change_account', 'case.withdraw')
          group by f.id having count(a) <> f.version",
    ),
];

pub(crate) const BOTH: &[(&str, &str)] = &[
    (
        "an event was given up",
        "select consumer || ': ' || reason from chassis.dead_letter",
    ),
    (
        "an event waits",
        "select consumer || ': ' || aggregate_id from chassis.parked_event",
    ),
    (
        "an event was not published",
        "select aggregate_id || ' v' || version from chassis.outbox where published_at is null",
    ),
    (
        "an event was passed over",
        "select consumer || ' ' || event_id || ' ' || outcome from chassis.inbox
          where outcome not in ('applied', 'ignored')",
    ),
];

/// Both databases.
pub(crate) struct Ledger {
    assistance: PgPool,
    gateway: PgPool,
}

impl Ledger {
    /// Opens the books.
    pub(crate) async fn open(cluster: &Cluster) -> anyhow::Result<Self> {
        let (assistance, gateway) = (
            cluster.pool("assistance").await?,
            cluster.pool("gateway").await?,
        );
        Ok(Self {
            assistance,
            gateway,
        })
    }

    /// Waits for rest and checks every invariant.
    pub(crate) async fn check(&self, cluster: &Cluster, crowd: &[Citizen]) -> anyhow::Result<()> {
        let began = Instant::now();
        self.until_rest().await?;
        let rested = began.elapsed();
        let mut wrong = Vec::new();
        for (what, sql) in CASES.iter().chain(ASSISTANCE).chain(BOTH) {
            wrong.extend(violations(&self.assistance, what, sql).await?);
        }
        for (what, sql) in BOTH {
            wrong.extend(violations(&self.gateway, what, sql).await?);
        }
        wrong.extend(self.acknowledged(crowd).await?);
        wrong.extend(self.applied_once().await?);
        wrong.truncate(30);
        ensure!(
            wrong.is_empty(),
            "the ledger is wrong:\n{}",
            wrong.join("\n")
        );
        audit(cluster)?;
        let acts: usize = crowd.iter().map(|citizen| citizen.acked.len()).sum();
        let repeated: u64 = crowd.iter().map(|citizen| citizen.repeated).sum();
        eprintln!(
            "· {acts} acts, {repeated} calls repeated: the ledger is right, at rest after {rested:.1?}"
        );
        Ok(())
    }

    /// Nothing unpublished, nothing parked, a message for every event.
    async fn until_rest(&self) -> anyhow::Result<()> {
        let mut left = String::new();
        let rest = until_within(REST, "everything comes to rest", async || {
            let unpublished = count(
                &self.assistance,
                "select count(*) from chassis.outbox where published_at is null",
            )
            .await?;
            let parked = count(&self.gateway, "select count(*) from chassis.parked_event").await?;
            let events = count(&self.assistance, "select count(*) from chassis.outbox").await?;
            // By whoever has least.
            let settled = count(
                &self.gateway,
                "select least(count(*) filter (where consumer = 'gateway-messages'),
                              count(*) filter (where consumer = 'gateway-one-things'))
                   from chassis.inbox",
            )
            .await?;
            left = format!(
                "{unpublished} unpublished, {parked} parked, {settled} of {events} settled"
            );
            Ok((unpublished == 0 && parked == 0 && settled == events).then_some(()))
        });
        rest.await.map_err(|error| error.context(left.clone()))
    }

    /// What was acknowledged is exactly what is there: nothing lost, nothing invented.
    async fn acknowledged(&self, crowd: &[Citizen]) -> anyhow::Result<Vec<String>> {
        let there: Vec<(String, i64, String)> = sqlx::query_as(
            "select f.number, h.version, h.action from casework.history h
               join casework.case_file f on f.id = h.case_id",
        )
        .fetch_all(&self.assistance)
        .await?;
        let there: BTreeSet<_> = there.into_iter().collect();
        let acked = crowd.iter().flat_map(|citizen| &citizen.acked);
        let acked: Vec<_> = acked
            .map(
                |Acked {
                     number,
                     version,
                     action,
                 }| (number.clone(), *version, (*action).to_owned()),
            )
            .collect();
        let known: BTreeSet<_> = acked.iter().cloned().collect();
        let mut wrong = Vec::new();
        if known.len() != acked.len() {
            wrong.push(format!(
                "{} acts were acknowledged twice",
                acked.len() - known.len()
            ));
        }
        wrong.extend(
            known
                .difference(&there)
                .map(|act| format!("acknowledged and lost: {act:?}")),
        );
        wrong.extend(
            there
                .difference(&known)
                .map(|act| format!("nobody did that: {act:?}")),
        );
        Ok(wrong)
    }

    /// Every event made one message, in the order of its case.
    async fn applied_once(&self) -> anyhow::Result<Vec<String>> {
        let events: Vec<(Uuid, String, i64)> = sqlx::query_as(
            "select id, aggregate_id, version from chassis.outbox where aggregate = 'case'
              order by aggregate_id, version",
        )
        .fetch_all(&self.assistance)
        .await?;
        let messages: Vec<(Uuid, String)> =
            sqlx::query_as("select id, case_number from gateway.message")
                .fetch_all(&self.gateway)
                .await?;
        let messages: HashMap<_, _> = messages.into_iter().collect();
        let settled: Vec<(Uuid, f64)> = sqlx::query_as(
            "select event_id, extract(epoch from settled_at)::float8 from chassis.inbox
              where consumer = 'gateway-messages' and outcome = 'applied'",
        )
        .fetch_all(&self.gateway)
        .await?;
        let settled: HashMap<_, _> = settled.into_iter().collect();
        let mut wrong = Vec::new();
        let mut before: BTreeMap<&str, f64> = BTreeMap::new();
        for (id, number, version) in &events {
            match (messages.get(id), settled.get(id)) {
                (Some(about), Some(at)) if about == number => {
                    let earlier = before.insert(number, *at).unwrap_or_default();
                    if earlier > *at {
                        wrong.push(format!(
                            "{number} v{version} was applied before the one before"
                        ));
                    }
                }
                found => wrong.push(format!("{number} v{version} has no effect: {found:?}")),
            }
        }
        for (what, found) in [
            ("messages", messages.len()),
            ("applied events", settled.len()),
        ] {
            if found != events.len() {
                wrong.push(format!("{found} {what} for {} events", events.len()));
            }
        }
        wrong.extend(self.positions(&events).await?);
        Ok(wrong)
    }

    /// The consumer stands at the last version of every case.
    async fn positions(&self, events: &[(Uuid, String, i64)]) -> anyhow::Result<Vec<String>> {
        let stands: Vec<(String, Option<i64>)> = sqlx::query_as(
            "select aggregate_id, version from chassis.consumer_position
              where consumer = 'gateway-messages' and source = 'assistance' and aggregate = 'case'",
        )
        .fetch_all(&self.gateway)
        .await?;
        let stands: HashMap<_, _> = stands.into_iter().collect();
        // Sorted by version: the last one stays.
        let last: BTreeMap<&String, i64> = events
            .iter()
            .map(|(_, number, version)| (number, *version))
            .collect();
        let wrong = last
            .into_iter()
            .filter(|(number, version)| stands.get(*number) != Some(&Some(*version)));
        Ok(wrong
            .map(|(number, version)| {
                format!(
                    "{number} is at {version}, its consumer at {:?}",
                    stands.get(number)
                )
            })
            .collect())
    }

    /// Events that wait to be published.
    pub(crate) async fn unpublished(&self) -> anyhow::Result<i64> {
        count(
            &self.assistance,
            "select count(*) from chassis.outbox where published_at is null",
        )
        .await
    }

    /// Events that were ever raised.
    pub(crate) async fn events(&self) -> anyhow::Result<i64> {
        count(&self.assistance, "select count(*) from chassis.outbox").await
    }
}

pub(crate) async fn count(pool: &PgPool, sql: &'static str) -> anyhow::Result<i64> {
    sqlx::query_scalar(sql).fetch_one(pool).await.context(sql)
}

pub(crate) async fn violations(
    pool: &PgPool,
    what: &str,
    sql: &'static str,
) -> anyhow::Result<Vec<String>> {
    let rows: Vec<String> = sqlx::query_scalar(sql).fetch_all(pool).await.context(sql)?;
    Ok(rows
        .into_iter()
        .map(|row| format!("{what}: {row}"))
        .collect())
}

/// The audit chains of both services hold.
pub(crate) fn audit(cluster: &Cluster) -> anyhow::Result<()> {
    ops(&cluster.data(), &["audit", "verify"]).map(drop)
}
