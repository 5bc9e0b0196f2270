//! Who looked at closed cases in a month, as counts.

use jiff::Timestamp;
use sqlx::PgConnection;
use yiwang_chassis::db::to_chrono;

/// Reads of one item on one ground.
#[derive(Debug, Clone, sqlx::FromRow)]
pub(crate) struct Reads {
    pub(crate) item: String,
    pub(crate) ground: String,
    pub(crate) reads: i64,
    pub(crate) officers: i64,
    pub(crate) cases: i64,
}

/// What was asked about one item.
#[derive(Debug, Clone, sqlx::FromRow)]
pub(crate) struct Asked {
    pub(crate) item: String,
    pub(crate) requested: i64,
    pub(crate) approved: i64,
    pub(crate) refused: i64,
    pub(crate) break_glass: i64,
    pub(crate) in_time: i64,
    pub(crate) late: i64,
    pub(crate) not_reviewed: i64,
    pub(crate) unjustified: i64,
}

/// Reads from one instant to another, in one region.
pub(crate) async fn reads(
    conn: &mut PgConnection,
    scope: &str,
    (from, to): (Timestamp, Timestamp),
) -> sqlx::Result<Vec<Reads>> {
    sqlx::query_as(
        "select item, ground, count(*) as reads, count(distinct account) as officers,
                count(distinct case_id) as cases
           from casework.access_read
          where at >= $2 and at < $3 and division like $1 || '%'
          group by item, ground order by item, ground",
    )
    .bind(scope)
    .bind(to_chrono(from))
    .bind(to_chrono(to))
    .fetch_all(conn)
    .await
}

/// What was asked from one instant to another, in one region, as it stands now.
pub(crate) async fn asked(
    conn: &mut PgConnection,
    scope: &str,
    (from, to): (Timestamp, Timestamp),
    now: Timestamp,
) -> sqlx::Result<Vec<Asked>> {
    sqlx::query_as(
        "select item,
                count(*) filter (where not break_glass) as requested,
                count(*) filter (where not break_glass and agreed) as approved,
                count(*) filter (where not break_glass and not agreed) as refused,
                count(*) filter (where break_glass) as break_glass,
                count(*) filter (where break_glass and decided_at <= due_at) as in_time,
                count(*) filter (where break_glass and decided_at > due_at) as late,
                count(*) filter (where break_glass and agreed is null and due_at <= $4)
                  as not_reviewed,
                count(*) filter (where break_glass and not agreed) as unjustified
           from casework.access_request
          where case_id is not null and asked_at >= $2 and asked_at < $3
            and division like $1 || '%'
          group by item order by item",
    )
    .bind(scope)
    .bind(to_chrono(from))
    .bind(to_chrono(to))
    .bind(to_chrono(now))
    .fetch_all(conn)
    .await
}
