//! Lock-out: five failures in a minute per login name and address lock that
//! pair for ten minutes; a hundred in a row lock the login name, for a day after
//! the last of them.
//!
//! An attempt is counted before the password is looked at, so that a thousand
//! parallel guesses count as a thousand. Names that do not exist are counted
//! alike: the answer tells nothing.

use std::net::IpAddr;

use chrono::{DateTime, Utc};
use jiff::Timestamp;
use sqlx::{FromRow, PgPool};
use yiwang_chassis::{
    db::to_chrono,
    fault::{Code, Fault},
};

use crate::{crypto::token_hash, security::rate};

/// Attempts in [`WINDOW_SECONDS`] before the lock.
const FAILURES: i32 = 5;
const WINDOW_SECONDS: f64 = 60.0;
const LOCK_SECONDS: f64 = 600.0;

/// NIST SP 800-63B: no more than this in a row.
const STREAK: i32 = 100;

/// A counted attempt, to be settled when its outcome is known.
pub(super) struct Attempt {
    login: Vec<u8>,
    address: Vec<u8>,
}

#[derive(FromRow)]
struct Counted {
    locked_until: Option<DateTime<Utc>>,
    consecutive: i32,
}

/// Counts an attempt.
///
/// # Errors
/// `SIGN_IN_LOCKED`, whatever the password is.
pub(super) async fn begin(
    pool: &PgPool,
    login: &str,
    address: IpAddr,
    now: Timestamp,
) -> Result<Attempt, Fault> {
    let attempt = Attempt {
        login: token_hash(login),
        address: token_hash(&format!("{login} {}", rate::key(address))),
    };
    let counted: Counted = sqlx::query_as(COUNT)
        .bind(&attempt.login)
        .bind(&attempt.address)
        .bind(to_chrono(now))
        .bind(FAILURES)
        .bind(WINDOW_SECONDS)
        .bind(LOCK_SECONDS)
        .fetch_one(pool)
        .await?;
    if counted.consecutive > STREAK {
        let message = "登录失败次数过多，账户已锁定，请持身份证到民政服务窗口解锁。";
        return Err(Fault::new(Code::RateLimited, "SIGN_IN_LOCKED", message));
    }
    if counted.locked_until.is_some() {
        let message = "登录失败次数过多，请 10 分钟后再试。";
        return Err(Fault::new(Code::RateLimited, "SIGN_IN_LOCKED", message));
    }
    Ok(attempt)
}

/// A locked pair does not lengthen its lock nor the streak.
const COUNT: &str = "
    with pair as (
        insert into gateway.sign_in_guard as g (login_hash, address_hash, failures, window_from)
        values ($1, $2, 1, $3)
        on conflict (login_hash, address_hash) do update set
            failures = case
                when g.locked_until > $3 then g.failures
                when g.window_from <= $3 - make_interval(secs => $5) then 1
                else g.failures + 1 end,
            window_from = case
                when g.locked_until > $3 then g.window_from
                when g.window_from <= $3 - make_interval(secs => $5) then $3
                else g.window_from end,
            locked_until = case
                when g.locked_until > $3 then g.locked_until
                when g.window_from > $3 - make_interval(secs => $5) and g.failures + 1 > $4
                    then $3 + make_interval(secs => $6)
                end
        returning locked_until
    ), streak as (
        insert into gateway.sign_in_streak as s (login_hash, consecutive, updated_at)
        select $1, 1, $3 from pair where locked_until is null
        on conflict (login_hash) do update set
            consecutive = case
                when s.updated_at <= $3 - interval '24 hours' then 1
                else least(s.consecutive + 1, 1000) end,
            updated_at = case when s.consecutive > 100 then s.updated_at else $3 end
        returning consecutive
    )
    select pair.locked_until, coalesce((select consecutive from streak), 0) as consecutive
    from pair";

/// Signed in: failures are forgotten.
pub(super) async fn forget(pool: &PgPool, attempt: &Attempt) -> sqlx::Result<()> {
    sqlx::query(
        "with pair as (
             delete from gateway.sign_in_guard where login_hash = $1 and address_hash = $2
         )
         delete from gateway.sign_in_streak where login_hash = $1",
    )
    .bind(&attempt.login)
    .bind(&attempt.address)
    .execute(pool)
    .await?;
    Ok(())
}

/// The password was right and more is asked for: the attempt was no failure.
pub(super) async fn take_back(pool: &PgPool, attempt: &Attempt) -> sqlx::Result<()> {
    sqlx::query(
        "with pair as (
             update gateway.sign_in_guard set failures = greatest(failures - 1, 0)
             where login_hash = $1 and address_hash = $2
         )
         update gateway.sign_in_streak set consecutive = greatest(consecutive - 1, 0)
         where login_hash = $1",
    )
    .bind(&attempt.login)
    .bind(&attempt.address)
    .execute(pool)
    .await?;
    Ok(())
}

/// Lifts every lock of a login name.
pub(super) async fn unlock(pool: &PgPool, login: &str) -> sqlx::Result<()> {
    sqlx::query(
        "with pair as (delete from gateway.sign_in_guard where login_hash = $1)
         delete from gateway.sign_in_streak where login_hash = $1",
    )
    .bind(token_hash(login))
    .execute(pool)
    .await?;
    Ok(())
}
