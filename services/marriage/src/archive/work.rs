//! The worker: takes a batch that waits and does its step, set by set.
//!
//! ```text
//! open ─upload─► reading ─both read─► comparing ─► ready ─publish─► publishing ─► published
//!   ▲───────────────┴─file refused        uploaded again ──┘
//! ```
//! Any number of replicas may run it: a batch is worked at under a lock of a session of its
//! own, and all is written in that session, so that the lock and the ability to write end
//! together. Every set is one transaction; killed anywhere, the next one goes on behind it.

use std::{
    collections::HashMap,
    sync::Arc,
    time::{Duration, Instant},
};

use sqlx::{ConnectOptions as _, PgConnection};
use tokio_util::sync::CancellationToken;
use uuid::Uuid;
use yiwang_casework::Runtime;
use yiwang_chassis::fault::Fault;

use super::{
    comparing, publishing, reading,
    store::{self, state},
};

/// Rows of one transaction.
const SIZE: u16 = 500;

/// How often waiting batches are looked for when there were none.
const POLL: Duration = Duration::from_millis(200);

/// A batch whose step failed waits this long: it must not stop the others.
const PAUSE: Duration = Duration::from_secs(30);

/// "ya" in ASCII: the locks of batches among all advisory locks.
const CLASS: i32 = 0x7961;

/// Does the steps of batches.
pub struct Work {
    /// The service.
    pub runtime: Arc<Runtime>,
    /// Rows of one transaction.
    pub size: u16,
}

/// Works at batches until stopped.
///
/// # Errors
/// Never for a single batch.
pub async fn work(runtime: Arc<Runtime>, token: CancellationToken) -> anyhow::Result<()> {
    let work = Work {
        runtime,
        size: SIZE,
    };
    let mut aside: HashMap<Uuid, Instant> = HashMap::new();
    while !token.is_cancelled() {
        aside.retain(|_, since| since.elapsed() < PAUSE);
        let done = match store::waiting(&work.runtime.pool).await {
            Ok(waiting) => work.first_of(waiting, &mut aside, &token).await,
            Err(error) => {
                tracing::warn!(%error, "batches cannot be read");
                false
            }
        };
        if !done {
            let _ = tokio::time::timeout(POLL, token.cancelled()).await;
        }
    }
    Ok(())
}

impl Work {
    /// Does the step of the first batch that nobody else works at; false when there is none.
    async fn first_of(
        &self,
        waiting: Vec<Uuid>,
        aside: &mut HashMap<Uuid, Instant>,
        token: &CancellationToken,
    ) -> bool {
        for batch in waiting {
            if aside.contains_key(&batch) {
                continue;
            }
            match self.step(batch, token).await {
                Ok(true) => return true,
                Ok(false) => {}
                Err(fault) => {
                    tracing::error!(%batch, ?fault, "a step of a batch failed");
                    aside.insert(batch, Instant::now());
                }
            }
        }
        false
    }

    /// Does the step that a batch waits for, to its end or until stopped; false when somebody
    /// else does.
    ///
    /// # Errors
    /// The database is away, or a row does not open.
    pub async fn step(&self, batch: Uuid, token: &CancellationToken) -> Result<bool, Fault> {
        let Some(mut conn) = self.hold(batch).await? else {
            return Ok(false);
        };
        // As it is now that nobody else changes it.
        let Some(found) = store::find(&mut conn, batch).await? else {
            return Ok(false);
        };
        let rt = &self.runtime;
        match found.state.as_str() {
            state::READING => {
                let uploads = store::upload::all(&mut conn, batch).await?;
                let next = uploads
                    .iter()
                    .find(|upload| upload.complete && !upload.read);
                let how = (usize::from(self.size), token);
                match next {
                    Some(upload) => reading::run(rt, &mut conn, &found, upload, how).await?,
                    None => store::set_state_of_uploads(&mut conn, batch).await?,
                }
            }
            state::COMPARING => {
                comparing::run(rt, &mut conn, batch, (self.size.into(), token)).await?;
            }
            state::PUBLISHING => {
                publishing::run(rt, &mut conn, batch, (self.size.into(), token)).await?;
            }
            _ => {}
        }
        Ok(true)
    }

    /// A session that holds the batch for as long as it lives.
    async fn hold(&self, batch: Uuid) -> sqlx::Result<Option<PgConnection>> {
        let options = self.runtime.pool.connect_options();
        let mut conn = options.as_ref().clone().connect().await?;
        let held: bool = sqlx::query_scalar("select pg_try_advisory_lock($1, hashtext($2))")
            .bind(CLASS)
            .bind(batch.to_string())
            .fetch_one(&mut conn)
            .await?;
        Ok(held.then_some(conn))
    }
}
