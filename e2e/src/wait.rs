//! Waiting for a condition, with a limit; never for a length of time.

use std::time::{Duration, Instant};

use anyhow::{Context, bail};

/// How often a condition is looked at.
const LOOK_EVERY: Duration = Duration::from_millis(40);
/// What `until` allows: far above what any step needs on a busy machine, and above the pauses of
/// 30 seconds that the product itself makes after a failure.
const PATIENCE: Duration = Duration::from_secs(90);

/// The end of one's patience.
#[derive(Debug, Clone, Copy)]
pub struct Deadline(Instant);

impl Deadline {
    /// `limit` from now.
    #[must_use]
    pub fn within(limit: Duration) -> Self {
        Self(Instant::now() + limit)
    }

    /// Whether it is over.
    #[must_use]
    pub fn is_over(self) -> bool {
        Instant::now() >= self.0
    }
}

/// Asks again until `ask` gives something; at most 90 seconds.
///
/// # Errors
/// When the time is over, with the last error of `ask` as the cause.
pub async fn until<T>(
    what: &str,
    ask: impl AsyncFnMut() -> anyhow::Result<Option<T>>,
) -> anyhow::Result<T> {
    until_within(PATIENCE, what, ask).await
}

/// As [`until`], with another limit.
///
/// # Errors
/// When the time is over, with the last error of `ask` as the cause.
pub async fn until_within<T>(
    limit: Duration,
    what: &str,
    mut ask: impl AsyncFnMut() -> anyhow::Result<Option<T>>,
) -> anyhow::Result<T> {
    let deadline = Deadline::within(limit);
    loop {
        let answer = ask().await;
        match answer {
            Ok(Some(found)) => return Ok(found),
            Ok(None) if deadline.is_over() => bail!("waited {limit:?} in vain: {what}"),
            Err(error) if deadline.is_over() => {
                return Err(error).with_context(|| format!("waited {limit:?} in vain: {what}"));
            }
            _ => tokio::time::sleep(LOOK_EVERY).await,
        }
    }
}
