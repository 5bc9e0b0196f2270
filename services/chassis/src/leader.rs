//! One worker of a kind per service database, by an advisory lock.
//!
//! The lock belongs to a session of its own. A leader does all its database work
//! on that session: when the session dies, the lock and the leader's ability to
//! write end together, so two leaders cannot both be at work on the rows.

use std::time::Duration;

use sqlx::{ConnectOptions as _, PgConnection, PgPool};
use tokio_util::sync::CancellationToken;

/// What a leader does; advisory locks are per database, so services do not meet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Task {
    Relay = 1,
    Chainer = 2,
    Reconciler = 3,
}

impl Task {
    /// What only the leader can tell.
    fn gauges(self) -> &'static [&'static str] {
        match self {
            Self::Relay => &[
                "yiwang_outbox_unpublished",
                "yiwang_outbox_oldest_seconds",
                "yiwang_outbox_blocked_aggregates",
            ],
            Self::Chainer => &[
                "yiwang_audit_unsigned",
                "yiwang_audit_head_age_seconds",
                "yiwang_audit_broken",
            ],
            Self::Reconciler => &[],
        }
    }
}

/// "yw" in ASCII.
const CLASS: i32 = 0x7977;

/// How often a stand-by asks for the lock.
const ASK_EVERY: Duration = Duration::from_millis(500);

/// Waits until this process leads `task` of `service`; nothing when it is told to stop. While
/// another one leads, this one does not know what it may have shown as a leader before.
pub(crate) async fn lead(
    pool: &PgPool,
    task: Task,
    service: &'static str,
    token: &CancellationToken,
) -> Option<PgConnection> {
    loop {
        match stand_by(pool, task, service, token).await {
            Ok(led) => return led,
            Err(error) => {
                tracing::warn!(?task, error = %error, "cannot ask for the leader lock");
            }
        }
        if pause(ASK_EVERY, token).await {
            return None;
        }
    }
}

async fn stand_by(
    pool: &PgPool,
    task: Task,
    service: &'static str,
    token: &CancellationToken,
) -> sqlx::Result<Option<PgConnection>> {
    let mut conn = pool.connect_options().as_ref().clone().connect().await?;
    loop {
        if try_lock(&mut conn, task).await? {
            tracing::debug!(?task, "leading");
            return Ok(Some(conn));
        }
        for &name in task.gauges() {
            metrics::gauge!(name, "service" => service).set(f64::NAN);
        }
        if pause(ASK_EVERY, token).await {
            return Ok(None);
        }
    }
}

/// Leads `task` unless another one does: for repairs while the service is stopped.
pub(crate) async fn take(pool: &PgPool, task: Task) -> sqlx::Result<Option<PgConnection>> {
    let mut conn = pool.connect_options().as_ref().clone().connect().await?;
    Ok(try_lock(&mut conn, task).await?.then_some(conn))
}

async fn try_lock(conn: &mut PgConnection, task: Task) -> sqlx::Result<bool> {
    sqlx::query_scalar("select pg_try_advisory_lock($1, $2)")
        .bind(CLASS)
        .bind(task as i32)
        .fetch_one(conn)
        .await
}

/// Sleeps, and tells whether the process is to stop.
pub(crate) async fn pause(time: Duration, token: &CancellationToken) -> bool {
    tokio::select! {
        () = token.cancelled() => true,
        () = tokio::time::sleep(time) => token.is_cancelled(),
    }
}
