//! The relay: takes unpublished events to the broker, in order per aggregate.
//!
//! One relay leads per service database. It reads unpublished rows, publishes
//! each aggregate's events one after the other (different aggregates at once),
//! waits for every acknowledgement and then marks the rows. A crash in between
//! publishes again, which the inboxes recognise. An event that cannot be
//! published holds up its own aggregate; a broker that is away holds up all.

use std::{
    collections::HashMap,
    sync::atomic::{AtomicBool, Ordering},
    time::{Duration, Instant},
};

use async_nats::jetstream::{self, context::PublishErrorKind, message::PublishMessage};
use futures::StreamExt as _;
use sqlx::{Connection as _, PgConnection, PgPool};
use tokio_util::sync::CancellationToken;
use uuid::Uuid;

use super::store::{self, Pending};
use crate::{
    broker::Broker,
    failpoint,
    leader::{self, Task},
};

const POLL_EVERY: Duration = Duration::from_millis(200);
const BATCH: usize = 500;
const IN_FLIGHT: usize = 64;
const MEASURE_EVERY: Duration = Duration::from_secs(5);
const MAX_BROKER_PAUSE: Duration = Duration::from_secs(5);
const MAX_AGGREGATE_PAUSE: Duration = Duration::from_secs(60);

/// Publishes the events of one service; see the module head.
#[derive(Debug, Clone)]
pub struct Relay {
    /// The service's database.
    pub pool: PgPool,
    /// Where to publish.
    pub broker: Broker,
    /// The service's name: `ce-source` of its events.
    pub source: &'static str,
}

type Key = (String, String);

/// What became of one aggregate's rows in a batch.
struct Published {
    key: Key,
    acknowledged: Vec<(Uuid, u64)>,
    refused: Option<anyhow::Error>,
}

enum Failure {
    /// The broker takes nothing now.
    Broker(anyhow::Error),
    /// The broker will not take this event.
    Event(anyhow::Error),
}

impl Relay {
    /// Runs until `token` is cancelled; survives any outage of database and broker.
    ///
    /// # Errors
    /// None; the type fits [`crate::lifecycle`].
    pub async fn run(self, token: CancellationToken) -> anyhow::Result<()> {
        while let Some(mut session) =
            leader::lead(&self.pool, Task::Relay, self.source, &token).await
        {
            match self.relay(&mut session, &token).await {
                Ok(()) => {
                    // A closed session hands the lock over at once.
                    session.close().await.ok();
                    break;
                }
                Err(error) => {
                    tracing::warn!(service = self.source, error = %error, "the relay lost its database session");
                }
            }
        }
        Ok(())
    }

    async fn relay(
        &self,
        session: &mut PgConnection,
        token: &CancellationToken,
    ) -> sqlx::Result<()> {
        let mut blocked = Blocked::default();
        let mut measured: Option<Instant> = None;
        let mut broker_pause = POLL_EVERY;
        while !token.is_cancelled() {
            if measured.is_none_or(|at| at.elapsed() >= MEASURE_EVERY) {
                self.measure(session).await?;
                measured = Some(Instant::now());
            }
            let rows = store::unpublished(session, &blocked.now(), BATCH).await?;
            let full = rows.len() == BATCH;
            let away = AtomicBool::new(false);
            let done = self.publish(rows, &away).await;
            let acknowledged: Vec<_> = done.iter().flat_map(|p| p.acknowledged.clone()).collect();
            if !acknowledged.is_empty() {
                failpoint::hit("relay.after_publish");
                store::mark(session, &acknowledged).await?;
                failpoint::hit("relay.after_mark");
            }
            self.note_refused(&mut blocked, done);
            if away.into_inner() {
                broker_pause = (broker_pause * 2).min(MAX_BROKER_PAUSE);
                leader::pause(broker_pause, token).await;
            } else {
                broker_pause = POLL_EVERY;
                if !full {
                    leader::pause(POLL_EVERY, token).await;
                }
            }
        }
        Ok(())
    }

    async fn publish(&self, rows: Vec<Pending>, away: &AtomicBool) -> Vec<Published> {
        if rows.is_empty() {
            return vec![];
        }
        failpoint::hit("relay.before_publish");
        futures::stream::iter(by_aggregate(rows))
            .map(|(key, rows)| self.publish_aggregate(key, rows, away))
            .buffer_unordered(IN_FLIGHT)
            .collect()
            .await
    }

    async fn publish_aggregate(
        &self,
        key: Key,
        rows: Vec<Pending>,
        away: &AtomicBool,
    ) -> Published {
        let mut published = Published {
            key,
            acknowledged: vec![],
            refused: None,
        };
        for row in rows {
            if away.load(Ordering::Relaxed) {
                break;
            }
            let id = row.id;
            match self.publish_one(row).await {
                Ok(seq) => published.acknowledged.push((id, seq)),
                Err(Failure::Broker(error)) => {
                    if !away.swap(true, Ordering::Relaxed) {
                        tracing::warn!(service = self.source, error = %error, "the broker takes no events now");
                        self.broker.suspect();
                    }
                    break;
                }
                Err(Failure::Event(error)) => {
                    published.refused = Some(error);
                    break;
                }
            }
        }
        published
    }

    async fn publish_one(&self, row: Pending) -> Result<u64, Failure> {
        let envelope = row.into_envelope(self.source);
        let message = PublishMessage::build()
            .headers(envelope.headers())
            .payload(envelope.event.payload.into());
        let acknowledgement = self
            .broker
            .context()
            .send_publish(envelope.event.subject, message)
            .await
            .map_err(classify)?
            .await
            .map_err(classify)?;
        Ok(acknowledgement.sequence)
    }

    fn note_refused(&self, blocked: &mut Blocked, done: Vec<Published>) {
        for published in done {
            if let Some(error) = published.refused {
                tracing::error!(
                    service = self.source,
                    aggregate = published.key.0,
                    error = %error,
                    "an event cannot be published; its aggregate waits",
                );
                blocked.add(published.key);
            } else if !published.acknowledged.is_empty() {
                blocked.0.remove(&published.key);
            }
        }
        metrics::gauge!("yiwang_outbox_blocked_aggregates", "service" => self.source)
            .set(blocked.0.len() as f64);
    }

    async fn measure(&self, session: &mut PgConnection) -> sqlx::Result<()> {
        let (unpublished, oldest) = store::backlog(session).await?;
        metrics::gauge!("yiwang_outbox_unpublished", "service" => self.source)
            .set(unpublished as f64);
        metrics::gauge!("yiwang_outbox_oldest_seconds", "service" => self.source).set(oldest);
        Ok(())
    }
}

/// Aggregates whose next event the broker refused, and until when they wait.
#[derive(Default)]
struct Blocked(HashMap<Key, (Instant, Duration)>);

impl Blocked {
    fn add(&mut self, key: Key) {
        let pause = self
            .0
            .get(&key)
            .map_or(Duration::from_secs(1), |(_, pause)| *pause * 2)
            .min(MAX_AGGREGATE_PAUSE);
        self.0.insert(key, (Instant::now() + pause, pause));
    }

    /// Those whose time has not come yet.
    fn now(&self) -> Vec<Key> {
        let now = Instant::now();
        let waiting = self.0.iter().filter(|(_, (until, _))| *until > now);
        waiting.map(|(key, _)| key.clone()).collect()
    }
}

/// Rows in order of writing become aggregates with their rows in order of version.
fn by_aggregate(rows: Vec<Pending>) -> Vec<(Key, Vec<Pending>)> {
    let mut places = HashMap::new();
    let mut groups: Vec<(Key, Vec<Pending>)> = vec![];
    for row in rows {
        let key = (row.aggregate.clone(), row.aggregate_id.clone());
        let place = *places.entry(key.clone()).or_insert_with(|| {
            groups.push((key, vec![]));
            groups.len() - 1
        });
        groups[place].1.push(row);
    }
    for (_, rows) in &mut groups {
        rows.sort_by_key(|row| row.version);
    }
    groups
}

fn classify(error: async_nats::jetstream::context::PublishError) -> Failure {
    use std::error::Error as _;
    let of_this_event = match error.kind() {
        PublishErrorKind::MaxPayloadExceeded => true,
        PublishErrorKind::Other => {
            let answer = error.source();
            match answer.and_then(|cause| cause.downcast_ref::<jetstream::Error>()) {
                Some(answer) => {
                    let code = answer.error_code();
                    code == jetstream::ErrorCode::STREAM_MESSAGE_EXCEEDS_MAXIMUM
                }
                // Not sent at all: the client found the subject or a header unusable.
                None => true,
            }
        }
        _ => false,
    };
    if of_this_event {
        Failure::Event(error.into())
    } else {
        Failure::Broker(error.into())
    }
}
