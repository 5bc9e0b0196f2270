//! Calls to other departments as rows: made after the commit, leased, repeated.
//!
//! `attempts` is the fencing token: who took an errand earlier cannot finish it
//! after somebody else took it again.

use jiff::Timestamp;
use sqlx::PgConnection;
use uuid::Uuid;
use yiwang_chassis::db::to_chrono;

/// An errand taken for one attempt.
#[derive(Debug, Clone)]
pub(crate) struct Taken {
    pub(crate) key: String,
    pub(crate) case_id: Uuid,
    pub(crate) kind: String,
    pub(crate) payload: Vec<u8>,
    pub(crate) attempts: i32,
}

/// Adds an errand; one with the same key is already on its way.
pub(crate) async fn add(
    conn: &mut PgConnection,
    case: Uuid,
    kind: &str,
    key: &str,
    payload: &[u8],
    wall: Timestamp,
) -> sqlx::Result<()> {
    sqlx::query(
        "insert into casework.errand (key, case_id, kind, payload, next_at)
         values ($1, $2, $3, $4, $5) on conflict (key) do nothing",
    )
    .bind(key)
    .bind(case)
    .bind(kind)
    .bind(payload)
    .bind(to_chrono(wall))
    .execute(conn)
    .await?;
    Ok(())
}

/// Takes the next errand until `lease_until` (wall clock).
pub(crate) async fn take(
    conn: &mut PgConnection,
    wall: Timestamp,
    lease_until: Timestamp,
) -> sqlx::Result<Option<Taken>> {
    let row: Option<(String, Uuid, String, Vec<u8>, i32)> = sqlx::query_as(
        r"
        update casework.errand e
           set lease_until = $2, attempts = attempts + 1
         where key = (select key from casework.errand
                       where done_at is null and next_at <= $1
                         and (lease_until is null or lease_until <= $1)
                       order by next_at limit 1
                         for update skip locked)
        returning key, case_id, kind, payload, attempts
        ",
    )
    .bind(to_chrono(wall))
    .bind(to_chrono(lease_until))
    .fetch_optional(conn)
    .await?;
    Ok(row.map(|(key, case_id, kind, payload, attempts)| Taken {
        key,
        case_id,
        kind,
        payload,
        attempts,
    }))
}

/// Counts errands that went wrong again and again: ten attempts take some seven minutes.
pub(crate) async fn failing(conn: &mut PgConnection) -> sqlx::Result<i64> {
    sqlx::query_scalar(
        "select count(*) from casework.errand
          where done_at is null and attempts >= 10 and last_error is not null",
    )
    .fetch_one(conn)
    .await
}

/// Finishes an errand in the transaction that stores its effect. False when it
/// was finished or taken again meanwhile: the effect must not be stored.
pub(crate) async fn finish(
    conn: &mut PgConnection,
    taken: &Taken,
    wall: Timestamp,
) -> sqlx::Result<bool> {
    let done = sqlx::query(
        "update casework.errand set done_at = $3, lease_until = null, last_error = null
          where key = $1 and attempts = $2 and done_at is null",
    )
    .bind(&taken.key)
    .bind(taken.attempts)
    .bind(to_chrono(wall))
    .execute(conn)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Gives an errand back to be tried again at `next_at`.
pub(crate) async fn give_back(
    conn: &mut PgConnection,
    taken: &Taken,
    next_at: Timestamp,
    error: Option<&str>,
) -> sqlx::Result<()> {
    sqlx::query(
        "update casework.errand set next_at = $3, lease_until = null, last_error = $4
          where key = $1 and attempts = $2 and done_at is null",
    )
    .bind(&taken.key)
    .bind(taken.attempts)
    .bind(to_chrono(next_at))
    .bind(error)
    .execute(conn)
    .await?;
    Ok(())
}

/// A callback says the answer is ready: ask for it now.
pub(crate) async fn hurry(conn: &mut PgConnection, key: &str, wall: Timestamp) -> sqlx::Result<()> {
    sqlx::query("update casework.errand set next_at = $2 where key = $1 and done_at is null")
        .bind(key)
        .bind(to_chrono(wall))
        .execute(conn)
        .await?;
    Ok(())
}
