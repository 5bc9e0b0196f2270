//! A small service with an outbox and a recording consumer.

use std::{collections::HashMap, future::Future, sync::Arc, time::Duration};

use sqlx::PgPool;
use tokio::task::JoinSet;
use tokio_util::sync::CancellationToken;
use yiwang_chassis::{
    SCHEMA,
    broker::Broker,
    clock::{Clock as _, SystemClock},
    config,
    db::Schema,
    ids,
    inbox::{Consumer, Handler},
    outbox::{self, NewEvent, Relay},
    reconcile::Reconciler,
    testing::{TestDb, database},
};

mod recorder;
mod restorable;
mod wire;

pub(crate) use recorder::{Mood, Recorder, impatient};
pub(crate) use restorable::Restorable;
pub(crate) use wire::{Wire, stream_contents};

/// Nothing in a test takes longer.
pub(crate) const DEADLINE: Duration = Duration::from_secs(40);

/// A database with the chassis's schema and a table of effects.
pub(crate) async fn service_database() -> TestDb {
    let schemas: [Schema; 1] = [SCHEMA];
    let db = database(&schemas).await;
    sqlx::query(
        "create table public.effect (
             place bigserial primary key, consumer text not null, event_id uuid not null,
             source text not null, aggregate_id text not null, version bigint not null,
             payload bytea not null)",
    )
    .execute(&db.pool)
    .await
    .unwrap();
    db
}

/// Waits until `probe` yields something, or fails with `what`.
pub(crate) async fn eventually<T, F, Fut>(what: &str, mut probe: F) -> T
where
    F: FnMut() -> Fut,
    Fut: Future<Output = Option<T>>,
{
    let poll = async {
        loop {
            if let Some(found) = probe().await {
                return found;
            }
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    };
    match tokio::time::timeout(DEADLINE, poll).await {
        Ok(found) => found,
        Err(_) => panic!("gave up waiting for: {what}"),
    }
}

/// Tasks of one process; dropping it is a crash, [`Tasks::stop`] a clean end.
#[derive(Default)]
pub(crate) struct Tasks {
    set: JoinSet<anyhow::Result<()>>,
    token: CancellationToken,
}

impl Tasks {
    pub(crate) fn token(&self) -> CancellationToken {
        self.token.clone()
    }

    pub(crate) fn spawn(
        &mut self,
        task: impl Future<Output = anyhow::Result<()>> + Send + 'static,
    ) {
        self.set.spawn(task);
    }

    pub(crate) async fn stop(mut self) {
        self.token.cancel();
        let all = async {
            while let Some(done) = self.set.join_next().await {
                done.unwrap().unwrap();
            }
        };
        tokio::time::timeout(DEADLINE, all).await.unwrap();
    }
}

/// One service: database, broker connection, source name.
pub(crate) struct Service {
    pub(crate) db: TestDb,
    pub(crate) broker: Broker,
    pub(crate) source: &'static str,
}

impl Service {
    pub(crate) async fn new(source: &'static str, nats: &config::Nats) -> Self {
        Self {
            db: service_database().await,
            broker: Broker::connect(nats).await.unwrap(),
            source,
        }
    }

    pub(crate) fn pool(&self) -> PgPool {
        self.db.pool.clone()
    }

    pub(crate) fn relay(&self) -> Relay {
        Relay {
            pool: self.pool(),
            broker: self.broker.clone(),
            source: self.source,
        }
    }

    pub(crate) fn reconciler(&self) -> Reconciler {
        Reconciler {
            pool: self.pool(),
            broker: self.broker.clone(),
            source: self.source,
            interval: Duration::from_millis(500),
            clock: Arc::new(SystemClock),
        }
    }

    /// Relay and reconciler, as a service runs them.
    pub(crate) fn start_publishing(&self, tasks: &mut Tasks) {
        tasks.spawn(self.relay().run(tasks.token()));
        tasks.spawn(self.reconciler().run(tasks.token()));
    }

    pub(crate) fn start_consuming(&self, tasks: &mut Tasks, handler: &Arc<Recorder>) {
        let handler: Arc<dyn Handler> = Arc::clone(handler) as _;
        let consumer = Consumer::new(self.pool(), self.broker.clone(), handler).tuned(impatient());
        tasks.spawn(consumer.run(tasks.token()));
    }

    /// Raises an event in a transaction of its own.
    pub(crate) async fn raise(&self, aggregate_id: &str, payload: &str) -> NewEvent {
        let event = self.event(aggregate_id, payload);
        let mut tx = self.db.pool.begin().await.unwrap();
        outbox::enqueue(&mut tx, &event).await.unwrap();
        tx.commit().await.unwrap();
        event
    }

    pub(crate) fn event(&self, aggregate_id: &str, payload: &str) -> NewEvent {
        let now = SystemClock.now();
        NewEvent {
            id: ids::new(now),
            aggregate: "case",
            aggregate_id: aggregate_id.to_owned(),
            event_type: format!("yiwang.{}.case.changed.v1", self.source),
            subject: format!("yiwang.{}.case.changed", self.source),
            occurred_at: now,
            payload: payload.as_bytes().to_vec(),
        }
    }

    pub(crate) async fn unpublished(&self) -> i64 {
        sqlx::query_scalar("select count(*) from chassis.outbox where published_at is null")
            .fetch_one(&self.db.pool)
            .await
            .unwrap()
    }

    pub(crate) async fn wait_until_published(&self) {
        eventually("an empty outbox", async || {
            (self.unpublished().await == 0).then_some(())
        })
        .await;
    }

    /// (aggregate_id, version, payload) in the order in which they took effect.
    pub(crate) async fn effects(&self) -> Vec<(String, i64, String)> {
        let rows: Vec<(String, i64, Vec<u8>)> = sqlx::query_as(
            "select aggregate_id, version, payload from public.effect order by place",
        )
        .fetch_all(&self.db.pool)
        .await
        .unwrap();
        rows.into_iter()
            .map(|(id, version, payload)| (id, version, String::from_utf8(payload).unwrap()))
            .collect()
    }

    pub(crate) async fn wait_for_effects(&self, count: usize) -> Vec<(String, i64, String)> {
        eventually(&format!("{count} effects"), async || {
            let effects = self.effects().await;
            (effects.len() >= count).then_some(effects)
        })
        .await
    }

    /// Invariants of every run: each event once, each aggregate without gaps and in order.
    pub(crate) async fn check_order(&self) {
        let mut last: HashMap<String, i64> = HashMap::new();
        for (aggregate_id, version, _) in self.effects().await {
            let before = last.insert(aggregate_id.clone(), version).unwrap_or(0);
            assert_eq!(version, before + 1, "order of {aggregate_id}");
        }
    }
}
