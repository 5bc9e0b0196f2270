//! Search notices as they stand: published, renewed, withdrawn.
//!
//! An identification withdraws in its own transaction, so that nobody reads the notice of
//! somebody who is found.

use jiff::Timestamp;
use sqlx::{PgConnection, types::Json};
use uuid::Uuid;
use yiwang_casework::{ApplyError, Refusal};
use yiwang_chassis::{db::to_chrono, ids};

use super::photo;
use crate::domain::search::Public;

/// Publishes; one notice stands for a stay.
///
/// # Errors
/// `ALREADY_PUBLISHED`.
pub async fn publish(
    conn: &mut PgConnection,
    case_number: &str,
    county: &str,
    body: &Public,
    now: Timestamp,
) -> Result<(), ApplyError> {
    let inserted = sqlx::query(
        "insert into rescue.publication
           (id, case_number, county, state, published_at, refreshed_at, body, words, photo,
            photo_file)
         values ($1, $2, $3, 'published', $4, $4, $5, $6, $7, $8)
         on conflict (case_number) where state = 'published' do nothing",
    )
    .bind(ids::new(now))
    .bind(case_number)
    .bind(county)
    .bind(to_chrono(now))
    .bind(Json(body))
    .bind(body.words())
    .bind(photo::reference(body.photo.as_ref()))
    .bind(body.photo.as_ref().map(Json))
    .execute(conn)
    .await?;
    if inserted.rows_affected() == 1 {
        return Ok(());
    }
    let message = "寻亲公告已经发布了，要改内容请办理“更新寻亲公告”。";
    Err(refused("ALREADY_PUBLISHED", message))
}

/// Renews what stands.
///
/// # Errors
/// `NOT_PUBLISHED`.
pub async fn refresh(
    conn: &mut PgConnection,
    case_number: &str,
    body: &Public,
    now: Timestamp,
) -> Result<(), ApplyError> {
    let updated = sqlx::query(
        "update rescue.publication set refreshed_at = $2, body = $3, words = $4, photo = $5,
                photo_file = $6
          where case_number = $1 and state = 'published'",
    )
    .bind(case_number)
    .bind(to_chrono(now))
    .bind(Json(body))
    .bind(body.words())
    .bind(photo::reference(body.photo.as_ref()))
    .bind(body.photo.as_ref().map(Json))
    .execute(conn)
    .await?;
    if updated.rows_affected() == 1 {
        return Ok(());
    }
    let message = "现在没有发布着的寻亲公告，请先发布。";
    Err(refused("NOT_PUBLISHED", message))
}

/// Takes down what stands; nothing there is no error. Returns whether something stood.
///
/// # Errors
/// The database does not answer.
pub async fn withdraw(
    conn: &mut PgConnection,
    case_number: &str,
    by: &str,
    reason: &str,
    now: Timestamp,
) -> sqlx::Result<bool> {
    let done = sqlx::query(
        "update rescue.publication
            set state = 'withdrawn', withdrawn_at = $2, withdrawn_by = $3, reason = $4
          where case_number = $1 and state = 'published'",
    )
    .bind(case_number)
    .bind(to_chrono(now))
    .bind(by)
    .bind(reason)
    .execute(conn)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Id of the notice that stands.
///
/// # Errors
/// The database does not answer.
pub async fn standing(conn: &mut PgConnection, case_number: &str) -> sqlx::Result<Option<Uuid>> {
    sqlx::query_scalar(
        "select id from rescue.publication where case_number = $1 and state = 'published'",
    )
    .bind(case_number)
    .fetch_optional(conn)
    .await
}

fn refused(code: &'static str, message: &str) -> ApplyError {
    ApplyError::Refused(Refusal::new(code, message))
}
