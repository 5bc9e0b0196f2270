//! One row for each stay: what lists, boards and constraints need. The case holds the story.

use chrono::{DateTime, NaiveDate, Utc};
use jiff::{Timestamp, civil::Date};
use serde::{Deserialize, Serialize};
use sqlx::{FromRow, PgConnection};
use uuid::Uuid;
use yiwang_casework::{ApplyError, Case, Runtime};
use yiwang_chassis::db::{from_chrono, from_chrono_date, to_chrono, to_chrono_date};

use super::{failed, refuse, violates};
use crate::domain::stay::{StationStay, sections};

/// A stay.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stay {
    /// Number of the case.
    pub case_number: String,
    /// Code of the station.
    pub station: String,
    /// `arrived`, `admitted`, `left`, `refused`.
    pub state: String,
    /// Person key; none while nobody knows.
    pub person_key: Option<String>,
    /// `male` or `female`.
    pub sex: String,
    /// Under 18, or looks it.
    pub minor: bool,
    /// Never leaves alone.
    pub guarded: bool,
    /// When the person came.
    pub arrived_at: Timestamp,
    /// When the person was admitted.
    pub admitted_at: Option<Timestamp>,
    /// When the person left.
    pub left_at: Option<Timestamp>,
    /// How; empty: still here, or refused.
    pub leave_type: String,
    /// 滞留 since.
    pub stranded_on: Option<Date>,
    /// Since when it is known who it is.
    pub identified_at: Option<Timestamp>,
    /// Where the person is.
    pub occupancy: Option<Uuid>,
    /// What the board shows.
    pub shown: Shown,
    /// Grows with each change.
    pub version: i64,
}

/// What is sealed of a stay: what the board shows of the person.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Shown {
    /// Name as known or told; empty: none.
    pub label: String,
    /// State of the case.
    pub case_state: String,
    /// What is missing or due.
    pub todo: Vec<String>,
    /// A step waits for its second signature.
    pub pending: bool,
}

#[derive(FromRow)]
pub(super) struct Row {
    pub(super) case_number: String,
    station: String,
    state: String,
    person_key: Option<String>,
    sex: String,
    minor: bool,
    guarded: bool,
    arrived_at: DateTime<Utc>,
    admitted_at: Option<DateTime<Utc>>,
    left_at: Option<DateTime<Utc>>,
    leave_type: String,
    stranded_on: Option<NaiveDate>,
    identified_at: Option<DateTime<Utc>>,
    occupancy: Option<Uuid>,
    sealed: Vec<u8>,
    version: i64,
}

impl Row {
    pub(super) fn open(self, rt: &Runtime) -> sqlx::Result<Stay> {
        let shown = rt
            .open("stay", &self.case_number, &self.sealed)
            .map_err(|fault| sqlx::Error::Decode(fault.into()))?;
        Ok(Stay {
            case_number: self.case_number,
            station: self.station,
            state: self.state,
            person_key: self.person_key,
            sex: self.sex,
            minor: self.minor,
            guarded: self.guarded,
            arrived_at: from_chrono(self.arrived_at),
            admitted_at: self.admitted_at.map(from_chrono),
            left_at: self.left_at.map(from_chrono),
            leave_type: self.leave_type,
            stranded_on: self.stranded_on.map(from_chrono_date),
            identified_at: self.identified_at.map(from_chrono),
            occupancy: self.occupancy,
            shown,
            version: self.version,
        })
    }
}

/// The stay of a case.
///
/// # Errors
/// The database does not answer.
pub async fn find(
    rt: &Runtime,
    conn: &mut PgConnection,
    case_number: &str,
) -> sqlx::Result<Option<Stay>> {
    let row: Option<Row> = sqlx::query_as("select * from rescue.stay where case_number = $1")
        .bind(case_number)
        .fetch_optional(conn)
        .await?;
    row.map(|row| row.open(rt)).transpose()
}

/// The stay of a case, locked.
///
/// # Errors
/// The database does not answer.
pub async fn lock(
    rt: &Runtime,
    conn: &mut PgConnection,
    case_number: &str,
) -> sqlx::Result<Option<Stay>> {
    let row: Option<Row> =
        sqlx::query_as("select * from rescue.stay where case_number = $1 for update")
            .bind(case_number)
            .fetch_optional(conn)
            .await?;
    row.map(|row| row.open(rt)).transpose()
}

/// The stay that has not ended of somebody: case and name of the station.
///
/// # Errors
/// The database does not answer.
pub async fn of_person(
    conn: &mut PgConnection,
    person_key: &str,
) -> sqlx::Result<Option<(String, String)>> {
    sqlx::query_as(
        "select stay.case_number, station.name
           from rescue.stay join rescue.station on station.code = stay.station
          where stay.person_key = $1 and stay.state in ('arrived', 'admitted')",
    )
    .bind(person_key)
    .fetch_optional(conn)
    .await
}

/// Somebody is at the door.
pub(super) async fn insert(
    rt: &Runtime,
    conn: &mut PgConnection,
    case: &Case<StationStay>,
    now: Timestamp,
) -> Result<(), ApplyError> {
    let sealed = rt
        .seal("stay", &case.number, &shown(case))
        .map_err(failed)?;
    sqlx::query(
        "insert into rescue.stay
             (case_number, station, state, sex, minor, guarded, arrived_at, sealed)
         values ($1, $2, 'arrived', $3, $4, $5, $6, $7)",
    )
    .bind(&case.number)
    .bind(case.form.station.trim())
    .bind(&case.facts.sex)
    .bind(case.facts.minor)
    .bind(case.facts.guarded)
    .bind(to_chrono(now))
    .bind(sealed)
    .execute(conn)
    .await?;
    Ok(())
}

/// Refused in writing: never admitted.
pub(super) async fn refused(conn: &mut PgConnection, case_number: &str) -> sqlx::Result<()> {
    sqlx::query("update rescue.stay set state = 'refused' where case_number = $1")
        .bind(case_number)
        .execute(conn)
        .await?;
    Ok(())
}

/// The row follows the facts of the case.
///
/// # Errors
/// `PERSON_ELSEWHERE`: nobody is in two stations.
pub(super) async fn follow(
    rt: &Runtime,
    conn: &mut PgConnection,
    case: &Case<StationStay>,
    stranded_on: Option<Date>,
) -> Result<(), ApplyError> {
    let facts = &case.facts;
    let sealed = rt
        .seal("stay", &case.number, &shown(case))
        .map_err(failed)?;
    let identity = facts.identity.as_ref();
    let document = identity.and_then(|identity| identity.read());
    let key = document.map(|document| rt.keyer.document_key(&document).as_str().to_owned());
    let updated = sqlx::query(
        "update rescue.stay
            set person_key = $2, sex = $3, minor = $4, guarded = $5, stranded_on = $6,
                identified_at = $7, sealed = $8, version = version + 1
          where case_number = $1",
    )
    .bind(&case.number)
    .bind(key)
    .bind(&facts.sex)
    .bind(facts.minor)
    .bind(facts.guarded)
    .bind(stranded_on.map(to_chrono_date))
    .bind(identity.map(|identity| to_chrono(identity.at)))
    .bind(sealed)
    .execute(conn)
    .await;
    match updated {
        Ok(_) => Ok(()),
        Err(error) if violates(&error, "one_stay") => {
            let message = "这个人正在另一个救助管理站受助，一个人不能同时在两处，请先核对。";
            Err(refuse("PERSON_ELSEWHERE", message))
        }
        Err(error) => Err(error.into()),
    }
}

fn shown(case: &Case<StationStay>) -> Shown {
    use yiwang_casework::State as _;
    Shown {
        label: case.facts.called().to_owned(),
        case_state: case.state.spec().code.to_owned(),
        todo: sections::todo(case),
        pending: case.facts.pending.is_some(),
    }
}
