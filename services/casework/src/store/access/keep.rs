//! Keeps requests for access, decisions on them, and what they grant.

use jiff::Timestamp;
use sqlx::PgConnection;
use uuid::Uuid;
use yiwang_chassis::db::to_chrono;

use crate::store::case::CaseFile;

/// A request to be kept.
pub(crate) struct NewRequest<'a> {
    pub(crate) id: Uuid,
    pub(crate) break_glass: bool,
    pub(crate) number: &'a str,
    pub(crate) file: Option<&'a CaseFile>,
    pub(crate) requester: Uuid,
    pub(crate) requester_name: &'a str,
    pub(crate) requester_office: &'a str,
    pub(crate) reason: &'a [u8],
    pub(crate) asked_at: Timestamp,
    pub(crate) due_at: Timestamp,
}

/// Keeps a request.
pub(crate) async fn insert(conn: &mut PgConnection, new: &NewRequest<'_>) -> sqlx::Result<()> {
    sqlx::query(
        "insert into casework.access_request
           (id, break_glass, number, case_id, item, division, requester, requester_name,
            requester_office, reason, asked_at, due_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)",
    )
    .bind(new.id)
    .bind(new.break_glass)
    .bind(new.number)
    .bind(new.file.map(|file| file.id))
    .bind(new.file.map(|file| &file.item))
    .bind(new.file.map(|file| &file.division))
    .bind(new.requester)
    .bind(new.requester_name)
    .bind(new.requester_office)
    .bind(new.reason)
    .bind(to_chrono(new.asked_at))
    .bind(to_chrono(new.due_at))
    .execute(conn)
    .await?;
    Ok(())
}

/// What another officer decided about a locked request.
pub(crate) struct Decided<'a> {
    pub(crate) id: Uuid,
    pub(crate) agreed: bool,
    pub(crate) by: Uuid,
    pub(crate) name: &'a str,
    pub(crate) reason: &'a [u8],
    pub(crate) at: Timestamp,
}

/// Keeps a decision.
pub(crate) async fn decide(conn: &mut PgConnection, decided: &Decided<'_>) -> sqlx::Result<()> {
    sqlx::query(
        "update casework.access_request
            set agreed = $2, decided_at = $3, decided_by = $4, decided_name = $5,
                decision_reason = $6
          where id = $1",
    )
    .bind(decided.id)
    .bind(decided.agreed)
    .bind(to_chrono(decided.at))
    .bind(decided.by)
    .bind(decided.name)
    .bind(decided.reason)
    .execute(conn)
    .await?;
    Ok(())
}

/// Lets an account look at a case until then; shortens what it had by the same request.
pub(crate) async fn grant(
    conn: &mut PgConnection,
    request: Uuid,
    (case, account): (Uuid, Uuid),
    until: Timestamp,
) -> sqlx::Result<()> {
    sqlx::query(
        "insert into casework.access_grant as known (request_id, case_id, account, until)
         values ($1, $2, $3, $4)
         on conflict (request_id) do update set until = least(known.until, excluded.until)",
    )
    .bind(request)
    .bind(case)
    .bind(account)
    .bind(to_chrono(until))
    .execute(conn)
    .await?;
    Ok(())
}
