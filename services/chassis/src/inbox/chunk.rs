//! A chunk of delivered messages: different aggregates at once, each one's in turn.

use std::{
    collections::{HashMap, HashSet},
    sync::atomic::{AtomicBool, Ordering},
    time::Duration,
};

use async_nats::jetstream::{AckKind, Message, stream::Info};
use futures::StreamExt as _;
use uuid::Uuid;

use super::{Consumer, apply::Settled, checkpoint::Checkpoint, gate};
use crate::{
    dead_letter,
    envelope::{self, Envelope},
    failpoint,
};

/// How long the broker waits while the database is away.
pub(super) const NAK_DELAY: Duration = Duration::from_secs(1);

/// A delivered message on its way.
pub(super) struct Delivery {
    message: Message,
    envelope: Option<Envelope>,
    deliveries: i64,
    done: AtomicBool,
}

impl Consumer {
    /// Settles a chunk of messages; false when the database is away.
    pub(super) async fn work(&self, stream: &Info, deliveries: Vec<Delivery>) -> bool {
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
    pub(super) fn new(message: Message) -> Self {
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
    let mut places = HashMap::new();
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
