//! Counts for officers, within their regions.

use jiff::{Timestamp, civil::Date};
use sqlx::PgConnection;
use yiwang_chassis::db::to_chrono;
use yiwang_civic::time;

/// Counts of one region between two days.
#[derive(Debug, Default)]
pub(crate) struct Counts {
    pub(crate) by_state: Vec<(String, String, i64)>,
    pub(crate) by_division: Vec<(String, i64)>,
    pub(crate) by_day: Vec<(String, i64)>,
    pub(crate) open: i64,
    pub(crate) overdue: i64,
    pub(crate) total: i64,
}

/// Counts cases submitted from `from` to `to` (Beijing days, both included).
pub(crate) async fn count(
    conn: &mut PgConnection,
    scope: &str,
    from: Date,
    to: Date,
    now: Timestamp,
) -> sqlx::Result<Counts> {
    let from = to_chrono(time::start_of_day(from));
    let to = to_chrono(time::end_of_day(to));
    let by_state = sqlx::query_as(
        "select item, state, count(*) from casework.case_file
          where division like $1 || '%' and submitted_at >= $2 and submitted_at < $3
          group by item, state order by count(*) desc",
    )
    .bind(scope)
    .bind(from)
    .bind(to)
    .fetch_all(&mut *conn)
    .await?;
    let by_division = sqlx::query_as(
        "select township, count(*) from casework.case_file
          where division like $1 || '%' and submitted_at >= $2 and submitted_at < $3
          group by township order by count(*) desc, township limit 50",
    )
    .bind(scope)
    .bind(from)
    .bind(to)
    .fetch_all(&mut *conn)
    .await?;
    let by_day = sqlx::query_as(
        "select to_char(submitted_at at time zone 'Asia/Shanghai', 'YYYY-MM-DD'), count(*)
           from casework.case_file
          where division like $1 || '%' and submitted_at >= $2 and submitted_at < $3
          group by 1 order by 1",
    )
    .bind(scope)
    .bind(from)
    .bind(to)
    .fetch_all(&mut *conn)
    .await?;
    let (open, overdue, total) = sqlx::query_as(
        "select count(*) filter (where not closed),
                count(*) filter (where not closed and due_at <= $4),
                count(*)
           from casework.case_file
          where division like $1 || '%' and submitted_at >= $2 and submitted_at < $3",
    )
    .bind(scope)
    .bind(from)
    .bind(to)
    .bind(to_chrono(now))
    .fetch_one(conn)
    .await?;
    Ok(Counts {
        by_state,
        by_division,
        by_day,
        open,
        overdue,
        total,
    })
}
