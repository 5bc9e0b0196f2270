//! Visits in their table.

use chrono::{DateTime, NaiveDate, Utc};
use jiff::{Timestamp, civil::Date};
use serde::{Deserialize, Serialize};
use sqlx::{FromRow, PgConnection};
use uuid::Uuid;
use yiwang_casework::Runtime;
use yiwang_chassis::{
    db::{from_chrono, from_chrono_date, to_chrono, to_chrono_date},
    fault::Fault,
};
use yiwang_proto::rescue::v1 as pb;

use crate::domain::street::{
    fields,
    merge::{Clash, Written},
};

/// A visit.
#[derive(Debug, Clone)]
pub(super) struct Encounter {
    pub(super) id: Uuid,
    pub(super) station: String,
    pub(super) patrol: Option<Uuid>,
    pub(super) at: Timestamp,
    pub(super) received_at: Timestamp,
    pub(super) outcome: String,
    pub(super) source: String,
    pub(super) state: String,
    pub(super) follow_up_on: Option<Date>,
    pub(super) case_number: Option<String>,
    pub(super) written: Written,
    pub(super) by: String,
    pub(super) account: Option<Uuid>,
    pub(super) version: i64,
}

#[derive(FromRow)]
pub(super) struct Row {
    id: Uuid,
    station: String,
    patrol: Option<Uuid>,
    at: DateTime<Utc>,
    received_at: DateTime<Utc>,
    outcome: String,
    source: String,
    state: String,
    follow_up_on: Option<NaiveDate>,
    case_number: Option<String>,
    sealed: Vec<u8>,
    by: String,
    account: Option<Uuid>,
    version: i64,
}

impl Row {
    pub(super) fn open(self, rt: &Runtime) -> Result<Encounter, Fault> {
        Ok(Encounter {
            written: rt.open("encounter", &self.id.to_string(), &self.sealed)?,
            id: self.id,
            station: self.station,
            patrol: self.patrol,
            at: from_chrono(self.at),
            received_at: from_chrono(self.received_at),
            outcome: self.outcome,
            source: self.source,
            state: self.state,
            follow_up_on: self.follow_up_on.map(from_chrono_date),
            case_number: self.case_number,
            by: self.by,
            account: self.account,
            version: self.version,
        })
    }
}

/// A visit, locked. Whoever writes a new one waits for the other who has the same id.
pub(super) async fn lock(
    rt: &Runtime,
    conn: &mut PgConnection,
    id: Uuid,
) -> Result<Option<Encounter>, Fault> {
    sqlx::query("select pg_advisory_xact_lock(hashtextextended('encounter ' || $1::text, 0))")
        .bind(id)
        .execute(&mut *conn)
        .await?;
    let row: Option<Row> =
        sqlx::query_as("select * from rescue.encounter where id = $1 for update")
            .bind(id)
            .fetch_optional(conn)
            .await?;
    row.map(|row| row.open(rt)).transpose()
}

/// A visit.
pub(super) async fn find(
    rt: &Runtime,
    conn: &mut PgConnection,
    id: Uuid,
) -> Result<Option<Encounter>, Fault> {
    let row: Option<Row> = sqlx::query_as("select * from rescue.encounter where id = $1")
        .bind(id)
        .fetch_optional(conn)
        .await?;
    row.map(|row| row.open(rt)).transpose()
}

/// Stores a visit, new or changed.
pub(super) async fn save(
    rt: &Runtime,
    conn: &mut PgConnection,
    one: &Encounter,
) -> Result<(), Fault> {
    let sealed = rt.seal("encounter", &one.id.to_string(), &one.written)?;
    sqlx::query(
        "insert into rescue.encounter
             (id, station, patrol, at, received_at, outcome, source, state, follow_up_on,
              case_number, sealed, by, account, version)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)
         on conflict (id) do update
            set patrol = excluded.patrol, at = excluded.at, outcome = excluded.outcome,
                state = excluded.state, follow_up_on = excluded.follow_up_on,
                case_number = excluded.case_number, sealed = excluded.sealed, by = excluded.by,
                account = excluded.account, version = excluded.version",
    )
    .bind(one.id)
    .bind(&one.station)
    .bind(one.patrol)
    .bind(to_chrono(one.at))
    .bind(to_chrono(one.received_at))
    .bind(&one.outcome)
    .bind(&one.source)
    .bind(&one.state)
    .bind(one.follow_up_on.map(to_chrono_date))
    .bind(&one.case_number)
    .bind(sealed)
    .bind(&one.by)
    .bind(one.account)
    .bind(one.version)
    .execute(conn)
    .await?;
    Ok(())
}

/// Two values of some fields, until somebody chooses.
#[derive(Debug, Clone)]
pub(super) struct Conflict {
    pub(super) id: Uuid,
    pub(super) encounter: Uuid,
    pub(super) sealed: Sealed,
    pub(super) by: String,
    pub(super) received_at: Timestamp,
    pub(super) settled: bool,
}

/// What is sealed of it.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct Sealed {
    /// The phone.
    pub(super) device: Uuid,
    /// Both values.
    pub(super) clashes: Vec<Clash>,
}

#[derive(FromRow)]
struct ConflictRow {
    id: Uuid,
    encounter: Uuid,
    sealed: Vec<u8>,
    by: String,
    received_at: DateTime<Utc>,
    settled_at: Option<DateTime<Utc>>,
}

impl ConflictRow {
    fn open(self, rt: &Runtime) -> Result<Conflict, Fault> {
        Ok(Conflict {
            sealed: rt.open("conflict", &self.id.to_string(), &self.sealed)?,
            id: self.id,
            encounter: self.encounter,
            by: self.by,
            received_at: from_chrono(self.received_at),
            settled: self.settled_at.is_some(),
        })
    }
}

/// The conflict that an edit led to.
pub(super) async fn conflict(
    rt: &Runtime,
    conn: &mut PgConnection,
    edit: Uuid,
) -> Result<Option<Conflict>, Fault> {
    let row: Option<ConflictRow> = sqlx::query_as("select * from rescue.conflict where id = $1")
        .bind(edit)
        .fetch_optional(conn)
        .await?;
    row.map(|row| row.open(rt)).transpose()
}

/// Open conflicts of a visit, the oldest first.
pub(super) async fn conflicts(
    rt: &Runtime,
    conn: &mut PgConnection,
    encounter: Uuid,
) -> Result<Vec<Conflict>, Fault> {
    let rows: Vec<ConflictRow> = sqlx::query_as(
        "select * from rescue.conflict where encounter = $1 and settled_at is null
          order by received_at, id",
    )
    .bind(encounter)
    .fetch_all(conn)
    .await?;
    rows.into_iter().map(|row| row.open(rt)).collect()
}

/// Keeps both values.
pub(super) async fn keep(
    rt: &Runtime,
    conn: &mut PgConnection,
    one: &Conflict,
    base: i64,
) -> Result<(), Fault> {
    sqlx::query(
        "insert into rescue.conflict (id, encounter, base, sealed, by, received_at)
         values ($1, $2, $3, $4, $5, $6)",
    )
    .bind(one.id)
    .bind(one.encounter)
    .bind(base)
    .bind(rt.seal("conflict", &one.id.to_string(), &one.sealed)?)
    .bind(&one.by)
    .bind(to_chrono(one.received_at))
    .execute(conn)
    .await?;
    Ok(())
}

/// Somebody chose, or the phone itself has sent another value since.
pub(super) async fn settled(
    conn: &mut PgConnection,
    id: Uuid,
    by: &str,
    now: Timestamp,
) -> sqlx::Result<()> {
    sqlx::query("update rescue.conflict set settled_at = $2, settled_by = $3 where id = $1")
        .bind(id)
        .bind(to_chrono(now))
        .bind(by)
        .execute(conn)
        .await?;
    Ok(())
}

/// A conflict on the wire, field by field; what stands is read now.
pub(super) fn shown(conflict: &Conflict, written: &Written) -> Vec<pb::FieldConflict> {
    let clashes = conflict.sealed.clashes.iter();
    let one = |clash: &Clash| {
        let stored = written
            .fields
            .get(&clash.field)
            .cloned()
            .unwrap_or_default();
        pb::FieldConflict {
            conflict: conflict.id.to_string(),
            field: clash.field.clone(),
            title: fields::title(&clash.field).to_owned(),
            stored_text: fields::words(&clash.field, &stored),
            stored: stored.to_string(),
            sent_text: fields::words(&clash.field, &clash.sent),
            sent: clash.sent.to_string(),
            sent_by: conflict.by.clone(),
            sent_at: conflict.received_at.to_string(),
        }
    };
    clashes.map(one).collect()
}
