//! The file of a nameless or unclaimed body, kept for ever (rules F11).

use jiff::Timestamp;
use sqlx::{FromRow, PgConnection};
use yiwang_casework::ApplyError;
use yiwang_chassis::db::to_chrono;

use super::{refuse, violates};
use crate::domain::funeral::world::Unclaimed;

/// A file.
#[derive(Debug, Clone, FromRow)]
pub struct File {
    /// The home's own funeral for it.
    pub funeral: Option<String>,
    /// Person key, once known.
    pub person_key: Option<String>,
    /// Tag of the body, once taken in.
    pub tag: Option<String>,
    /// Number of the urn.
    pub urn: Option<String>,
    /// Where the urn is.
    pub disposition: Option<String>,
}

/// Opens a file.
///
/// # Errors
/// The database does not answer.
pub async fn open(conn: &mut PgConnection, case: &str, facility: &str) -> sqlx::Result<()> {
    sqlx::query("insert into burial.unclaimed (case_number, facility) values ($1, $2)")
        .bind(case)
        .bind(facility)
        .execute(conn)
        .await?;
    Ok(())
}

/// What a funeral must know of it.
///
/// # Errors
/// The database does not answer.
pub async fn known(conn: &mut PgConnection, case: &str) -> sqlx::Result<Option<Unclaimed>> {
    let row: Option<(bool, Option<String>, bool)> = sqlx::query_as(
        "select allowed_at is not null, funeral,
                claimed_at is not null or identified_at is not null
           from burial.unclaimed where case_number = $1",
    )
    .bind(case)
    .fetch_optional(conn)
    .await?;
    Ok(row.map(|(allowed, funeral, family)| Unclaimed {
        allowed,
        family,
        funeral: funeral.unwrap_or_default(),
    }))
}

/// The file with its body and urn.
///
/// # Errors
/// The database does not answer.
pub async fn find(conn: &mut PgConnection, case: &str) -> sqlx::Result<Option<File>> {
    sqlx::query_as(
        "select funeral, unclaimed.person_key, body.tag, urn.number as urn, urn.disposition
           from burial.unclaimed
           left join burial.body on body.case_number = unclaimed.funeral
           left join burial.urn on urn.body = body.tag
          where unclaimed.case_number = $1 for update of unclaimed",
    )
    .bind(case)
    .fetch_optional(conn)
    .await
}

/// The home's own funeral for it; there is one.
///
/// # Errors
/// `UNCLAIMED_KNOWN`.
pub async fn link(conn: &mut PgConnection, case: &str, funeral: &str) -> Result<(), ApplyError> {
    let linked = sqlx::query(
        "update burial.unclaimed set funeral = $2 where case_number = $1 and funeral is null",
    )
    .bind(case)
    .bind(funeral)
    .execute(conn)
    .await?;
    if linked.rows_affected() == 1 {
        return Ok(());
    }
    Err(refuse(
        "UNCLAIMED_KNOWN",
        "这具无人认领遗体已经有治丧办件，请打开原来的办件。",
    ))
}

/// Fingerprints and DNA are taken; no two bodies have one sample.
///
/// # Errors
/// `SAMPLE_KNOWN`.
pub async fn sample(conn: &mut PgConnection, case: &str, sample: &str) -> Result<(), ApplyError> {
    let kept = sqlx::query("update burial.unclaimed set dna_sample = $2 where case_number = $1")
        .bind(case)
        .bind(sample)
        .execute(conn)
        .await;
    match kept {
        Ok(_) => Ok(()),
        Err(error) if violates(&error, "unclaimed_dna_sample_key") => {
            let message = "这个DNA样本编号已经用于另一具遗体，请核对采样袋。";
            Err(refuse("SAMPLE_KNOWN", message))
        }
        Err(error) => Err(error.into()),
    }
}

/// 不需要继续保留.
///
/// # Errors
/// The database does not answer.
pub async fn allow(conn: &mut PgConnection, case: &str, now: Timestamp) -> sqlx::Result<()> {
    sqlx::query("update burial.unclaimed set allowed_at = $2 where case_number = $1")
        .bind(case)
        .bind(to_chrono(now))
        .execute(conn)
        .await?;
    Ok(())
}

/// A family has come.
///
/// # Errors
/// The database does not answer.
pub async fn claimed(conn: &mut PgConnection, case: &str, now: Timestamp) -> sqlx::Result<()> {
    sqlx::query("update burial.unclaimed set claimed_at = $2 where case_number = $1")
        .bind(case)
        .bind(to_chrono(now))
        .execute(conn)
        .await?;
    Ok(())
}

/// There is a name now.
///
/// # Errors
/// The database does not answer.
pub async fn name(
    conn: &mut PgConnection,
    case: &str,
    person: &str,
    now: Timestamp,
) -> sqlx::Result<()> {
    sqlx::query(
        "update burial.unclaimed set person_key = $2, identified_at = $3 where case_number = $1",
    )
    .bind(case)
    .bind(person)
    .bind(to_chrono(now))
    .execute(conn)
    .await?;
    Ok(())
}
