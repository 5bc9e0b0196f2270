//! Problems of rows, with the values of both entries sealed.

use serde::{Deserialize, Serialize};
use sqlx::{FromRow, PgConnection};
use uuid::Uuid;
use yiwang_casework::Runtime;
use yiwang_chassis::fault::Fault;

use crate::archive::problem::{NOTES, Problem};

/// What stands in the two entries.
#[derive(Default, Serialize, Deserialize)]
pub(crate) struct Values {
    pub(crate) first: String,
    pub(crate) second: String,
}

/// Problems as columns, ready for the table.
#[derive(Default)]
pub(crate) struct Problems {
    rows: Vec<i64>,
    fields: Vec<String>,
    codes: Vec<&'static str>,
    messages: Vec<String>,
    bodies: Vec<Vec<u8>>,
}

fn id(batch: Uuid, row: i64, field: &str, code: &str) -> String {
    format!("{batch}/{row}/{field}/{code}")
}

impl Problems {
    /// Seals the values and adds the problem.
    pub(crate) fn push(
        &mut self,
        rt: &Runtime,
        batch: Uuid,
        row: i64,
        problem: Problem,
        values: &Values,
    ) -> Result<(), Fault> {
        let place = id(batch, row, &problem.field, problem.code);
        self.bodies.push(rt.seal("batch_problem", &place, values)?);
        self.rows.push(row);
        self.fields.push(problem.field.into_owned());
        self.codes.push(problem.code);
        self.messages.push(problem.message);
        Ok(())
    }
}

/// Adds problems; what is known stays as it is.
pub(crate) async fn insert(
    conn: &mut PgConnection,
    batch: Uuid,
    entry: Option<i32>,
    problems: &Problems,
) -> sqlx::Result<()> {
    if problems.rows.is_empty() {
        return Ok(());
    }
    sqlx::query(
        "insert into marriage.batch_problem (batch, row, field, code, entry, message, body)
         select $1, row, field, code, $2, message, body
           from unnest($3::bigint[], $4::text[], $5::text[], $6::text[], $7::bytea[])
                as found (row, field, code, message, body)
         on conflict do nothing",
    )
    .bind(batch)
    .bind(entry)
    .bind(&problems.rows)
    .bind(&problems.fields)
    .bind(&problems.codes)
    .bind(&problems.messages)
    .bind(&problems.bodies)
    .execute(conn)
    .await?;
    Ok(())
}

/// Forgets the problems of an entry, or with none, all.
pub(crate) async fn clear(
    conn: &mut PgConnection,
    batch: Uuid,
    entry: Option<i32>,
) -> sqlx::Result<()> {
    sqlx::query(
        "delete from marriage.batch_problem
          where batch = $1 and ($2::int is null or entry = $2)",
    )
    .bind(batch)
    .bind(entry)
    .execute(conn)
    .await?;
    Ok(())
}

/// Forgets the problems of rows.
pub(crate) async fn clear_rows(
    conn: &mut PgConnection,
    batch: Uuid,
    rows: &[i64],
) -> sqlx::Result<()> {
    sqlx::query("delete from marriage.batch_problem where batch = $1 and row = any($2)")
        .bind(batch)
        .bind(rows)
        .execute(conn)
        .await?;
    Ok(())
}

/// A problem as stored.
#[derive(FromRow)]
pub(crate) struct Stored {
    pub(crate) row: i64,
    pub(crate) field: String,
    pub(crate) code: String,
    pub(crate) message: String,
    body: Vec<u8>,
    decided: Option<String>,
}

impl Stored {
    /// Opens the values.
    pub(crate) fn values(&self, rt: &Runtime, batch: Uuid) -> Result<Values, Fault> {
        let place = id(batch, self.row, &self.field, &self.code);
        rt.open("batch_problem", &place, &self.body)
    }

    /// Whether nothing is left to decide about it.
    pub(crate) fn decided(&self) -> bool {
        self.decided.is_some() || NOTES.contains(&self.code.as_str())
    }
}

/// The problems after one, in the order of rows.
pub(crate) async fn page(
    conn: &mut PgConnection,
    batch: Uuid,
    after: &(i64, String, String),
    limit: i64,
) -> sqlx::Result<Vec<Stored>> {
    let (row, field, code) = after;
    sqlx::query_as(
        "select row, field, code, message, body, decided from marriage.batch_problem
          where batch = $1 and (row, field, code) > ($2, $3, $4)
          order by row, field, code limit $5",
    )
    .bind(batch)
    .bind(row)
    .bind(field)
    .bind(code)
    .bind(limit)
    .fetch_all(conn)
    .await
}

/// Decides a row; how many of its problems wanted a decision.
pub(crate) async fn decide(
    conn: &mut PgConnection,
    batch: Uuid,
    row: i64,
    choice: &str,
    by: Uuid,
) -> sqlx::Result<u64> {
    let done = sqlx::query(
        "update marriage.batch_problem set decided = $3, decided_by = $4
          where batch = $1 and row = $2 and code <> all($5)",
    )
    .bind(batch)
    .bind(row)
    .bind(choice)
    .bind(by.to_string())
    .bind(NOTES.as_slice())
    .execute(conn)
    .await?;
    Ok(done.rows_affected())
}
