//! Rows of `gateway.session`.

use chrono::{DateTime, Utc};
use jiff::{SignedDuration, Timestamp};
use sqlx::{FromRow, PgConnection, PgPool, types::Json};
use uuid::Uuid;
use yiwang_chassis::{
    db::{from_chrono, to_chrono},
    fault::Fault,
    identity::{Grant, Role},
};

use super::{SessionInfo, SignedIn};
use crate::crypto::{Column, Vault};

/// A running session with its account.
#[derive(FromRow)]
pub(super) struct Found {
    session: Uuid,
    last_seen_at: DateTime<Utc>,
    account: Uuid,
    name_sealed: Vec<u8>,
    person_key: Option<String>,
    grants: Json<Vec<(String, String)>>,
}

/// To be inserted.
pub(super) struct NewSession<'a> {
    pub(super) id: Uuid,
    pub(super) account: Uuid,
    /// Hash of the cookie; absent for an API session.
    pub(super) token_hash: Option<Vec<u8>>,
    pub(super) device: &'a str,
    pub(super) now: Timestamp,
    pub(super) idle_seconds: i32,
    pub(super) expires_at: Timestamp,
}

/// No more than one write per session in this time.
const TOUCH_EVERY: SignedDuration = SignedDuration::from_secs(30);

/// Grants are read with every request: a change takes effect at once.
macro_rules! running {
    ($by:literal) => {
        concat!(
            "select s.id as session, s.last_seen_at, a.id as account, a.name_sealed, a.person_key,
                    coalesce((select jsonb_agg(jsonb_build_array(g.role, g.division))
                              from gateway.account_grant g where g.account = a.id), '[]') as grants
             from gateway.session s join gateway.account a on a.id = s.account
             where ",
            $by,
            " and s.revoked_at is null and a.disabled_at is null and s.expires_at > $2
              and s.last_seen_at > $2 - make_interval(secs => s.idle_seconds)"
        )
    };
}

pub(super) async fn by_token(
    pool: &PgPool,
    hash: &[u8],
    now: Timestamp,
) -> sqlx::Result<Option<Found>> {
    sqlx::query_as(running!("s.token_hash = $1"))
        .bind(hash)
        .bind(to_chrono(now))
        .fetch_optional(pool)
        .await
}

pub(super) async fn by_id(
    pool: &PgPool,
    session: Uuid,
    now: Timestamp,
) -> sqlx::Result<Option<Found>> {
    sqlx::query_as(running!("s.kind = 'api' and s.id = $1"))
        .bind(session)
        .bind(to_chrono(now))
        .fetch_optional(pool)
        .await
}

pub(super) async fn touch(pool: &PgPool, found: &Found, now: Timestamp) -> sqlx::Result<()> {
    if now.duration_since(from_chrono(found.last_seen_at)) < TOUCH_EVERY {
        return Ok(());
    }
    sqlx::query(
        "update gateway.session set last_seen_at = greatest(last_seen_at, $2) where id = $1",
    )
    .bind(found.session)
    .bind(to_chrono(now))
    .execute(pool)
    .await?;
    Ok(())
}

impl Found {
    pub(super) fn into_signed_in(self, vault: &Vault, csrf: String) -> Result<SignedIn, Fault> {
        let name = vault.open_text(Column::Name, self.account, &self.name_sealed)?;
        // A role of a newer version means nothing to this one.
        let known = self.grants.0.into_iter().filter_map(|(role, division)| {
            role.parse::<Role>()
                .ok()
                .map(|role| Grant { role, division })
        });
        Ok(SignedIn {
            account: self.account,
            name,
            person: self.person_key,
            grants: known.collect(),
            session: self.session,
            csrf,
        })
    }
}

pub(super) async fn insert(conn: &mut PgConnection, new: &NewSession<'_>) -> sqlx::Result<()> {
    let kind = if new.token_hash.is_some() {
        "browser"
    } else {
        "api"
    };
    sqlx::query(
        "insert into gateway.session
             (id, account, kind, token_hash, device, created_at, last_seen_at, idle_seconds, expires_at)
         values ($1, $2, $3, $4, $5, $6, $6, $7, $8)",
    )
    .bind(new.id)
    .bind(new.account)
    .bind(kind)
    .bind(&new.token_hash)
    .bind(new.device)
    .bind(to_chrono(new.now))
    .bind(new.idle_seconds)
    .bind(to_chrono(new.expires_at))
    .execute(conn)
    .await?;
    Ok(())
}

pub(super) async fn list(
    pool: &PgPool,
    who: &SignedIn,
    now: Timestamp,
) -> sqlx::Result<Vec<SessionInfo>> {
    #[derive(FromRow)]
    struct Row {
        id: Uuid,
        device: String,
        created_at: DateTime<Utc>,
        last_seen_at: DateTime<Utc>,
    }
    let rows: Vec<Row> = sqlx::query_as(
        "select id, device, created_at, last_seen_at from gateway.session
         where account = $1 and revoked_at is null and expires_at > $2
           and last_seen_at > $2 - make_interval(secs => idle_seconds)
         order by id desc limit 100",
    )
    .bind(who.account)
    .bind(to_chrono(now))
    .fetch_all(pool)
    .await?;
    let info = |row: Row| SessionInfo {
        id: row.id,
        device: row.device,
        created_at: from_chrono(row.created_at),
        last_seen_at: from_chrono(row.last_seen_at),
        current: row.id == who.session,
    };
    Ok(rows.into_iter().map(info).collect())
}

/// Ends one session of `account`; false when there was nothing to end.
pub(super) async fn end(
    conn: &mut PgConnection,
    account: Uuid,
    session: Uuid,
    reason: &str,
    now: Timestamp,
) -> sqlx::Result<bool> {
    let done = sqlx::query(
        "update gateway.session set revoked_at = $3, revoked_reason = $4
         where id = $1 and account = $2 and revoked_at is null",
    )
    .bind(session)
    .bind(account)
    .bind(to_chrono(now))
    .bind(reason)
    .execute(conn)
    .await?;
    Ok(done.rows_affected() > 0)
}

/// Ends all sessions of `account` but `keep`.
pub(crate) async fn end_all(
    conn: &mut PgConnection,
    account: Uuid,
    keep: Option<Uuid>,
    reason: &str,
    now: Timestamp,
) -> sqlx::Result<u64> {
    let done = sqlx::query(
        "update gateway.session set revoked_at = $3, revoked_reason = $4
         where account = $1 and revoked_at is null and id is distinct from $2",
    )
    .bind(account)
    .bind(keep)
    .bind(to_chrono(now))
    .bind(reason)
    .execute(conn)
    .await?;
    Ok(done.rows_affected())
}

/// Removes what ended more than 30 days ago; the audit log keeps who signed in when.
pub(crate) async fn sweep(pool: &PgPool, now: Timestamp) -> sqlx::Result<()> {
    let month_ago = to_chrono(now) - chrono::TimeDelta::days(30);
    sqlx::query("delete from gateway.session where expires_at < $1")
        .bind(month_ago)
        .execute(pool)
        .await?;
    sqlx::query("delete from gateway.sign_in_ticket where expires_at < $1")
        .bind(to_chrono(now))
        .execute(pool)
        .await?;
    sqlx::query(
        "delete from gateway.sign_in_guard
         where window_from < $1 and (locked_until is null or locked_until < $2)",
    )
    .bind(to_chrono(now) - chrono::TimeDelta::days(1))
    .bind(to_chrono(now))
    .execute(pool)
    .await?;
    Ok(())
}
