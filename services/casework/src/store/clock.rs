//! Legal clocks as rows with a due instant.

use jiff::Timestamp;
use sqlx::{PgConnection, Row};
use uuid::Uuid;
use yiwang_chassis::db::{from_chrono, from_chrono_date, to_chrono, to_chrono_date};

use crate::{
    case::RunningClock,
    decision::{OnDue, StartClock},
};

/// A running clock with what the pages show.
#[derive(Debug, Clone)]
pub(crate) struct ClockRow {
    pub(crate) running: RunningClock,
    pub(crate) label: String,
    pub(crate) legal_basis: String,
    pub(crate) provisional: bool,
    pub(crate) fires: bool,
}

impl ClockRow {
    /// The row of a clock that starts now.
    pub(crate) fn started(clock: &StartClock, now: Timestamp) -> Self {
        Self {
            running: RunningClock {
                name: clock.name.clone(),
                started_at: now,
                due_at: clock.due_at,
                last_day: clock.last_day,
            },
            label: clock.label.clone(),
            legal_basis: clock.legal_basis.clone(),
            provisional: clock.provisional,
            fires: clock.on_due == OnDue::Fire,
        }
    }
}

/// Running clocks of a case, nearest first.
pub(crate) async fn running(conn: &mut PgConnection, case: Uuid) -> sqlx::Result<Vec<ClockRow>> {
    let rows = sqlx::query(
        "select name, label, legal_basis, started_at, last_day, due_at, provisional, fires
           from casework.clock where case_id = $1 and ended_at is null order by due_at, name",
    )
    .bind(case)
    .fetch_all(conn)
    .await?;
    rows.iter()
        .map(|row| {
            Ok(ClockRow {
                running: RunningClock {
                    name: row.try_get("name")?,
                    started_at: from_chrono(row.try_get("started_at")?),
                    due_at: from_chrono(row.try_get("due_at")?),
                    last_day: from_chrono_date(row.try_get("last_day")?),
                },
                label: row.try_get("label")?,
                legal_basis: row.try_get("legal_basis")?,
                provisional: row.try_get("provisional")?,
                fires: row.try_get("fires")?,
            })
        })
        .collect()
}

/// Starts a clock, or starts it anew.
pub(crate) async fn start(
    conn: &mut PgConnection,
    case: Uuid,
    clock: &StartClock,
    calendar_version: &str,
    now: Timestamp,
) -> sqlx::Result<()> {
    sqlx::query(
        r"
        insert into casework.clock
          (case_id, name, label, legal_basis, started_at, last_day, due_at, provisional,
           calendar_version, fires)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
        on conflict (case_id, name) do update set
          label = excluded.label, legal_basis = excluded.legal_basis,
          started_at = excluded.started_at, last_day = excluded.last_day,
          due_at = excluded.due_at, provisional = excluded.provisional,
          calendar_version = excluded.calendar_version, fires = excluded.fires,
          ended_at = null, not_before = null
        ",
    )
    .bind(case)
    .bind(&clock.name)
    .bind(&clock.label)
    .bind(&clock.legal_basis)
    .bind(to_chrono(now))
    .bind(to_chrono_date(clock.last_day))
    .bind(to_chrono(clock.due_at))
    .bind(clock.provisional)
    .bind(calendar_version)
    .bind(clock.on_due == OnDue::Fire)
    .execute(conn)
    .await?;
    Ok(())
}

/// When the next clock fires, of all cases.
pub(crate) async fn next_fire(conn: &mut PgConnection) -> sqlx::Result<Option<Timestamp>> {
    let due_at = sqlx::query_scalar(
        "select min(due_at) from casework.clock where fires and ended_at is null",
    );
    let due_at: Option<chrono::DateTime<chrono::Utc>> = due_at.fetch_one(conn).await?;
    Ok(due_at.map(from_chrono))
}

/// Stops a clock; one that does not run is no error.
pub(crate) async fn stop(
    conn: &mut PgConnection,
    case: Uuid,
    name: &str,
    now: Timestamp,
) -> sqlx::Result<()> {
    sqlx::query(
        "update casework.clock set ended_at = $3
          where case_id = $1 and name = $2 and ended_at is null",
    )
    .bind(case)
    .bind(name)
    .bind(to_chrono(now))
    .execute(conn)
    .await?;
    Ok(())
}

/// Stops all clocks of a closed case.
pub(crate) async fn stop_all(
    conn: &mut PgConnection,
    case: Uuid,
    now: Timestamp,
) -> sqlx::Result<()> {
    sqlx::query("update casework.clock set ended_at = $2 where case_id = $1 and ended_at is null")
        .bind(case)
        .bind(to_chrono(now))
        .execute(conn)
        .await?;
    Ok(())
}

/// The most overdue firing clock of a case that nobody works on; locks the case,
/// in the order of every other transaction. `wall` is real time, for the pause
/// after a failure.
pub(crate) async fn take_due(
    conn: &mut PgConnection,
    now: Timestamp,
    wall: Timestamp,
) -> sqlx::Result<Option<(Uuid, String)>> {
    sqlx::query_as(
        "select c.case_id, c.name from casework.clock c
           join casework.case_file f on f.id = c.case_id
          where c.fires and c.ended_at is null and c.due_at <= $1
            and (c.not_before is null or c.not_before <= $2)
          order by c.due_at
          limit 1
            for update of f skip locked",
    )
    .bind(to_chrono(now))
    .bind(to_chrono(wall))
    .fetch_optional(conn)
    .await
}

/// Whether a firing clock that was due before `before` has neither acted nor been put off.
pub(crate) async fn any_due(conn: &mut PgConnection, before: Timestamp) -> sqlx::Result<bool> {
    sqlx::query_scalar(
        "select exists (select 1 from casework.clock
                         where fires and ended_at is null and due_at < $1 and not_before is null)",
    )
    .bind(to_chrono(before))
    .fetch_one(conn)
    .await
}

/// Ends a clock that is due; false when it was stopped or moved meanwhile.
pub(crate) async fn end_due(
    conn: &mut PgConnection,
    case: Uuid,
    name: &str,
    now: Timestamp,
) -> sqlx::Result<bool> {
    let done = sqlx::query(
        "update casework.clock set ended_at = $3
          where case_id = $1 and name = $2 and ended_at is null and due_at <= $3",
    )
    .bind(case)
    .bind(name)
    .bind(to_chrono(now))
    .execute(conn)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Ends a clock that has nothing left to do, and lists the case by the next one.
pub(crate) async fn drop_clock(
    conn: &mut PgConnection,
    case: Uuid,
    name: &str,
    now: Timestamp,
) -> sqlx::Result<()> {
    sqlx::query("select 1 from casework.case_file where id = $1 for update")
        .bind(case)
        .execute(&mut *conn)
        .await?;
    stop(conn, case, name, now).await?;
    sqlx::query(
        "update casework.case_file f set due_at = coalesce(
             (select c.due_at from casework.clock c
               where c.case_id = f.id and c.ended_at is null
               order by c.fires, c.due_at limit 1), $2)
          where f.id = $1",
    )
    .bind(case)
    .bind(to_chrono(crate::FAR_FUTURE))
    .execute(conn)
    .await?;
    Ok(())
}

/// Puts a clock off after a failure.
pub(crate) async fn put_off(
    conn: &mut PgConnection,
    case: Uuid,
    name: &str,
    until: Timestamp,
) -> sqlx::Result<()> {
    sqlx::query("update casework.clock set not_before = $3 where case_id = $1 and name = $2")
        .bind(case)
        .bind(name)
        .bind(to_chrono(until))
        .execute(conn)
        .await?;
    Ok(())
}

/// Counts open cases whose nearest limit has passed.
pub(crate) async fn overdue(conn: &mut PgConnection, now: Timestamp) -> sqlx::Result<i64> {
    sqlx::query_scalar(
        "select count(*) from casework.clock where not fires and ended_at is null and due_at <= $1",
    )
    .bind(to_chrono(now))
    .fetch_one(conn)
    .await
}

/// Counts clocks that should have acted and could not.
pub(crate) async fn failing(conn: &mut PgConnection, now: Timestamp) -> sqlx::Result<i64> {
    sqlx::query_scalar(
        "select count(*) from casework.clock
          where fires and ended_at is null and due_at <= $1 and not_before is not null",
    )
    .bind(to_chrono(now))
    .fetch_one(conn)
    .await
}
