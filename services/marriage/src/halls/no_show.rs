//! Whoever did not come loses the appointment 爽约, and may book again. The place was
//! theirs until then; nothing is freed.

use std::{sync::Arc, time::Duration};

use jiff::SignedDuration;
use tokio_util::sync::CancellationToken;
use yiwang_casework::Runtime;
use yiwang_chassis::{audit, fault::Fault, outbox};

use super::{appointment, in_force, trail};

/// How often it is looked.
const POLL: Duration = Duration::from_secs(1);
/// Appointments of one transaction.
const BATCH: i64 = 100;
const NO_SHOW: &str = "no_show";

/// Closes missed appointments until stopped.
///
/// # Errors
/// Never: the next look may succeed.
pub async fn run(rt: Arc<Runtime>, token: CancellationToken) -> anyhow::Result<()> {
    while !token.is_cancelled() {
        if let Err(fault) = sweep(&rt).await {
            tracing::warn!(%fault, "missed appointments cannot be closed");
        }
        let _ = tokio::time::timeout(POLL, token.cancelled()).await;
    }
    Ok(())
}

/// Closes what is missed by now; returns how many.
///
/// # Errors
/// When the database is away or the parameter is missing.
pub async fn sweep(rt: &Runtime) -> Result<usize, Fault> {
    let mut conn = rt.pool.acquire().await?;
    let halls = appointment::halls_waiting(&mut conn, rt.now()).await?;
    drop(conn);
    let mut closed = 0;
    for (division, hall) in halls {
        let minutes = in_force(rt, &division, |cx| {
            cx.rule("marriage.booking.no_show_minutes")?.count()
        })?;
        let before = rt.now() - SignedDuration::from_mins(i64::from(minutes));
        loop {
            let missed = close(rt, &hall, before).await?;
            closed += missed;
            if missed == 0 {
                break;
            }
        }
    }
    Ok(closed)
}

async fn close(rt: &Runtime, hall: &str, before: jiff::Timestamp) -> Result<usize, Fault> {
    let mut tx = rt.pool.begin().await?;
    let missed = appointment::lock_missed(&mut tx, hall, before, BATCH).await?;
    for one in &missed {
        appointment::close(&mut tx, &one.number, NO_SHOW, rt.now()).await?;
        let entry = trail::about(rt, None, "appointment.no_show", one);
        audit::record(&mut tx, &entry).await?;
    }
    let events: Vec<_> = missed
        .iter()
        .map(|one| trail::event(rt, one, NO_SHOW))
        .collect();
    outbox::enqueue_all(&mut tx, &events).await?;
    tx.commit().await?;
    Ok(missed.len())
}
