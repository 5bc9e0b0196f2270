//! A certificate as stored, and the one way it changes: a new version.

use jiff::{Timestamp, civil::Date};
use sqlx::{PgConnection, Row as _, postgres::PgRow};
use yiwang_casework::{ApplyError, Runtime};
use yiwang_chassis::db::{from_chrono, to_chrono, to_chrono_date};
use yiwang_civic::time;

use super::{By, body::Body, failed, known};
use crate::domain::death::{CauseClass, DeathState};

/// A locked certificate.
pub(super) struct Row {
    pub(super) key: String,
    pub(super) person: Option<String>,
    pub(super) state: DeathState,
    pub(super) cause: CauseClass,
    pub(super) infectious: bool,
    pub(super) died_at: Timestamp,
    pub(super) minute_known: bool,
    pub(super) place: String,
    pub(super) household: String,
    pub(super) ethnicity: String,
    pub(super) reference: String,
    pub(super) version: i64,
    pub(super) body: Body,
}

impl Row {
    pub(super) fn died_on(&self) -> Date {
        time::beijing_date(self.died_at)
    }

    /// Stores the row as its next version.
    pub(super) async fn save(
        &mut self,
        rt: &Runtime,
        conn: &mut PgConnection,
        by: By<'_>,
        reason: &str,
        now: Timestamp,
    ) -> Result<(), ApplyError> {
        self.version += 1;
        sqlx::query(
            "update burial.death
                set person_key = $2, state = $3, cause_class = $4, infectious = $5, died_at = $6,
                    minute_known = $7, place = $8, household = $9, ethnicity = $10,
                    reference = $11, body = $12, version = $13
              where number_key = $1",
        )
        .bind(&self.key)
        .bind(&self.person)
        .bind(self.state.code())
        .bind(self.cause.code())
        .bind(self.infectious)
        .bind(to_chrono(self.died_at))
        .bind(self.minute_known)
        .bind(&self.place)
        .bind(&self.household)
        .bind(&self.ethnicity)
        .bind(&self.reference)
        .bind(self.body.seal(rt, &self.key).map_err(failed)?)
        .bind(self.version)
        .execute(&mut *conn)
        .await
        .map_err(known)?;
        self.keep_version(rt, conn, by, reason, now).await
    }

    /// Keeps the row as it stands now: figures of past days are read from here.
    pub(super) async fn keep_version(
        &self,
        rt: &Runtime,
        conn: &mut PgConnection,
        by: By<'_>,
        reason: &str,
        now: Timestamp,
    ) -> Result<(), ApplyError> {
        let body = self.body.seal_version(rt, &self.key, self.version);
        sqlx::query(
            "insert into burial.death_version
                 (number_key, version, recorded_at, person_key, state, died_on, place, household,
                  exempt, body, changed_by, reason)
             values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)",
        )
        .bind(&self.key)
        .bind(self.version)
        .bind(to_chrono(now))
        .bind(&self.person)
        .bind(self.state.code())
        .bind(to_chrono_date(self.died_on()))
        .bind(&self.place)
        .bind(&self.household)
        .bind(exempt(rt, &self.ethnicity, &self.place, self.died_on()))
        .bind(body.map_err(failed)?)
        .bind(by.name)
        .bind(reason)
        .execute(conn)
        .await?;
        Ok(())
    }
}

/// Whether customs of the person's people take this death out of the denominator of the
/// cremation rate (rules B3.8).
pub(super) fn exempt(rt: &Runtime, ethnicity: &str, place: &str, died_on: Date) -> bool {
    let rule = rt.rules.lookup("burial.exempt_ethnicities", place, died_on);
    let list = rule.and_then(|param| param.list()).unwrap_or_default();
    list.iter().any(|code| code.text() == Some(ethnicity))
}

/// Locks the certificate under this key.
pub(super) async fn lock(
    rt: &Runtime,
    conn: &mut PgConnection,
    key: &str,
) -> Result<Option<Row>, ApplyError> {
    let row = sqlx::query(
        "select number_key, person_key, state, cause_class, infectious, died_at, minute_known,
                place, household, ethnicity, reference, version, body
           from burial.death where number_key = $1 for update",
    )
    .bind(key)
    .fetch_optional(conn)
    .await?;
    row.map(|row| open(rt, &row)).transpose()
}

fn open(rt: &Runtime, row: &PgRow) -> Result<Row, ApplyError> {
    let key: String = row.try_get("number_key")?;
    let (state, cause): (String, String) = (row.try_get("state")?, row.try_get("cause_class")?);
    Ok(Row {
        person: row.try_get("person_key")?,
        state: coded(DeathState::from_code(&state))?,
        cause: coded(CauseClass::from_code(&cause))?,
        infectious: row.try_get("infectious")?,
        died_at: from_chrono(row.try_get("died_at")?),
        minute_known: row.try_get("minute_known")?,
        place: row.try_get("place")?,
        household: row.try_get("household")?,
        ethnicity: row.try_get("ethnicity")?,
        reference: row.try_get("reference")?,
        version: row.try_get("version")?,
        body: Body::open(rt, &key, row.try_get("body")?).map_err(failed)?,
        key,
    })
}

/// A word of a column whose check allows only the codes of the type.
pub(super) fn coded<T>(found: Option<T>) -> sqlx::Result<T> {
    found.ok_or_else(|| sqlx::Error::Decode("unknown code in burial.death".into()))
}
