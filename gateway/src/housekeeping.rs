//! What runs beside the requests: removing what has ended.

use std::time::Duration;

use tokio_util::sync::CancellationToken;
use yiwang_chassis::{
    clock::{Clock as _, SystemClock},
    fault::Fault,
};

use crate::{session::store, state::AppState};

const SWEEP_EVERY: Duration = Duration::from_secs(300);

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
