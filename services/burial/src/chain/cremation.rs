//! Cremations: one for each body, one body at a time in each furnace (rules B5.1).

use chrono::{DateTime, Utc};
use jiff::Timestamp;
use sqlx::PgConnection;
use uuid::Uuid;
use yiwang_casework::ApplyError;
use yiwang_chassis::db::{from_chrono, to_chrono};

use super::{refuse, violates};
use crate::deaths::alarm;

/// A body that was cremated.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cremated {
    /// Tag of the body.
    pub body: String,
    /// Person key; none for the nameless.
    pub person: Option<String>,
    /// Number of the certificate, once there is one.
    pub certificate: Option<String>,
    /// When it ended.
    pub ended_at: Timestamp,
    /// Six digits.
    pub county: String,
}

type Row = (
    String,
    Option<String>,
    Option<String>,
    DateTime<Utc>,
    String,
);

fn cremated((body, person, certificate, ended_at, county): Row) -> Cremated {
    Cremated {
        body,
        person,
        certificate,
        ended_at: from_chrono(ended_at),
        county,
    }
}

/// The cremation of a person, once it has ended.
///
/// # Errors
/// The database does not answer.
pub async fn of_person(conn: &mut PgConnection, person: &str) -> sqlx::Result<Option<Cremated>> {
    find(conn, Some(person), None).await
}

/// The cremation that a certificate proves.
///
/// # Errors
/// The database does not answer.
pub async fn by_certificate(
    conn: &mut PgConnection,
    number: &str,
) -> sqlx::Result<Option<Cremated>> {
    find(conn, None, Some(number.trim())).await
}

async fn find(
    conn: &mut PgConnection,
    person: Option<&str>,
    certificate: Option<&str>,
) -> sqlx::Result<Option<Cremated>> {
    let row: Option<Row> = sqlx::query_as(
        "select body, person_key, certificate, ended_at, county from burial.cremation
          where (person_key = $1 or certificate = $2) and ended_at is not null",
    )
    .bind(person)
    .bind(certificate)
    .fetch_optional(conn)
    .await?;
    Ok(row.map(cremated))
}

/// Whether a body or its person is or was in a furnace.
///
/// # Errors
/// The database does not answer.
pub async fn begun(
    conn: &mut PgConnection,
    tag: Option<&str>,
    person: Option<&str>,
) -> sqlx::Result<bool> {
    sqlx::query_scalar(
        "select exists (select from burial.cremation where body = $1 or person_key = $2)",
    )
    .bind(tag)
    .bind(person)
    .fetch_one(conn)
    .await
}

/// A cremation to begin.
#[derive(Debug, Clone, Copy)]
pub struct Start<'a> {
    /// Tag.
    pub tag: &'a str,
    /// Furnace.
    pub furnace: Uuid,
    /// Account of who operates it.
    pub operator: Uuid,
    /// Person key; none for the nameless.
    pub person: Option<&'a str>,
    /// Six digits.
    pub county: &'a str,
}

/// Begins a cremation. The constraints have the last word.
///
/// # Errors
/// `ALREADY_CREMATED`, `FURNACE_BUSY`.
pub async fn start(
    conn: &mut PgConnection,
    start: Start<'_>,
    now: Timestamp,
) -> Result<(), ApplyError> {
    let inserted = sqlx::query(
        "insert into burial.cremation (body, furnace, operator, started_at, person_key, county)
         values ($1, $2, $3, $4, $5, $6)",
    )
    .bind(start.tag)
    .bind(start.furnace)
    .bind(start.operator)
    .bind(to_chrono(now))
    .bind(start.person)
    .bind(start.county)
    .execute(conn)
    .await;
    match inserted {
        Ok(_) => Ok(()),
        Err(error) if violates(&error, "one_body_per_furnace") => Err(refuse(
            "FURNACE_BUSY",
            "这台火化炉里还有一具遗体没有登记火化完成，请先登记完成，再开始下一具。",
        )),
        Err(error) if violates(&error, "one_cremation") || violates(&error, "cremation_pkey") => {
            Err(refuse(
                "ALREADY_CREMATED",
                crate::domain::funeral::papers::TWICE,
            ))
        }
        Err(error) => Err(error.into()),
    }
}

/// Ends it.
///
/// # Errors
/// The database does not answer.
pub async fn end(conn: &mut PgConnection, tag: &str, now: Timestamp) -> sqlx::Result<()> {
    sqlx::query("update burial.cremation set ended_at = $2 where body = $1 and ended_at is null")
        .bind(tag)
        .bind(to_chrono(now))
        .execute(conn)
        .await?;
    Ok(())
}

/// Takes its certificate away: no grave is given on it.
///
/// # Errors
/// The database does not answer.
pub async fn uncertify(conn: &mut PgConnection, tag: &str) -> sqlx::Result<()> {
    sqlx::query("update burial.cremation set certificate = null where body = $1")
        .bind(tag)
        .execute(conn)
        .await?;
    Ok(())
}

/// Gives it its certificate, the first or another instead of it. A certificate without a valid
/// death behind it is an alarm for the county.
///
/// # Errors
/// The database does not answer.
pub async fn certify(
    conn: &mut PgConnection,
    tag: &str,
    number: &str,
    now: Timestamp,
) -> sqlx::Result<()> {
    let row: Option<(Option<String>, String, Option<String>)> = sqlx::query_as(
        "update burial.cremation set certificate = $2, certified_at = $3 where body = $1
         returning person_key, county,
             (select number_key from burial.death_use join burial.body using (case_number)
               where used_for = 'funeral' and tag = $1 order by used_at desc limit 1)",
    )
    .bind(tag)
    .bind(number)
    .bind(to_chrono(now))
    .fetch_optional(&mut *conn)
    .await?;
    if let Some((person, county, death)) = row {
        let cremation = alarm::Cremation {
            body: tag,
            person: person.as_deref(),
            death: death.as_deref(),
            certificate: number,
            county: &county,
        };
        alarm::check_cremation(conn, cremation, now).await?;
    }
    Ok(())
}
