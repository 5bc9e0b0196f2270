//! Case files: insert, lock, update.

use jiff::Timestamp;
use sqlx::{PgConnection, Row, postgres::PgRow};
use uuid::Uuid;
use yiwang_chassis::db::{from_chrono, to_chrono};

use crate::access::OnCase;

/// A case file as stored; personal values are sealed.
#[derive(Debug, Clone)]
pub(crate) struct CaseFile {
    pub(crate) id: Uuid,
    pub(crate) number: String,
    pub(crate) item: String,
    pub(crate) division: String,
    pub(crate) state: String,
    pub(crate) awaiting: String,
    pub(crate) closed: bool,
    pub(crate) applicant_key: String,
    pub(crate) account: Uuid,
    pub(crate) applicant_name: Vec<u8>,
    pub(crate) body: Vec<u8>,
    pub(crate) version: i64,
    pub(crate) due_at: Timestamp,
    pub(crate) submitted_at: Timestamp,
    pub(crate) updated_at: Timestamp,
    pub(crate) assignee: Option<Uuid>,
    pub(crate) assignee_name: Option<String>,
    /// Set by [`crate::closed::seal`] alone.
    pub(crate) sealed: bool,
}

impl CaseFile {
    pub(crate) fn from_row(row: &PgRow) -> sqlx::Result<Self> {
        Ok(Self {
            id: row.try_get("id")?,
            number: row.try_get("number")?,
            item: row.try_get("item")?,
            division: row.try_get("division")?,
            state: row.try_get("state")?,
            awaiting: row.try_get("awaiting")?,
            closed: row.try_get("closed")?,
            applicant_key: row.try_get("applicant_key")?,
            account: row.try_get("account")?,
            applicant_name: row.try_get("applicant_name")?,
            body: row.try_get("body")?,
            version: row.try_get("version")?,
            due_at: from_chrono(row.try_get("due_at")?),
            submitted_at: from_chrono(row.try_get("submitted_at")?),
            updated_at: from_chrono(row.try_get("updated_at")?),
            assignee: row.try_get("assignee")?,
            assignee_name: row.try_get("assignee_name")?,
            sealed: row.try_get("sealed")?,
        })
    }
}

/// The next `count` serials of case numbers, for one process to give out.
pub(crate) async fn next_serials(conn: &mut PgConnection, count: i32) -> sqlx::Result<Vec<i64>> {
    sqlx::query_scalar("select nextval('casework.case_serial') from generate_series(1, $1)")
        .bind(count)
        .fetch_all(conn)
        .await
}

/// Somebody to be kept on a case.
#[derive(Debug)]
pub(crate) struct Related {
    pub(crate) key: String,
    pub(crate) relation: String,
    pub(crate) party: bool,
}

impl From<Related> for OnCase {
    fn from(related: Related) -> Self {
        Self {
            key: related.key,
            party: related.party,
        }
    }
}

/// The columns of `people`, as arrays.
fn columns(people: &[Related]) -> (Vec<&str>, Vec<&str>, Vec<bool>) {
    (
        people.iter().map(|one| one.key.as_str()).collect(),
        people.iter().map(|one| one.relation.as_str()).collect(),
        people.iter().map(|one| one.party).collect(),
    )
}

/// Inserts a new case with everybody on it, and drops the draft it was written as, in
/// one round trip.
pub(crate) async fn insert(
    conn: &mut PgConnection,
    file: &CaseFile,
    people: &[Related],
) -> sqlx::Result<()> {
    let (keys, relations, parties) = columns(people);
    sqlx::query(
        r"
        with file as (
          insert into casework.case_file
            (id, number, item, division, state, awaiting, closed, applicant_key, account,
             applicant_name, body, version, due_at, submitted_at, updated_at)
          values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $14)
          returning id
        ), written as (
          delete from casework.draft where account = $9 and item = $3
        )
        insert into casework.case_person (case_id, person_key, relation, party)
        select file.id, person.*
          from file, unnest($15::text[], $16::text[], $17::boolean[]) as person
        ",
    )
    .bind(file.id)
    .bind(&file.number)
    .bind(&file.item)
    .bind(&file.division)
    .bind(&file.state)
    .bind(&file.awaiting)
    .bind(file.closed)
    .bind(&file.applicant_key)
    .bind(file.account)
    .bind(&file.applicant_name)
    .bind(&file.body)
    .bind(file.version)
    .bind(to_chrono(file.due_at))
    .bind(to_chrono(file.submitted_at))
    .bind(keys)
    .bind(relations)
    .bind(parties)
    .execute(conn)
    .await?;
    Ok(())
}

/// Replaces everybody on a case after a correction of the form.
pub(crate) async fn replace_people(
    conn: &mut PgConnection,
    id: Uuid,
    people: &[Related],
) -> sqlx::Result<()> {
    let (keys, relations, parties) = columns(people);
    sqlx::query("delete from casework.case_person where case_id = $1")
        .bind(id)
        .execute(&mut *conn)
        .await?;
    sqlx::query(
        "insert into casework.case_person (case_id, person_key, relation, party)
         select $1, * from unnest($2::text[], $3::text[], $4::boolean[])",
    )
    .bind(id)
    .bind(keys)
    .bind(relations)
    .bind(parties)
    .execute(conn)
    .await?;
    Ok(())
}

/// Reads and locks a case until the end of the transaction.
pub(crate) async fn lock(conn: &mut PgConnection, number: &str) -> sqlx::Result<Option<CaseFile>> {
    let row = sqlx::query("select * from casework.case_file where number = $1 for update")
        .bind(number)
        .fetch_optional(conn)
        .await?;
    row.as_ref().map(CaseFile::from_row).transpose()
}

/// Reads and locks a case by its id.
pub(crate) async fn lock_by_id(conn: &mut PgConnection, id: Uuid) -> sqlx::Result<CaseFile> {
    let row = sqlx::query("select * from casework.case_file where id = $1 for update")
        .bind(id)
        .fetch_one(conn)
        .await?;
    CaseFile::from_row(&row)
}

/// Reads a case.
pub(crate) async fn read(conn: &mut PgConnection, number: &str) -> sqlx::Result<Option<CaseFile>> {
    let row = sqlx::query("select * from casework.case_file where number = $1")
        .bind(number)
        .fetch_optional(conn)
        .await?;
    row.as_ref().map(CaseFile::from_row).transpose()
}

/// Stores a locked case that moved from `from_version` to `file.version`.
pub(crate) async fn update(
    conn: &mut PgConnection,
    file: &CaseFile,
    from_version: i64,
) -> sqlx::Result<()> {
    let done = sqlx::query(
        r"
        update casework.case_file
           set state = $3, awaiting = $4, closed = $5, applicant_name = $6, body = $7,
               version = $8, due_at = $9, updated_at = $10, assignee = $11, assignee_name = $12
         where id = $1 and version = $2
        ",
    )
    .bind(file.id)
    .bind(from_version)
    .bind(&file.state)
    .bind(&file.awaiting)
    .bind(file.closed)
    .bind(&file.applicant_name)
    .bind(&file.body)
    .bind(file.version)
    .bind(to_chrono(file.due_at))
    .bind(to_chrono(file.updated_at))
    .bind(file.assignee)
    .bind(&file.assignee_name)
    .execute(conn)
    .await?;
    // The row is locked: another count means the caller broke the protocol.
    if done.rows_affected() == 1 {
        Ok(())
    } else {
        Err(sqlx::Error::RowNotFound)
    }
}
