//! Each use of a certificate once: a second funeral on one paper is no funeral.

use jiff::Timestamp;
use sqlx::PgConnection;
use yiwang_casework::{ApplyError, Runtime};
use yiwang_chassis::db::to_chrono;

use super::{refused, unknown, voided};
use crate::domain::death::UsedFor;

/// What a case used it for has come to an end; another case may use it.
///
/// # Errors
/// The database does not answer.
pub async fn end(
    conn: &mut PgConnection,
    used_for: UsedFor,
    case_number: &str,
) -> sqlx::Result<()> {
    sqlx::query("delete from burial.death_use where used_for = $1 and case_number = $2")
        .bind(used_for.code())
        .bind(case_number)
        .execute(conn)
        .await?;
    Ok(())
}

/// Takes the certificate of a person for a use, where the register has one.
///
/// # Errors
/// `DEATH_ALREADY_USED`.
pub async fn take_of_person(
    rt: &Runtime,
    conn: &mut PgConnection,
    person: &str,
    used_for: UsedFor,
    (by, case_number): (&str, &str),
    now: Timestamp,
) -> Result<(), ApplyError> {
    match super::read::of_person(rt, conn, person).await? {
        Some(death) => take(conn, &death.number_key, used_for, by, case_number, now).await,
        None => Ok(()),
    }
}

/// Takes the certificate for a use. The same case may take it again.
///
/// # Errors
/// `DEATH_UNKNOWN`, `DEATH_VOIDED`, `DEATH_ALREADY_USED`.
pub async fn take(
    conn: &mut PgConnection,
    number_key: &str,
    used_for: UsedFor,
    by: &str,
    case_number: &str,
    now: Timestamp,
) -> Result<(), ApplyError> {
    // Nobody may void it meanwhile.
    let state: Option<String> =
        sqlx::query_scalar("select state from burial.death where number_key = $1 for share")
            .bind(number_key)
            .fetch_optional(&mut *conn)
            .await?;
    match state.as_deref() {
        None => return Err(unknown()),
        Some("voided") => return Err(voided()),
        Some(_) => {}
    }
    let taken = sqlx::query(
        "insert into burial.death_use (number_key, used_for, used_at, used_by, case_number)
         values ($1, $2, $3, $4, $5) on conflict (number_key, used_for) do nothing",
    )
    .bind(number_key)
    .bind(used_for.code())
    .bind(to_chrono(now))
    .bind(by)
    .bind(case_number)
    .execute(&mut *conn)
    .await?;
    if taken.rows_affected() == 1 {
        return Ok(());
    }
    let (other, at): (String, chrono::DateTime<chrono::Utc>) = sqlx::query_as(
        "select case_number, used_at from burial.death_use
          where number_key = $1 and used_for = $2",
    )
    .bind(number_key)
    .bind(used_for.code())
    .fetch_one(conn)
    .await?;
    if !case_number.is_empty() && other == case_number {
        return Ok(());
    }
    let on = yiwang_civic::time::beijing_date(yiwang_chassis::db::from_chrono(at));
    let message = format!(
        "这份死亡证明已于{}用于{}，不能再用一次。",
        crate::domain::desk::day(on),
        used_for.label()
    );
    Err(refused("DEATH_ALREADY_USED", &message))
}
