//! What the other modules know of a death.

use std::collections::HashMap;

use jiff::{Timestamp, civil::Date};
use sqlx::{PgConnection, Row as _, postgres::PgRow};
use yiwang_casework::Runtime;
use yiwang_chassis::db::from_chrono;
use yiwang_civic::time;

use super::{body::Body, number, row::coded};
use crate::domain::death::{CauseClass, DeathState, Source, Use, UsedFor};

/// A death. No `Debug`: it would put people into logs.
#[derive(Clone)]
pub struct Death {
    /// Key of the certificate.
    pub number_key: String,
    /// Person key; none while nameless.
    pub person: Option<String>,
    /// Where the certificate stands.
    pub state: DeathState,
    /// Class of the cause.
    pub cause: CauseClass,
    /// Other clocks for the body.
    pub infectious: bool,
    /// Instant; midnight in Beijing when only the day is known.
    pub died_at: Timestamp,
    /// Whether the minute is known.
    pub minute_known: bool,
    /// Division of the place, 6 or 9 digits.
    pub place: String,
    /// Household registration, 6 or 9 digits; empty when unknown.
    pub household: String,
    /// GB/T 3304; empty when unknown.
    pub ethnicity: String,
    /// Name, opened.
    pub name: String,
    /// Who told us.
    pub source: Source,
    /// What others may call the record by.
    pub reference: String,
    /// Its uses.
    pub uses: Vec<Use>,
}

impl Death {
    /// Beijing date.
    #[must_use]
    pub fn died_on(&self) -> Date {
        time::beijing_date(self.died_at)
    }

    /// Whether it was used for this.
    #[must_use]
    pub fn used(&self, what: UsedFor) -> bool {
        self.uses.iter().any(|one| one.used_for == what)
    }
}

macro_rules! death_sql {
    ($condition:literal) => {
        concat!(
            "select number_key, person_key, state, source, cause_class, infectious, died_at,",
            " minute_known, place, household, ethnicity, reference, body from burial.death ",
            $condition
        )
    };
}

/// The certificate with this printed number; of a serial that came in several years the
/// latest, a valid one first.
///
/// # Errors
/// The database does not answer.
pub async fn by_number(
    rt: &Runtime,
    conn: &mut PgConnection,
    number: &str,
) -> sqlx::Result<Option<Death>> {
    let keys = number::keys(rt, number, time::beijing_date(rt.now()));
    let row = sqlx::query(death_sql!(
        "where number_key = any($1) order by state = 'voided', signed_on desc limit 1"
    ))
    .bind(keys)
    .fetch_optional(&mut *conn)
    .await?;
    one(rt, conn, row).await
}

/// The certificate under this key.
///
/// # Errors
/// The database does not answer.
pub async fn by_key(
    rt: &Runtime,
    conn: &mut PgConnection,
    number_key: &str,
) -> sqlx::Result<Option<Death>> {
    let row = sqlx::query(death_sql!("where number_key = $1"))
        .bind(number_key)
        .fetch_optional(&mut *conn)
        .await?;
    one(rt, conn, row).await
}

/// The person's death, unless it was voided.
///
/// # Errors
/// The database does not answer.
pub async fn of_person(
    rt: &Runtime,
    conn: &mut PgConnection,
    person_key: &str,
) -> sqlx::Result<Option<Death>> {
    let row = sqlx::query(death_sql!("where person_key = $1 and state <> 'voided'"))
        .bind(person_key)
        .fetch_optional(&mut *conn)
        .await?;
    one(rt, conn, row).await
}

async fn one(
    rt: &Runtime,
    conn: &mut PgConnection,
    row: Option<PgRow>,
) -> sqlx::Result<Option<Death>> {
    let Some(row) = row else { return Ok(None) };
    let key: String = row.try_get("number_key")?;
    let uses = uses(conn, std::slice::from_ref(&key)).await?;
    let uses = uses.into_values().next().unwrap_or_default();
    opened(rt, &row, key, uses).map(Some)
}

/// Uses of these certificates, by key.
pub(super) async fn uses(
    conn: &mut PgConnection,
    keys: &[String],
) -> sqlx::Result<HashMap<String, Vec<Use>>> {
    let rows = sqlx::query(
        "select number_key, used_for, used_at, used_by, case_number from burial.death_use
          where number_key = any($1) order by used_at, used_for",
    )
    .bind(keys)
    .fetch_all(conn)
    .await?;
    let mut found: HashMap<String, Vec<Use>> = HashMap::new();
    for row in rows {
        let used_for: String = row.try_get("used_for")?;
        let one = Use {
            used_for: coded(UsedFor::from_code(&used_for))?,
            at: from_chrono(row.try_get("used_at")?),
            by: row.try_get("used_by")?,
            case_number: row.try_get("case_number")?,
        };
        found
            .entry(row.try_get("number_key")?)
            .or_default()
            .push(one);
    }
    Ok(found)
}

fn opened(rt: &Runtime, row: &PgRow, key: String, uses: Vec<Use>) -> sqlx::Result<Death> {
    let text = |column: &str| row.try_get::<String, _>(column);
    let body = Body::open(rt, &key, row.try_get("body")?)
        .map_err(|fault| sqlx::Error::Decode(fault.into()))?;
    Ok(Death {
        person: row.try_get("person_key")?,
        state: coded(DeathState::from_code(&text("state")?))?,
        cause: coded(CauseClass::from_code(&text("cause_class")?))?,
        infectious: row.try_get("infectious")?,
        died_at: from_chrono(row.try_get("died_at")?),
        minute_known: row.try_get("minute_known")?,
        place: text("place")?,
        household: text("household")?,
        ethnicity: text("ethnicity")?,
        name: body.name,
        source: coded(Source::from_code(&text("source")?))?,
        reference: text("reference")?,
        uses,
        number_key: key,
    })
}
