//! The same key and the same body get the same answer; the same key with another
//! body is refused.
//!
//! [`begin`] inserts the key first thing in the business transaction. A second
//! call with the same key waits there until the first one has committed, and
//! then gets its answer; when the first one rolled back, the second does the work.

use std::time::Duration;

use jiff::Timestamp;
use sqlx::{PgConnection, PgPool};

use crate::{
    db,
    fault::{Code, Fault},
};

/// How long answers are kept; callers may rely on 24 hours.
pub const KEEP: Duration = Duration::from_secs(7 * 24 * 3600);

/// The longest key, in bytes.
pub const MAX_KEY: usize = 128;

/// What [`begin`] found.
#[derive(Debug, Clone, PartialEq, Eq)]
#[must_use]
pub enum Begin {
    /// The key is new: do the work, then call [`finish`] in the same transaction.
    Fresh,
    /// The work was done before; this was the answer.
    Replay(Vec<u8>),
}

/// Claims `key` of `scope` (an account and an operation) for a request with this hash.
///
/// # Errors
/// When the key is missing, malformed, or was used with another request.
pub async fn begin(
    conn: &mut PgConnection,
    scope: &str,
    key: &str,
    request_hash: &[u8; 32],
    now: Timestamp,
) -> Result<Begin, Fault> {
    check(key)?;
    let inserted = sqlx::query(
        "insert into chassis.idempotency (scope, key, request_hash, created_at)
         values ($1, $2, $3, $4)
         on conflict do nothing",
    )
    .bind(scope)
    .bind(key)
    .bind(request_hash.as_slice())
    .bind(db::to_chrono(now))
    .execute(&mut *conn)
    .await?
    .rows_affected();
    if inserted == 1 {
        return Ok(Begin::Fresh);
    }
    let (known_hash, response): (Vec<u8>, Option<Vec<u8>>) = sqlx::query_as(
        "select request_hash, response from chassis.idempotency where scope = $1 and key = $2",
    )
    .bind(scope)
    .bind(key)
    .fetch_one(conn)
    .await?;
    if known_hash != request_hash {
        return Err(Fault::of(Code::IdempotencyMismatch));
    }
    response
        .map(Begin::Replay)
        .ok_or_else(|| Fault::internal("a transaction committed an idempotency key unanswered"))
}

/// Stores the answer for repeats, in the transaction of [`begin`].
///
/// # Errors
/// When the database fails or the key was not begun.
pub async fn finish(
    conn: &mut PgConnection,
    scope: &str,
    key: &str,
    response: &[u8],
) -> Result<(), Fault> {
    let answered = sqlx::query(
        "update chassis.idempotency set response = $3
         where scope = $1 and key = $2 and response is null",
    )
    .bind(scope)
    .bind(key)
    .bind(response)
    .execute(conn)
    .await?
    .rows_affected();
    if answered == 1 {
        Ok(())
    } else {
        Err(Fault::internal("the idempotency key was not begun here"))
    }
}

/// Deletes answers older than `before` by the business clock; returns how many.
///
/// # Errors
/// When the database fails.
pub async fn purge(pool: &PgPool, before: Timestamp) -> sqlx::Result<u64> {
    let done = sqlx::query("delete from chassis.idempotency where created_at < $1")
        .bind(db::to_chrono(before))
        .execute(pool)
        .await?;
    Ok(done.rows_affected())
}

fn check(key: &str) -> Result<(), Fault> {
    if key.is_empty() {
        return Err(Fault::new(
            Code::InvalidInput,
            "IDEMPOTENCY_KEY_MISSING",
            "请求缺少 Idempotency-Key，请为每次提交生成一个新的编号。",
        ));
    }
    let well_formed = key.len() <= MAX_KEY && key.bytes().all(|byte| byte.is_ascii_graphic());
    if !well_formed {
        return Err(Fault::new(
            Code::InvalidInput,
            "IDEMPOTENCY_KEY_INVALID",
            "Idempotency-Key 只能由 1 至 128 个可见的英文字符组成。",
        ));
    }
    Ok(())
}
