//! A small service with an outbox and a recording consumer.

use std::{
    collections::HashMap,
    future::Future,
    sync::{Arc, Mutex},
    time::Duration,
};

use async_nats::{HeaderMap, jetstream};
use sqlx::{PgConnection, PgPool};
use tokio::task::JoinSet;
use tokio_util::sync::CancellationToken;
use uuid::Uuid;
use yiwang_chassis::{
    SCHEMA,
    broker::Broker,
    clock::{Clock as _, SystemClock},
    config,
    db::Schema,
    ids,
    inbox::{Consumer, Handler, HandlerError, Incoming, Tuning},
    outbox::{self, NewEvent, Relay},
    reconcile::Reconciler,
    testing::{TestDb, database},
};

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

/// What the recorder does with an event of a certain payload.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Mood {
    Reject,
    Panic,
    /// Fails this many times.
    Retry(u32),
}

/// Writes every event it handles into `public.effect`.
pub(crate) struct Recorder {
    name: &'static str,
    only: Option<&'static str>,
    moods: Mutex<HashMap<String, Mood>>,
}

impl Recorder {
    pub(crate) fn new(name: &'static str) -> Arc<Self> {
        Arc::new(Self {
            name,
            only: None,
            moods: Mutex::default(),
        })
    }

    pub(crate) fn only(name: &'static str, event_type: &'static str) -> Arc<Self> {
        Arc::new(Self {
            name,
            only: Some(event_type),
            moods: Mutex::default(),
        })
    }

    pub(crate) fn set_mood(&self, payload: &str, mood: Option<Mood>) {
        let mut moods = self.moods.lock().unwrap();
        match mood {
            Some(mood) => moods.insert(payload.to_owned(), mood),
            None => moods.remove(payload),
        };
    }

    fn mood_for(&self, payload: &str) -> Option<Mood> {
        let mut moods = self.moods.lock().unwrap();
        let mood = moods.get(payload).copied();
        if let Some(Mood::Retry(left)) = mood {
            match left {
                0 => return moods.remove(payload).and(None),
                left => moods.insert(payload.to_owned(), Mood::Retry(left - 1)),
            };
        }
        mood
    }
}

#[tonic::async_trait]
impl Handler for Recorder {
    fn name(&self) -> &'static str {
        self.name
    }

    fn wants(&self, event_type: &str) -> bool {
        self.only.is_none_or(|only| only == event_type)
    }

    async fn handle(&self, conn: &mut PgConnection, event: &Incoming) -> Result<(), HandlerError> {
        // First the effect, so that a failure must undo it.
        sqlx::query(
            "insert into public.effect
                 (consumer, event_id, source, aggregate_id, version, payload)
             values ($1, $2, $3, $4, $5, $6)",
        )
        .bind(self.name)
        .bind(event.id)
        .bind(&event.source)
        .bind(&event.aggregate_id)
        .bind(event.version)
        .bind(&event.payload)
        .execute(conn)
        .await?;
        let payload = String::from_utf8_lossy(&event.payload);
        match self.mood_for(&payload) {
            None => Ok(()),
            Some(Mood::Reject) => Err(HandlerError::Reject(anyhow::anyhow!("not acceptable"))),
            Some(Mood::Retry(_)) => Err(HandlerError::Retry(anyhow::anyhow!("not now"))),
            Some(Mood::Panic) => panic!("the handler is asked to panic"),
        }
    }
}

/// Retries without the patience of production.
pub(crate) fn impatient() -> Tuning {
    Tuning {
        pauses: vec![Duration::from_millis(50)],
        ack_wait: Duration::from_secs(2),
        watch_every: Duration::from_millis(500),
        ..Tuning::default()
    }
}

/// An event as another service would put it on the wire, written without our code.
pub(crate) struct Wire {
    pub(crate) id: Uuid,
    pub(crate) event_type: &'static str,
    pub(crate) aggregate_id: String,
    pub(crate) version: i64,
    pub(crate) previous: Option<String>,
    pub(crate) payload: String,
}

impl Wire {
    pub(crate) fn new(aggregate_id: &str, version: i64) -> Self {
        let previous = (version > 1).then(|| SystemClock.now().to_string());
        Self {
            id: ids::new(SystemClock.now()),
            event_type: "yiwang.burial.death.recorded.v1",
            aggregate_id: aggregate_id.to_owned(),
            version,
            previous,
            payload: format!("{aggregate_id}-{version}"),
        }
    }

    /// Publishes without a message id, so that the broker does not drop repeats.
    pub(crate) async fn send(&self, broker: &Broker) {
        let mut headers = HeaderMap::new();
        headers.insert("ce-specversion", "1.0");
        headers.insert("ce-id", self.id.to_string());
        headers.insert("ce-source", "burial");
        headers.insert("ce-type", self.event_type);
        headers.insert("ce-time", SystemClock.now().to_string());
        headers.insert("ce-subject", format!("death/{}", self.aggregate_id));
        headers.insert("aggregate-version", self.version.to_string());
        if let Some(previous) = &self.previous {
            headers.insert("aggregate-previous-time", previous.as_str());
        }
        broker
            .context()
            .publish_with_headers(
                "yiwang.burial.death.recorded",
                headers,
                self.payload.clone().into(),
            )
            .await
            .unwrap()
            .await
            .unwrap();
    }
}

/// All messages of the stream in order: message id, headers, payload length.
pub(crate) async fn stream_contents(broker: &Broker) -> Vec<jetstream::message::StreamMessage> {
    let stream = broker.context().get_stream("YIWANG").await.unwrap();
    let state = stream.cached_info().state.clone();
    let mut messages = vec![];
    for seq in state.first_sequence..=state.last_sequence {
        messages.push(stream.get_raw_message(seq).await.unwrap());
    }
    messages
}
