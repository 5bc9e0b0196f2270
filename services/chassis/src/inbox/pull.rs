//! Pulling from the broker, and starting over whenever the pull may be dead or
//! the stream is not the one it was.

use std::{
    collections::HashSet,
    sync::atomic::{AtomicBool, Ordering},
    time::{Duration, Instant},
};

use async_nats::jetstream::{AckKind, Message, stream::Info};
use futures::StreamExt as _;
use tokio_util::sync::CancellationToken;
use uuid::Uuid;

use super::{Consumer, apply::Settled, checkpoint::Checkpoint, gate};
use crate::{
    broker::{BrokerError, PullConsumer},
    dead_letter,
    envelope::{self, Envelope},
    failpoint, leader,
};

const CHUNK: usize = 64;
const HEARTBEAT: Duration = Duration::from_secs(5);
const EXPIRES: Duration = Duration::from_secs(30);
/// Events wait and none comes: the pull is dead.
const STALLED: Duration = Duration::from_secs(30);
const MAX_PAUSE: Duration = Duration::from_secs(5);
const NAK_DELAY: Duration = Duration::from_secs(1);

/// A delivered message on its way.
struct Delivery {
    message: Message,
    envelope: Option<Envelope>,
    deliveries: i64,
    done: AtomicBool,
}

impl Consumer {
    pub(super) async fn pull(&self, token: &CancellationToken) -> Result<(), BrokerError> {
        let mut pause = Duration::from_millis(100);
        while !token.is_cancelled() {
            let began = Instant::now();
            match self.session(token).await {
                Ok(()) => {}
                Err(error) if error.is_fatal() => return Err(error),
                Err(error) => {
                    let name = self.worker.name();
                    tracing::warn!(consumer = name, error = %chain(&error), "starting the consumer over");
                }
            }
            pause = if began.elapsed() > MAX_PAUSE {
                Duration::from_millis(100)
            } else {
                (pause * 2).min(MAX_PAUSE)
            };
            leader::pause(pause, token).await;
        }
        Ok(())
    }

    /// Pulls until told to stop (or to start over) on one server process and one stream.
    async fn session(&self, token: &CancellationToken) -> Result<(), BrokerError> {
        let server = self.broker.server_id();
        let stream = self.broker.ensure_stream().await?;
        let mut consumer = self.attach(&stream).await?;
        let messages = consumer
            .stream()
            .max_messages_per_batch(CHUNK)
            .heartbeat(HEARTBEAT)
            .expires(EXPIRES)
            .messages()
            .await
            .map_err(BrokerError::unavailable)?;
        let mut chunks = messages.ready_chunks(CHUNK);
        let mut watch = tokio::time::interval(self.worker.tuning.watch_every);
        let mut progress = Instant::now();
        loop {
            let chunk = tokio::select! {
                biased;
                () = token.cancelled() => return Ok(()),
                _ = watch.tick() => {
                    let healthy = self.check(&mut consumer, progress).await?;
                    if !healthy {
                        return Ok(());
                    }
                    continue;
                }
                chunk = chunks.next() => chunk,
            };
            let Some(chunk) = chunk else { return Ok(()) };
            // A restarted server may hold another stream under the same sequence numbers.
            if self.broker.server_id() != server {
                return Ok(());
            }
            progress = Instant::now();
            let mut deliveries = vec![];
            let mut broken = None;
            for message in chunk {
                match message {
                    Ok(message) => deliveries.push(Delivery::new(message)),
                    Err(error) => broken = Some(BrokerError::unavailable(error)),
                }
            }
            if !deliveries.is_empty() && !self.work(&stream, deliveries).await {
                // The database is away.
                leader::pause(NAK_DELAY, token).await;
            }
            if let Some(error) = broken {
                return Err(error);
            }
        }
    }

    /// The durable consumer; made anew when the stream has gone back behind it.
    async fn attach(&self, stream: &Info) -> Result<PullConsumer, BrokerError> {
        let name = self.worker.name();
        let pool = &self.worker.pool;
        let known = Checkpoint::load(pool, name)
            .await
            .map_err(BrokerError::unavailable)?;
        let lost = match known {
            Some(checkpoint) => checkpoint.is_lost(&self.broker, stream).await?,
            None => false,
        };
        if lost {
            self.start_over("the stream no longer holds the last message")
                .await?;
        }
        let consumer = self.make().await?;
        // Without a checkpoint the position alone can tell.
        if consumer.cached_info().delivered.stream_sequence <= stream.state.last_sequence {
            return Ok(consumer);
        }
        self.start_over("the consumer is ahead of the stream")
            .await?;
        self.make().await
    }

    async fn make(&self) -> Result<PullConsumer, BrokerError> {
        let ack_wait = self.worker.tuning.ack_wait;
        self.broker
            .ensure_consumer(self.worker.name(), &self.filter, ack_wait)
            .await
    }

    async fn start_over(&self, reason: &str) -> Result<(), BrokerError> {
        let name = self.worker.name();
        tracing::warn!(
            consumer = name,
            reason,
            "reading the stream from its beginning"
        );
        metrics::counter!("yiwang_consumer_resets_total", "consumer" => name).increment(1);
        self.broker.reset_consumer(name).await?;
        Checkpoint::forget(&self.worker.pool, name)
            .await
            .map_err(BrokerError::unavailable)
    }

    /// Measures the lag; false when the session must start over.
    async fn check(
        &self,
        consumer: &mut PullConsumer,
        progress: Instant,
    ) -> Result<bool, BrokerError> {
        let name = self.worker.name();
        let stream = self.broker.stream_info().await?;
        let info = consumer.info().await.map_err(BrokerError::unavailable)?;
        let waiting = info.num_pending + info.num_ack_pending as u64;
        let idle = if waiting > 0 {
            progress.elapsed()
        } else {
            Duration::ZERO
        };
        metrics::gauge!("yiwang_inbox_lag", "consumer" => name).set(waiting as f64);
        metrics::gauge!("yiwang_consumer_progress_seconds", "consumer" => name)
            .set(idle.as_secs_f64());
        if info.num_pending > 0 && idle > STALLED {
            tracing::warn!(consumer = name, waiting, "no event came although some wait");
            return Ok(false);
        }
        if info.delivered.stream_sequence > stream.state.last_sequence {
            return Ok(false);
        }
        let known = Checkpoint::load(&self.worker.pool, name)
            .await
            .map_err(BrokerError::unavailable)?;
        match known {
            Some(checkpoint) => Ok(!checkpoint.is_lost(&self.broker, &stream).await?),
            None => Ok(true),
        }
    }

    /// Settles a chunk of messages; false when the database is away.
    async fn work(&self, stream: &Info, deliveries: Vec<Delivery>) -> bool {
        let Some(known) = self.prepare(stream, &deliveries).await else {
            for delivery in &deliveries {
                delivery.acknowledge(AckKind::Nak(Some(NAK_DELAY))).await;
            }
            return false;
        };
        let away = AtomicBool::new(false);
        let work = futures::stream::iter(by_aggregate(&deliveries)).for_each_concurrent(
            self.worker.tuning.workers,
            |group| async {
                for delivery in group {
                    self.settle(delivery, &known, &away).await;
                }
            },
        );
        tokio::pin!(work);
        let mut alive = tokio::time::interval(self.worker.tuning.ack_wait / 3);
        alive.tick().await;
        loop {
            tokio::select! {
                () = &mut work => return !away.load(Ordering::Relaxed),
                _ = alive.tick() => {
                    for delivery in deliveries.iter().filter(|it| !it.is_done()) {
                        delivery.message.ack_with(AckKind::Progress).await.ok();
                    }
                }
            }
        }
    }

    /// Remembers how far the stream was read, and finds the events settled before.
    async fn prepare(&self, stream: &Info, deliveries: &[Delivery]) -> Option<HashSet<Uuid>> {
        let name = self.worker.name();
        let pool = &self.worker.pool;
        let result = async {
            let last = deliveries.iter().filter_map(Delivery::place).max();
            if let Some((seq, event_id)) = last {
                Checkpoint::new(stream, seq, event_id)
                    .save(pool, name)
                    .await?;
            }
            let ids: Vec<Uuid> = deliveries.iter().filter_map(Delivery::event_id).collect();
            let mut conn = pool.acquire().await?;
            gate::settled(&mut conn, name, &ids).await
        };
        match result.await {
            Ok(known) => Some(known.into_iter().collect()),
            Err(error) => {
                tracing::warn!(consumer = name, error = %error, "cannot write the inbox");
                None
            }
        }
    }

    async fn settle(&self, delivery: &Delivery, known: &HashSet<Uuid>, away: &AtomicBool) {
        if away.load(Ordering::Relaxed) {
            delivery.acknowledge(AckKind::Nak(Some(NAK_DELAY))).await;
            return;
        }
        let result = match &delivery.envelope {
            Some(envelope) if known.contains(&envelope.event.id) => Ok(Settled::Known),
            Some(envelope) => self.worker.receive(envelope, delivery.deliveries).await,
            None => self.bury_unreadable(delivery).await,
        };
        match result {
            Ok(settled) => {
                self.worker.count(settled);
                delivery.acknowledge(AckKind::Ack).await;
                failpoint::hit("inbox.after_ack");
            }
            Err(error) => {
                tracing::warn!(consumer = self.worker.name(), error = %error, "cannot settle an event now");
                away.store(true, Ordering::Relaxed);
                delivery.acknowledge(AckKind::Nak(Some(NAK_DELAY))).await;
            }
        }
    }

    async fn bury_unreadable(&self, delivery: &Delivery) -> sqlx::Result<Settled> {
        let message = &delivery.message;
        let error = Envelope::parse(&message.subject, message.headers.as_ref(), &message.payload);
        let reason = error
            .err()
            .map(|error| error.to_string())
            .unwrap_or_default();
        let seq = delivery.place().map_or(0, |(seq, _)| seq);
        let mut conn = self.worker.pool.acquire().await?;
        let name = self.worker.name();
        dead_letter::bury_unreadable(
            &mut conn,
            name,
            &message.subject,
            &message.payload,
            seq,
            &reason,
        )
        .await?;
        Ok(Settled::Dead)
    }
}

impl Delivery {
    fn new(message: Message) -> Self {
        let envelope =
            Envelope::parse(&message.subject, message.headers.as_ref(), &message.payload).ok();
        let deliveries = message.info().map_or(1, |info| info.delivered);
        Self {
            message,
            envelope,
            deliveries,
            done: AtomicBool::new(false),
        }
    }

    fn event_id(&self) -> Option<Uuid> {
        self.envelope.as_ref().map(|envelope| envelope.event.id)
    }

    /// Where the stream holds the message, and under which id.
    fn place(&self) -> Option<(u64, &str)> {
        let seq = self.message.info().ok()?.stream_sequence;
        Some((
            seq,
            envelope::event_id(self.message.headers.as_ref()).unwrap_or_default(),
        ))
    }

    fn is_done(&self) -> bool {
        self.done.load(Ordering::Relaxed)
    }

    async fn acknowledge(&self, kind: AckKind) {
        self.done.store(true, Ordering::Relaxed);
        // Without it the event comes again, and the inbox knows it.
        if let Err(error) = self.message.ack_with(kind).await {
            tracing::debug!(error = %error, "cannot acknowledge");
        }
    }
}

/// Deliveries of one aggregate stay in one group, in the order they came.
fn by_aggregate(deliveries: &[Delivery]) -> Vec<Vec<&Delivery>> {
    let mut places = std::collections::HashMap::new();
    let mut groups: Vec<Vec<&Delivery>> = vec![];
    for delivery in deliveries {
        let key = delivery
            .envelope
            .as_ref()
            .map(|envelope| gate::Key::from(&envelope.event));
        let place = *places.entry(key).or_insert_with(|| {
            groups.push(vec![]);
            groups.len() - 1
        });
        groups[place].push(delivery);
    }
    groups
}

fn chain(error: &BrokerError) -> String {
    crate::fault::describe(error)
}
