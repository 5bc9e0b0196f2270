//! Whoever did not come loses the visit 爽约, and may book again. The places were theirs until
//! then; nothing is freed. A sweep on behalf that nobody did stays open: it is owed.

use std::{sync::Arc, time::Duration};

use jiff::{SignedDuration, Timestamp};
use tokio_util::sync::CancellationToken;
use yiwang_casework::Runtime;
use yiwang_chassis::fault::Fault;

use super::{in_force, trail, visit};

/// How often it is looked.
const POLL: Duration = Duration::from_secs(1);
/// Visits of one transaction.
const BATCH: i64 = 100;
const NO_SHOW: &str = "no_show";

/// Closes missed visits until stopped.
///
/// # Errors
/// Never: the next look may succeed.
pub async fn run(rt: Arc<Runtime>, token: CancellationToken) -> anyhow::Result<()> {
    while !token.is_cancelled() {
        if let Err(fault) = sweep(&rt).await {
            tracing::warn!(%fault, "missed visits cannot be closed");
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
    let facilities = visit::waiting(&mut conn, rt.now()).await?;
    drop(conn);
    let mut closed = 0;
    for (division, facility) in facilities {
        let minutes = in_force(rt, &division, |cx| {
            cx.rule("burial.visits.no_show_minutes")?.count()
        })?;
        let before = rt.now() - SignedDuration::from_mins(i64::from(minutes));
        loop {
            let missed = close(rt, &facility, before).await?;
            closed += missed;
            if missed == 0 {
                break;
            }
        }
    }
    Ok(closed)
}

async fn close(rt: &Runtime, facility: &str, before: Timestamp) -> Result<usize, Fault> {
    let mut tx = rt.pool.begin().await?;
    let mut missed = visit::lock_missed(&mut tx, facility, before, BATCH).await?;
    for one in &mut missed {
        NO_SHOW.clone_into(&mut one.state);
        visit::close(&mut tx, one, rt.now()).await?;
        trail::visit(rt, &mut tx, None, NO_SHOW, one, String::new()).await?;
    }
    tx.commit().await?;
    Ok(missed.len())
}
