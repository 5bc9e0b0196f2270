//! Requests to take a death back, in their table: asked for by officers or by the health
//! department, done when the certificate is voided.

use jiff::Timestamp;
use sqlx::PgConnection;
use uuid::Uuid;
use yiwang_chassis::{db::to_chrono, ids};

/// A request to take a death back; one is open at a time.
pub(super) struct Asked<'a> {
    pub(super) key: &'a str,
    pub(super) account: Option<Uuid>,
    pub(super) by: &'a str,
    pub(super) reason: &'a str,
}

/// The health department voided a certificate: an approver decides. False when it is asked
/// already.
pub(super) async fn ask_by_health(
    conn: &mut PgConnection,
    number_key: &str,
    (by, reason): (&str, &str),
    now: Timestamp,
) -> sqlx::Result<bool> {
    let asked = Asked {
        key: number_key,
        account: None,
        by,
        reason,
    };
    Ok(insert(conn, asked, now).await?.is_some())
}

/// The certificate was voided in its case: what was asked is done.
pub(super) async fn done(
    conn: &mut PgConnection,
    number_key: &str,
    (account, name, reason): (Uuid, &str, &str),
    now: Timestamp,
) -> sqlx::Result<()> {
    sqlx::query(
        "update burial.death_revocation
            set decided_account = nullif($2, asked_account), decided_by = $3, decided_at = $4,
                agreed = true, decision_reason = $5
          where number_key = $1 and decided_at is null",
    )
    .bind(number_key)
    .bind(account)
    .bind(name)
    .bind(to_chrono(now))
    .bind(reason)
    .execute(conn)
    .await?;
    Ok(())
}

/// Asks; none when somebody has asked already.
pub(super) async fn insert(
    conn: &mut PgConnection,
    asked: Asked<'_>,
    now: Timestamp,
) -> sqlx::Result<Option<Uuid>> {
    let id = ids::new(now);
    let done = sqlx::query(
        "insert into burial.death_revocation
             (id, number_key, reason, asked_account, asked_by, asked_at)
         values ($1, $2, $3, $4, $5, $6) on conflict do nothing",
    )
    .bind(id)
    .bind(asked.key)
    .bind(asked.reason)
    .bind(asked.account)
    .bind(asked.by)
    .bind(to_chrono(now))
    .execute(conn)
    .await?;
    Ok((done.rows_affected() == 1).then_some(id))
}
