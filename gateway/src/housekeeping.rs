//! What runs beside the requests: readiness, and removing what has ended.

use std::time::Duration;

use sqlx::PgPool;
use tokio_util::sync::CancellationToken;
use yiwang_chassis::{
    admin::Readiness,
    clock::{Clock as _, SystemClock},
    fault::Fault,
};

use crate::{session::store, state::AppState};

const SWEEP_EVERY: Duration = Duration::from_secs(300);
const LOOK_EVERY: Duration = Duration::from_secs(5);

/// Forgets quiet addresses and removes sessions that ended long ago.
pub(crate) async fn sweep(state: AppState, token: CancellationToken) -> anyhow::Result<()> {
    loop {
        state.limits().sweep();
        if let Err(error) = store::sweep(state.pool(), SystemClock.now()).await {
            tracing::warn!("cannot remove ended sessions: {:?}", Fault::from(error));
        }
        tokio::select! {
            () = token.cancelled() => return Ok(()),
            () = tokio::time::sleep(SWEEP_EVERY) => {}
        }
    }
}

/// Not ready while the database does not answer, and from the moment of stopping.
pub(crate) async fn watch(
    pool: PgPool,
    readiness: Readiness,
    token: CancellationToken,
) -> anyhow::Result<()> {
    loop {
        let answered = sqlx::query("select 1").execute(&pool).await.is_ok();
        readiness.set("database", answered);
        tokio::select! {
            () = token.cancelled() => break,
            () = tokio::time::sleep(LOOK_EVERY) => {}
        }
    }
    readiness.set("portal", false);
    Ok(())
}
