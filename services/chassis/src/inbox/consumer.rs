//! A durable consumer: its settings and its three loops.

use std::{
    sync::Arc,
    time::{Duration, Instant},
};

use sqlx::PgPool;
use tokio::sync::Notify;
use tokio_util::sync::CancellationToken;

use super::{
    Handler,
    apply::{Settled, Worker},
    parked,
};
use crate::{broker::ALL_EVENTS, broker::Broker, dead_letter, leader};

const MEASURE_EVERY: Duration = Duration::from_secs(10);
const PURGE_EVERY: Duration = Duration::from_secs(3600);

/// Feeds a [`Handler`]; several processes may run the same one.
pub struct Consumer {
    pub(super) broker: Broker,
    pub(super) filter: String,
    pub(super) worker: Worker,
}

/// How a consumer retries; the defaults fit all services.
#[derive(Debug, Clone)]
pub struct Tuning {
    /// Tries before an event becomes a dead letter.
    pub max_tries: i32,
    /// Pauses after the first, second, … failure; the last one repeats.
    pub pauses: Vec<Duration>,
    /// A handler that takes longer has failed.
    pub handler_timeout: Duration,
    /// After this time without a sign of life the broker delivers an event again.
    pub ack_wait: Duration,
    /// Aggregates worked on at once.
    pub workers: usize,
    /// How often the consumer checks that the stream still goes forward.
    pub watch_every: Duration,
}

impl Default for Tuning {
    fn default() -> Self {
        Self {
            max_tries: 8,
            pauses: [1, 2, 5, 15, 60, 120, 300]
                .map(Duration::from_secs)
                .to_vec(),
            handler_timeout: Duration::from_secs(15),
            ack_wait: Duration::from_secs(10),
            workers: 4,
            watch_every: Duration::from_secs(15),
        }
    }
}

impl Tuning {
    /// The pause after failure number `attempts`.
    pub(super) fn backoff(&self, attempts: i32) -> Duration {
        let index = usize::try_from(attempts - 1).unwrap_or(0);
        self.pauses
            .get(index)
            .or(self.pauses.last())
            .copied()
            .unwrap_or(Duration::from_secs(1))
    }
}

impl Consumer {
    /// A consumer of all events for `handler`.
    pub fn new(pool: PgPool, broker: Broker, handler: Arc<dyn Handler>) -> Self {
        let worker = Worker {
            pool,
            handler,
            tuning: Tuning::default(),
            max_age: broker.max_age(),
            wake: Notify::new(),
        };
        Self {
            broker,
            filter: ALL_EVENTS.to_owned(),
            worker,
        }
    }

    /// Sees the events of one service only. Narrower would break the order of aggregates.
    #[must_use]
    pub fn of_source(mut self, source: &str) -> Self {
        self.filter = format!("yiwang.{source}.>");
        self
    }

    /// Changes how it retries.
    #[must_use]
    pub fn tuned(mut self, tuning: Tuning) -> Self {
        self.worker.tuning = tuning;
        self
    }

    /// Runs until `token` is cancelled; survives any outage of database and broker.
    ///
    /// # Errors
    /// When the server does not keep the consumer as it was asked for.
    pub async fn run(self, token: CancellationToken) -> anyhow::Result<()> {
        // A failure here must end the other two loops, and nothing else.
        let token = token.child_token();
        let pull = async {
            let result = self.pull(&token).await;
            if result.is_err() {
                token.cancel();
            }
            result
        };
        let (result, (), ()) =
            tokio::join!(pull, self.worker.sweep(&token), self.worker.watch(&token));
        Ok(result?)
    }
}

impl Worker {
    pub(super) fn count(&self, settled: Settled) {
        metrics::counter!(
            "yiwang_inbox_events_total",
            "consumer" => self.name(),
            "outcome" => settled.as_str(),
        )
        .increment(1);
    }

    /// Measures what waits in the tables, rouses what was forgotten there, and
    /// forgets what is long settled.
    async fn watch(&self, token: &CancellationToken) {
        let mut purged: Option<Instant> = None;
        loop {
            if let Err(error) = self.measure().await {
                tracing::debug!(consumer = self.name(), error = %error, "cannot measure the inbox");
            }
            if purged.is_none_or(|at| at.elapsed() >= PURGE_EVERY) {
                let result = super::purge(&self.pool, self.name(), super::KEEP).await;
                tracing::debug!(consumer = self.name(), ?result, "purged the inbox");
                purged = Some(Instant::now());
            }
            if leader::pause(MEASURE_EVERY, token).await {
                return;
            }
        }
    }

    async fn measure(&self) -> sqlx::Result<()> {
        let name = self.name();
        let mut conn = self.pool.acquire().await?;
        let (parked, oldest) = parked::backlog(&mut conn, name).await?;
        let dead = dead_letter::count(&mut conn, name).await?;
        metrics::gauge!("yiwang_inbox_parked", "consumer" => name).set(parked as f64);
        metrics::gauge!("yiwang_inbox_parked_oldest_seconds", "consumer" => name).set(oldest);
        metrics::gauge!("yiwang_dead_letters", "consumer" => name).set(dead as f64);
        if parked > 0 && parked::rouse(&mut conn, name).await? > 0 {
            self.wake.notify_one();
        }
        Ok(())
    }
}
