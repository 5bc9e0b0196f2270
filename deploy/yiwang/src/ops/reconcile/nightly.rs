//! Every night: what the services left undone on each other's events is named, not found by chance.

use std::time::Duration;

use jiff::{Timestamp, ToSpan as _, civil::time, tz};
use tokio_util::sync::CancellationToken;
use yiwang_chassis::clock::{Clock as _, SystemClock};

use super::{SETTLED_FOR, found};
use crate::settings::Which;

/// Looks at half past two, Beijing time, until told to stop. What it finds stands in the log and in
/// the gauge `yiwang_disagreements`.
pub(crate) async fn nightly(which: Which, token: CancellationToken) -> anyhow::Result<()> {
    loop {
        let wait = tokio::time::sleep(until_next(SystemClock.now()));
        if token.run_until_cancelled(wait).await.is_none() {
            return Ok(());
        }
        match found(&which, SETTLED_FOR).await {
            Ok(found) => {
                for violation in &found {
                    tracing::error!(%violation, "the services do not agree");
                }
                #[expect(clippy::cast_precision_loss, reason = "a count")]
                metrics::gauge!("yiwang_disagreements").set(found.len() as f64);
            }
            Err(error) => tracing::error!(%error, "the services could not be compared"),
        }
    }
}

/// How long until half past two.
fn until_next(now: Timestamp) -> Duration {
    let now = now.to_zoned(tz::TimeZone::fixed(tz::offset(8)));
    let tonight = now.with().time(time(2, 30, 0, 0)).build();
    let next = tonight.and_then(|at| match at > now {
        true => Ok(at),
        false => at.checked_add(1.day()),
    });
    let wait = next.map(|at| at.duration_since(&now));
    // A day of twenty-four hours always has that time.
    let wait = wait.map_or(Ok(Duration::from_secs(86_400)), Duration::try_from);
    wait.unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_night_in_beijing() {
        let rows = [
            ("2026-11-30T18:00:00Z", 30 * 60),
            ("2026-11-30T18:30:00Z", 24 * 3600),
            ("2026-11-30T00:00:00Z", 18 * 3600 + 30 * 60),
        ];
        for (now, seconds) in rows {
            let wait = until_next(now.parse().unwrap());
            assert_eq!(wait.as_secs(), seconds, "{now}");
        }
    }
}
