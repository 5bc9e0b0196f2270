//! What moves cases without a caller: legal clocks that fall due, and answers
//! of departments.
//!
//! Any number of replicas may run these loops: a clock is taken with its row
//! lock, an errand with a lease and a fencing token.

use std::{sync::Arc, time::Duration};

use jiff::{SignedDuration, Timestamp};
use serde_json::Value;
use sqlx::PgConnection;
use tokio_util::sync::CancellationToken;
use uuid::Uuid;
use yiwang_chassis::{
    clock::{Clock as _, ManualClock},
    department::{Answer, CallError},
    fault::{Code, Fault},
};

use crate::{
    context::Actor,
    registry::Trigger,
    runtime::Runtime,
    store::{self, errand::Taken},
};

/// How often due clocks and errands are looked for when there were none.
const POLL: Duration = Duration::from_millis(200);

/// A call to a department is given up after this; must exceed the adapter's time-out.
const LEASE: SignedDuration = SignedDuration::from_secs(60);

/// A clock whose action failed waits this long.
const PAUSE: SignedDuration = SignedDuration::from_secs(30);

/// Fires legal clocks until stopped.
///
/// # Errors
/// Never for a single case: one bad case must not stop the others.
pub async fn clocks(rt: Arc<Runtime>, token: CancellationToken) -> anyhow::Result<()> {
    let mut failed = None;
    while !token.is_cancelled() {
        match fire_one(&rt, &mut failed).await {
            Ok(true) => {}
            Ok(false) => pause(&token).await,
            Err(fault) => {
                tracing::warn!(%fault, "clocks cannot be read");
                pause(&token).await;
            }
        }
    }
    Ok(())
}

async fn pause(token: &CancellationToken) {
    let _ = tokio::time::timeout(POLL, token.cancelled()).await;
}

/// Lets a made-up past go by: every clock fires at the instant it was due, until `until`, at
/// which the clock then stands.
///
/// # Errors
/// The database does not answer.
pub async fn catch_up(rt: &Runtime, clock: &ManualClock, until: Timestamp) -> Result<(), Fault> {
    let mut failed = None;
    loop {
        let mut conn = rt.pool.acquire().await?;
        let next = store::clock::next_fire(&mut conn).await?;
        drop(conn);
        let Some(due_at) = next.filter(|due_at| *due_at <= until) else {
            clock.set(until.max(clock.now()));
            return Ok(());
        };
        clock.set(due_at.max(clock.now()));
        if !fire_one(rt, &mut failed).await? {
            // It waits after a failure: the others go on later.
            clock.set(until.max(clock.now()));
            return Ok(());
        }
    }
}

/// Whether clocks that fell due before an instant are still to act: they may yet change what a
/// payment of that day rests on. One that was put off is left to people (it is counted and told)
/// and holds nobody up.
///
/// # Errors
/// The database does not answer.
pub async fn behind(conn: &mut PgConnection, before: Timestamp) -> sqlx::Result<bool> {
    store::clock::any_due(conn, before).await
}

/// A clock of a case.
type Named = (Uuid, String);

/// Fires the most overdue clock; false when none is due. `failed` is the one that failed last: it
/// is put off when it fails again.
async fn fire_one(rt: &Runtime, failed: &mut Option<Named>) -> Result<bool, Fault> {
    let mut tx = rt.pool.begin().await?;
    let now = rt.now();
    let Some((case_id, name)) = store::clock::take_due(&mut tx, now, rt.wall()).await? else {
        return Ok(false);
    };
    // Ended first: the item may start it again under the same name.
    if !store::clock::end_due(&mut tx, case_id, &name, now).await? {
        return Ok(true);
    }
    let file = store::case::lock_by_id(&mut tx, case_id).await?;
    let number = file.number.clone();
    let item = rt.item(&file.item)?;
    let actor = Some(Actor::System(String::new()));
    let outcome = item
        .act(rt, &mut tx, file, None, actor, Trigger::Clock(name.clone()))
        .await;
    match outcome {
        Ok(_) => tx.commit().await?,
        Err(fault) if fault.code == Code::PreconditionFailed => {
            // The case moved on without this clock; it has nothing left to do.
            tx.rollback().await?;
            tracing::info!(case.number = number, clock = name, reason = %fault.reason,
                "clock ended without effect");
            let mut tx = rt.pool.begin().await?;
            store::clock::drop_clock(&mut tx, case_id, &name, now).await?;
            tx.commit().await?;
        }
        Err(fault) => {
            tx.rollback().await?;
            tracing::error!(
                case.number = number,
                clock = name,
                ?fault,
                "clock could not act"
            );
            // The database may have been busy: once more before it is put off.
            let this = Some((case_id, name.clone()));
            if fault.retryable() && *failed != this {
                *failed = this;
                return Ok(true);
            }
            let mut conn = rt.pool.acquire().await?;
            store::clock::put_off(&mut conn, case_id, &name, rt.wall() + PAUSE).await?;
        }
    }
    Ok(true)
}

/// Runs errands to departments until stopped.
///
/// # Errors
/// Never for a single errand.
pub async fn errands(rt: Arc<Runtime>, token: CancellationToken) -> anyhow::Result<()> {
    while !token.is_cancelled() {
        match run_one(&rt).await {
            Ok(true) => {}
            Ok(false) => pause(&token).await,
            Err(fault) => {
                tracing::warn!(%fault, "errands cannot be run");
                pause(&token).await;
            }
        }
    }
    Ok(())
}

/// Runs the next errand; false when none is due.
async fn run_one(rt: &Runtime) -> Result<bool, Fault> {
    let mut conn = rt.pool.acquire().await?;
    let wall = rt.wall();
    let Some(taken) = store::errand::take(&mut conn, wall, wall + LEASE).await? else {
        return Ok(false);
    };
    // No connection is held while the department thinks.
    drop(conn);
    let payload: Value = rt.open("errand", &taken.key, &taken.payload)?;
    let called = rt.departments.call(&taken.kind, &taken.key, &payload).await;
    match called {
        Ok(Answer::Done(answer)) => settle(rt, &taken, answer).await?,
        Ok(Answer::Pending) => give_back(rt, &taken, None).await?,
        Err(error) => {
            if let CallError::Refused(_) = &error {
                tracing::error!(errand.kind = taken.kind, %error, "a department refuses an errand");
            } else {
                tracing::warn!(errand.kind = taken.kind, %error, "an errand has to wait");
            }
            give_back(rt, &taken, Some(&error.to_string())).await?;
        }
    }
    Ok(true)
}

async fn give_back(rt: &Runtime, taken: &Taken, error: Option<&str>) -> Result<(), Fault> {
    // 0.4 s, 0.8 s, … 5 min: a callback brings the answer earlier.
    let exponent = u32::try_from(taken.attempts.clamp(1, 10)).unwrap_or(10);
    let wait = SignedDuration::from_millis((200_i64 << exponent).min(300_000));
    let mut conn = rt.pool.acquire().await?;
    store::errand::give_back(&mut conn, taken, rt.wall() + wait, error).await?;
    Ok(())
}

async fn settle(rt: &Runtime, taken: &Taken, answer: Value) -> Result<(), Fault> {
    let mut tx = rt.pool.begin().await?;
    let file = store::case::lock_by_id(&mut tx, taken.case_id).await?;
    if !store::errand::finish(&mut tx, taken, rt.wall()).await? {
        return Ok(());
    }
    let item = rt.item(&file.item)?;
    let department = rt.departments.name_of(&taken.kind).to_owned();
    let trigger = Trigger::Answer {
        kind: taken.kind.clone(),
        answer,
    };
    let number = file.number.clone();
    let actor = Some(Actor::Department(department));
    match item.act(rt, &mut tx, file, None, actor, trigger).await {
        Ok(_) => tx.commit().await?,
        Err(fault) if fault.code == Code::PreconditionFailed => {
            tx.rollback().await?;
            tracing::info!(case.number = number, errand.kind = taken.kind, reason = %fault.reason,
                "an answer came too late to matter");
            let mut conn = rt.pool.acquire().await?;
            store::errand::finish(&mut conn, taken, rt.wall()).await?;
        }
        Err(fault) => {
            tx.rollback().await?;
            tracing::error!(
                case.number = number,
                errand.kind = taken.kind,
                ?fault,
                "an answer could not be applied"
            );
            give_back(rt, taken, Some("answer not applied")).await?;
        }
    }
    Ok(())
}

/// Looks at the counts an operator wants to see, until stopped.
///
/// # Errors
/// Never.
pub async fn gauges(rt: Arc<Runtime>, token: CancellationToken) -> anyhow::Result<()> {
    while !token.is_cancelled() {
        if let Err(error) = show(&rt).await {
            tracing::warn!(%error, "clocks and errands could not be counted");
        }
        let _ = tokio::time::timeout(Duration::from_secs(15), token.cancelled()).await;
    }
    Ok(())
}

async fn show(rt: &Runtime) -> sqlx::Result<()> {
    let mut conn = rt.pool.acquire().await?;
    let now = rt.now();
    let overdue = store::clock::overdue(&mut conn, now).await?;
    let failing = store::clock::failing(&mut conn, now).await?;
    let unreviewed = store::access::request::overdue(&mut conn, now).await?;
    let waiting = store::errand::failing(&mut conn).await?;
    drop(conn);
    #[expect(clippy::cast_precision_loss, reason = "counts for a picture")]
    let [overdue, failing, unreviewed, waiting] =
        [overdue, failing, unreviewed, waiting].map(|count| count as f64);
    metrics::gauge!("yiwang_clocks_overdue", "service" => rt.service).set(overdue);
    metrics::gauge!("yiwang_clocks_failing", "service" => rt.service).set(failing);
    metrics::gauge!("yiwang_break_glass_overdue", "service" => rt.service).set(unreviewed);
    metrics::gauge!("yiwang_errands_failing", "service" => rt.service).set(waiting);
    Ok(())
}
