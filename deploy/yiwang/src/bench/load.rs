//! Many clients hand applications in as fast as they are answered.

use std::{
    fmt,
    sync::{
        Arc,
        atomic::{AtomicU32, Ordering},
    },
    time::{Duration, Instant},
};

use anyhow::Context;
use tokio::task::JoinSet;

use crate::{demo::families, rest::Rest};

/// What was measured.
pub(super) struct Measured {
    /// Cases handed in.
    pub(super) done: u64,
    took: Duration,
    latencies: Vec<Duration>,
}

impl Measured {
    /// Cases a second.
    pub(super) fn rate(&self) -> f64 {
        self.done as f64 / self.took.as_secs_f64()
    }

    fn percentile(&self, percent: usize) -> f64 {
        let at = (self.latencies.len() * percent / 100).min(self.latencies.len().saturating_sub(1));
        self.latencies
            .get(at)
            .map_or(0.0, |latency| latency.as_secs_f64() * 1000.0)
    }
}

impl fmt::Display for Measured {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (p50, p99) = (self.percentile(50), self.percentile(99));
        write!(
            f,
            "{:.0} cases/s, p50 {p50:.0} ms, p99 {p99:.0} ms",
            self.rate()
        )
    }
}

/// Every family applies once, also over several runs.
static NEXT: AtomicU32 = AtomicU32::new(0);

/// Hands in applications with `clients` at once for this long.
pub(super) async fn run(clerk: &Rest, clients: u32, time: Duration) -> anyhow::Result<Measured> {
    let started = Instant::now();
    let clerk = Arc::new(clerk.clone());
    let mut tasks = JoinSet::new();
    for _ in 0..clients {
        let clerk = Arc::clone(&clerk);
        tasks.spawn(async move {
            let mut latencies = Vec::new();
            while started.elapsed() < time {
                let form = families::numbered(NEXT.fetch_add(1, Ordering::Relaxed));
                let began = Instant::now();
                clerk
                    .submit("minimum-living", families::TOWNSHIP, &form)
                    .await?;
                latencies.push(began.elapsed());
            }
            anyhow::Ok(latencies)
        });
    }
    let mut latencies = Vec::new();
    while let Some(client) = tasks.join_next().await {
        latencies.extend(client.context("a client panicked")??);
    }
    let took = started.elapsed();
    latencies.sort_unstable();
    Ok(Measured {
        done: latencies.len() as u64,
        took,
        latencies,
    })
}
