//! Memory follows the tables: all open rows at the start, then what other transactions have
//! written since, own ones and those of other processes alike.

use std::sync::{Arc, PoisonError, RwLock};

use sqlx::{PgConnection, Result};
use tokio::task::spawn_blocking;
use yiwang_casework::Runtime;

use super::{clues, pool::Pool, reports};
use crate::domain::kin::{prepare, score::compare::Subject, tuned};

/// Rows opened at once.
const CHUNK: i64 = 20_000;
/// Changed rows read at once.
const PAGE: i64 = 1_000;

/// The pool of this process; none while it is loaded.
pub(super) type Shared = Arc<RwLock<Option<Pool>>>;

#[derive(sqlx::FromRow)]
struct ReportRow {
    id: i64,
    number: String,
    open: bool,
    features: Vec<u8>,
    face: Option<Vec<u8>>,
    changed: i64,
}

#[derive(sqlx::FromRow)]
struct CluesRow {
    #[sqlx(flatten)]
    stored: clues::Stored,
    changed: i64,
}

/// The oldest transaction that may still write: what it and later ones write is not seen yet.
async fn horizon(conn: &mut PgConnection) -> Result<i64> {
    sqlx::query_scalar("select pg_snapshot_xmin(pg_current_snapshot())::text::bigint")
        .fetch_one(conn)
        .await
}

/// Changes something in memory off the threads that answer calls.
async fn with_pool<T: Send + 'static>(
    shared: &Shared,
    change: impl FnOnce(&mut Option<Pool>) -> Result<T> + Send + 'static,
) -> Result<T> {
    let shared = shared.clone();
    let changed = spawn_blocking(move || {
        let mut pool = shared.write().unwrap_or_else(PoisonError::into_inner);
        change(&mut pool)
    });
    changed
        .await
        .map_err(|error| sqlx::Error::Decode(error.into()))?
}

/// Reads everything that is open; answers where to go on.
pub(super) async fn load(
    rt: &Arc<Runtime>,
    conn: &mut PgConnection,
    shared: &Shared,
) -> Result<i64> {
    // After a restore from a dump the transactions count from the beginning again: rows from
    // "the future" would be read with every look.
    for statement in [
        "update rescue.report set changed = pg_current_xact_id()
          where changed > pg_current_xact_id()",
        "update rescue.clues set changed = pg_current_xact_id()
          where changed > pg_current_xact_id()",
    ] {
        sqlx::query(statement).execute(&mut *conn).await?;
    }
    let seen = horizon(conn).await?;
    let mut pool = Pool::default();
    let mut last = 0_i64;
    loop {
        let rows: Vec<ReportRow> = sqlx::query_as(
            "select id, number, true as open, features, face, changed::text::bigint as changed
               from rescue.report
              where id > $1 and state = 'open' order by id limit $2",
        )
        .bind(last)
        .bind(CHUNK)
        .fetch_all(&mut *conn)
        .await?;
        let Some(row) = rows.last() else { break };
        last = row.id;
        let rt = rt.clone();
        let opened = spawn_blocking(move || {
            put_reports(&rt, &mut pool, rows)?;
            pool.forget(seen);
            Ok::<_, sqlx::Error>(pool)
        });
        pool = opened
            .await
            .map_err(|error| sqlx::Error::Decode(error.into()))??;
    }
    let rows: Vec<CluesRow> = sqlx::query_as(
        "select case_number, active, sealed, face, changed::text::bigint as changed
           from rescue.clues where active order by id",
    )
    .fetch_all(&mut *conn)
    .await?;
    let rt = rt.clone();
    with_pool(shared, move |place| {
        put_clues(&rt, &mut pool, rows)?;
        pool.forget(seen);
        pool.reports.index.freeze();
        *place = Some(pool);
        Ok(())
    })
    .await?;
    Ok(seen)
}

/// Page by page along the index: asked for all at once, the planner reads the whole table.
async fn changed_reports(conn: &mut PgConnection, since: i64) -> Result<Vec<ReportRow>> {
    let mut changed: Vec<ReportRow> = Vec::new();
    let mut after = (since - 1, i64::MAX);
    loop {
        let page: Vec<ReportRow> = sqlx::query_as(
            "select id, number, state = 'open' as open, features, face,
                    changed::text::bigint as changed
               from rescue.report
              where (changed, id) > ($1::text::xid8, $2) order by report.changed, id limit $3",
        )
        .bind(after.0.to_string())
        .bind(after.1)
        .bind(PAGE)
        .fetch_all(&mut *conn)
        .await?;
        let full = i64::try_from(page.len()).is_ok_and(|rows| rows == PAGE);
        if let Some(row) = page.last() {
            after = (row.changed, row.id);
        }
        changed.extend(page);
        if !full {
            return Ok(changed);
        }
    }
}

/// Takes over what has changed since; answers where to go on.
pub(super) async fn catch_up(
    rt: &Arc<Runtime>,
    conn: &mut PgConnection,
    shared: &Shared,
    since: i64,
) -> Result<i64> {
    let seen = horizon(conn).await?;
    let changed = changed_reports(conn, since).await?;
    let told: Vec<CluesRow> = sqlx::query_as(
        "select case_number, active, sealed, face, changed::text::bigint as changed
           from rescue.clues
          where changed >= $1::text::xid8 order by id",
    )
    .bind(since.to_string())
    .fetch_all(&mut *conn)
    .await?;
    if changed.is_empty() && told.is_empty() {
        return Ok(seen);
    }
    let rt = rt.clone();
    with_pool(shared, move |pool| {
        if let Some(pool) = pool {
            put_reports(&rt, pool, changed)?;
            put_clues(&rt, pool, told)?;
            pool.forget(seen);
        }
        Ok(())
    })
    .await?;
    Ok(seen)
}

fn put_reports(rt: &Runtime, pool: &mut Pool, rows: Vec<ReportRow>) -> Result<()> {
    for row in rows {
        // While an older transaction is open, what came after it is read with every look.
        if !pool.reports.is_new(row.id, row.changed) {
            continue;
        }
        let features = match row.open {
            true => reports::row(rt, &row.number, &row.features, row.face.as_deref())?,
            false => None,
        };
        pool.reports.put(row.id, features.as_ref());
    }
    Ok(())
}

fn put_clues(rt: &Runtime, pool: &mut Pool, rows: Vec<CluesRow>) -> Result<()> {
    for row in rows {
        if !pool.stays.is_new(&row.stored.case_number, row.changed) {
            continue;
        }
        let of = row.stored.open(rt)?;
        let subject = of
            .active
            .then(|| Subject::owned(prepare::clues(&of.clues), tuned().shares));
        pool.stays.put(&of.stay, subject);
    }
    Ok(())
}
