//! Search steps as rows: never back-dated, never undone.

use jiff::Timestamp;
use sqlx::{PgConnection, Row as _, postgres::PgRow};
use yiwang_chassis::db::{from_chrono, to_chrono};

use crate::domain::search::{Done, Kind, Search, Step};

/// Keeps the search of a stay as its decision left it. What is done stays done as it was.
///
/// # Errors
/// The database does not answer.
pub async fn save(conn: &mut PgConnection, case_number: &str, search: &Search) -> sqlx::Result<()> {
    for step in &search.steps {
        write(conn, case_number, step).await?;
    }
    Ok(())
}

/// Opens a step.
///
/// # Errors
/// The database does not answer.
pub async fn start(
    conn: &mut PgConnection,
    case_number: &str,
    kind: Kind,
    round: u32,
    due_at: Timestamp,
) -> sqlx::Result<()> {
    let step = Step {
        kind,
        round,
        due_at,
        provisional: false,
        done: None,
        ended_at: None,
    };
    write(conn, case_number, &step).await
}

/// Writes the open round of a step down as done at `done.at`, the server's instant. Returns
/// whether it was late; none when it does not wait.
///
/// # Errors
/// The database does not answer.
pub async fn done(
    conn: &mut PgConnection,
    case_number: &str,
    kind: Kind,
    done: &Done,
) -> sqlx::Result<Option<bool>> {
    sqlx::query_scalar(
        "update rescue.search_step set done_at = $3, done_by = $4, record = $5
          where case_number = $1 and step = $2 and done_at is null and ended_at is null
          returning due_at <= done_at",
    )
    .bind(case_number)
    .bind(kind.code())
    .bind(to_chrono(done.at))
    .bind(&done.by)
    .bind(&done.record)
    .fetch_optional(conn)
    .await
}

/// All steps of a stay, in the order they were opened.
///
/// # Errors
/// The database does not answer.
pub async fn of_case(conn: &mut PgConnection, case_number: &str) -> sqlx::Result<Search> {
    let rows = sqlx::query(
        "select step, round, due_at, done_at, done_by, record, ended_at from rescue.search_step
          where case_number = $1",
    )
    .bind(case_number)
    .fetch_all(conn)
    .await?;
    let mut steps = rows.iter().map(read).collect::<sqlx::Result<Vec<_>>>()?;
    steps.sort_by_key(|step| (step.kind, step.round));
    Ok(Search { steps })
}

async fn write(conn: &mut PgConnection, case_number: &str, step: &Step) -> sqlx::Result<()> {
    sqlx::query(
        "insert into rescue.search_step
           (case_number, step, round, due_at, done_at, done_by, record, ended_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8)
         on conflict (case_number, step, round) do update set
           due_at = excluded.due_at, done_at = excluded.done_at, done_by = excluded.done_by,
           record = excluded.record, ended_at = excluded.ended_at
         where search_step.done_at is null",
    )
    .bind(case_number)
    .bind(step.kind.code())
    .bind(i32::try_from(step.round).unwrap_or(i32::MAX))
    .bind(to_chrono(step.due_at))
    .bind(step.done.as_ref().map(|done| to_chrono(done.at)))
    .bind(step.done.as_ref().map(|done| &done.by))
    .bind(step.done.as_ref().map(|done| &done.record))
    .bind(step.ended_at.map(to_chrono))
    .execute(conn)
    .await?;
    Ok(())
}

/// A row with the columns of [`of_case`].
pub(super) fn read(row: &PgRow) -> sqlx::Result<Step> {
    let code: String = row.try_get("step")?;
    let kind = Kind::from_code(&code).ok_or_else(|| unknown(&code))?;
    let round: i32 = row.try_get("round")?;
    let done = match row.try_get::<Option<chrono::DateTime<chrono::Utc>>, _>("done_at")? {
        None => None,
        Some(at) => Some(Done {
            at: from_chrono(at),
            by: row.try_get("done_by")?,
            record: row
                .try_get::<Option<String>, _>("record")?
                .unwrap_or_default(),
        }),
    };
    let ended_at: Option<chrono::DateTime<chrono::Utc>> = row.try_get("ended_at")?;
    Ok(Step {
        kind,
        round: u32::try_from(round).unwrap_or(1),
        due_at: from_chrono(row.try_get("due_at")?),
        provisional: false,
        done,
        ended_at: ended_at.map(from_chrono),
    })
}

fn unknown(code: &str) -> sqlx::Error {
    sqlx::Error::Decode(format!("no search step {code}").into())
}
