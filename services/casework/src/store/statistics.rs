//! Counts for officers, within their regions.

use jiff::{Timestamp, civil::Date};
use sqlx::PgConnection;
use yiwang_chassis::db::to_chrono;
use yiwang_civic::time;

use crate::access::reach::{Reach, stands};

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

/// Of which cases: the region and the days, and what the caller reaches.
macro_rules! counted {
    ($select:literal, $group:literal) => {
        concat!(
            "select ",
            $select,
            " from casework.case_file
               where division like $8 || '%' and submitted_at >= $9 and submitted_at < $10 and ",
            stands!(),
            $group
        )
    };
}

/// Counts cases submitted from `from` to `to` (Beijing days, both included).
pub(crate) async fn count(
    conn: &mut PgConnection,
    reach: &Reach,
    scope: &str,
    (from, to): (Date, Date),
    now: Timestamp,
) -> sqlx::Result<Counts> {
    let from = to_chrono(time::start_of_day(from));
    let to = to_chrono(time::end_of_day(to));
    let sql = counted!(
        "item, state, count(*)",
        " group by item, state order by count(*) desc"
    );
    let by_state = sqlx::query_as_with(sql, reach.arguments()?)
        .bind(scope)
        .bind(from)
        .bind(to)
        .fetch_all(&mut *conn)
        .await?;
    let sql = counted!(
        "township, count(*)",
        " group by township order by count(*) desc, township limit 50"
    );
    let by_division = sqlx::query_as_with(sql, reach.arguments()?)
        .bind(scope)
        .bind(from)
        .bind(to)
        .fetch_all(&mut *conn)
        .await?;
    let sql = counted!(
        "to_char(submitted_at at time zone 'Asia/Shanghai', 'YYYY-MM-DD'), count(*)",
        " group by 1 order by 1"
    );
    let by_day = sqlx::query_as_with(sql, reach.arguments()?)
        .bind(scope)
        .bind(from)
        .bind(to)
        .fetch_all(&mut *conn)
        .await?;
    let sql = counted!(
        "count(*) filter (where not closed),
         count(*) filter (where not closed and due_at <= $11),
         count(*)",
        ""
    );
    let (open, overdue, total) = sqlx::query_as_with(sql, reach.arguments()?)
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
