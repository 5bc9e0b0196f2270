//! Pulling from the broker, and starting over whenever the pull may be dead or
//! the stream is not the one it was.

use std::time::{Duration, Instant};

use async_nats::jetstream::stream::Info;
use futures::StreamExt as _;
use tokio_util::sync::CancellationToken;

use super::{
    Consumer,
    checkpoint::Checkpoint,
    chunk::{Delivery, NAK_DELAY},
};
use crate::{
    broker::{BrokerError, PullConsumer},
    leader,
};

const CHUNK: usize = 64;
const HEARTBEAT: Duration = Duration::from_secs(5);
const EXPIRES: Duration = Duration::from_secs(30);
/// Events wait and none comes: the pull is dead.
const STALLED: Duration = Duration::from_secs(30);
const MAX_PAUSE: Duration = Duration::from_secs(5);

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
}

fn chain(error: &BrokerError) -> String {
    crate::fault::describe(error)
}
