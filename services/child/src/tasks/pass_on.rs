//! Nobody did it in time: the next role up stands by. Safe to repeat, and to run many times at once.

use std::{sync::Arc, time::Duration};

use chrono::{DateTime, Utc};
use sqlx::PgConnection;
use tokio_util::sync::CancellationToken;
use uuid::Uuid;
use yiwang_casework::Runtime;
use yiwang_chassis::{db::to_chrono, fault::Fault, identity::Role, telemetry};
use yiwang_civic::time::{beijing_date, end_of_day};

use super::{raise::system, row::Changed};
use crate::domain::task::next_up;

/// How often somebody looks.
const EVERY: Duration = Duration::from_secs(5);

/// Tasks in one transaction.
const AT_ONCE: i64 = 50;

/// Runs until stopped; survives any outage of the database.
///
/// # Errors
/// Never; the type fits the life cycle.
pub(super) async fn run(rt: Arc<Runtime>, token: CancellationToken) -> anyhow::Result<()> {
    telemetry::count_from_zero(&["yiwang_child_task_failures_total"]);
    while !token.is_cancelled() {
        match pass_on(&rt).await {
            Ok(0) => {}
            Ok(_) => continue,
            Err(error) => {
                tracing::error!(%error, "late tasks have to wait");
                metrics::counter!("yiwang_child_task_failures_total").increment(1);
            }
        }
        tokio::select! {
            () = token.cancelled() => {}
            () = tokio::time::sleep(EVERY) => {}
        }
    }
    Ok(())
}

/// Passes on what is due for it; how many.
///
/// # Errors
/// The database does not answer.
pub async fn pass_on(rt: &Runtime) -> Result<usize, Fault> {
    let mut tx = rt.pool.begin().await?;
    let now = rt.now();
    let late: Vec<(Uuid, String, String, String)> = sqlx::query_as(
        "select id, kind, division, roles[cardinality(roles)] from child.task
          where state <> 'done' and pass_at <= $1 order by pass_at limit $2
            for update skip locked",
    )
    .bind(to_chrono(now))
    .bind(AT_ONCE)
    .fetch_all(&mut *tx)
    .await?;
    for (id, kind, division, role) in &late {
        let next = role.parse().ok().and_then(next_up);
        let Some(next) = next else {
            // Nobody stands above: it stays late.
            passed(&mut tx, *id, None, DateTime::<Utc>::MAX_UTC).await?;
            continue;
        };
        let again = again(rt, division)?;
        passed(&mut tx, *id, Some(next), again).await?;
        let changed = Changed {
            id: *id,
            kind,
            division,
            role: next.as_str(),
        };
        changed.told(rt, &mut tx, "passed_on", &system()).await?;
    }
    tx.commit().await?;
    Ok(late.len())
}

/// When it is passed on once more.
fn again(rt: &Runtime, division: &str) -> Result<DateTime<Utc>, Fault> {
    let today = beijing_date(rt.now());
    let days = rt.rules.lookup("child.task.pass_days", division, today);
    let days = days
        .and_then(|param| param.count())
        .map_err(Fault::internal)?;
    let due = rt.calendar.add_calendar_days(today, days);
    Ok(to_chrono(end_of_day(due.last_day)))
}

async fn passed(
    conn: &mut PgConnection,
    id: Uuid,
    to: Option<Role>,
    again: DateTime<Utc>,
) -> sqlx::Result<()> {
    sqlx::query(
        "update child.task set pass_at = $2,
             roles = case when $3::text is null then roles else roles || $3 end
          where id = $1",
    )
    .bind(id)
    .bind(again)
    .bind(to.map(Role::as_str))
    .execute(conn)
    .await?;
    Ok(())
}
