//! Batches of the police and of the register: the same again changes nothing.

use std::collections::BTreeMap;

use jiff::Timestamp;
use sqlx::{PgConnection, Result};
use yiwang_casework::Runtime;
use yiwang_chassis::db::to_chrono;

use super::reports::{Sealed, Stored, number, source_code};
use crate::domain::kin::report::{Report, Source};

/// What a batch did.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Imported {
    /// New.
    pub added: u64,
    /// Brought up to date.
    pub changed: u64,
    /// The same as before.
    pub unchanged: u64,
    /// No longer looked for.
    pub withdrawn: u64,
}

/// A batch of one source. Known by source and external id: the same again changes nothing. Of
/// two with one id in a batch the last counts.
///
/// # Errors
/// The database does not answer.
pub async fn import(
    rt: &Runtime,
    conn: &mut PgConnection,
    batch: &[Report],
    now: Timestamp,
) -> Result<Imported> {
    let mut done = Imported::default();
    let mut last: BTreeMap<String, &Report> = BTreeMap::new();
    for report in batch {
        last.insert(number(report.source, &report.report_id), report);
    }
    let numbers: Vec<&str> = last.keys().map(String::as_str).collect();
    let known: Vec<Stored> = sqlx::query_as(
        "select id, number, state, case_number, sealed, face from rescue.report
          where number = any($1) order by number for update",
    )
    .bind(numbers)
    .fetch_all(&mut *conn)
    .await?;
    for stored in known {
        let number = stored.number.clone();
        let was = stored.open(rt)?;
        let Some(report) = last.remove(&number) else {
            continue;
        };
        // Who was found is not looked for again because an old list comes once more.
        if was.state == "found" || (was.state == "open" && was.report == *report) {
            done.unchanged += 1;
            continue;
        }
        update(conn, Sealed::new(rt, number, report)?, now).await?;
        done.changed += 1;
    }
    done.added = insert(rt, conn, last, now).await?;
    Ok(done)
}

async fn update(conn: &mut PgConnection, row: Sealed, now: Timestamp) -> Result<()> {
    sqlx::query(
        "update rescue.report
            set state = 'open', reported_on = $2, sealed = $3, features = $4,
                face = coalesce($5, face), searched = false, changed = pg_current_xact_id(),
                changed_at = $6
          where number = $1",
    )
    .bind(row.number)
    .bind(row.reported_on)
    .bind(row.text)
    .bind(row.features)
    .bind(row.face)
    .bind(to_chrono(now))
    .execute(conn)
    .await?;
    Ok(())
}

async fn insert(
    rt: &Runtime,
    conn: &mut PgConnection,
    new: BTreeMap<String, &Report>,
    now: Timestamp,
) -> Result<u64> {
    let (mut numbers, mut sources, mut externals) = (Vec::new(), Vec::new(), Vec::new());
    let (mut days, mut texts, mut features, mut faces) =
        (Vec::new(), Vec::new(), Vec::new(), Vec::new());
    for (number, report) in new {
        let row = Sealed::new(rt, number, report)?;
        numbers.push(row.number);
        sources.push(source_code(report.source).to_owned());
        externals.push(report.report_id.clone());
        days.push(row.reported_on);
        texts.push(row.text);
        features.push(row.features);
        faces.push(row.face);
    }
    let inserted = sqlx::query(
        "insert into rescue.report
             (number, source, external_id, case_number, reported_on, sealed, features, face,
              changed_at)
         select number, source, external, case when source = 'family' then number end, day, text,
                features, face, $8
           from unnest($1::text[], $2::text[], $3::text[], $4::date[], $5::bytea[], $6::bytea[],
                       $7::bytea[])
                as t (number, source, external, day, text, features, face)",
    )
    .bind(numbers)
    .bind(sources)
    .bind(externals)
    .bind(days)
    .bind(texts)
    .bind(features)
    .bind(faces)
    .bind(to_chrono(now))
    .execute(conn)
    .await?;
    Ok(inserted.rows_affected())
}

/// Reports that are no longer looked for.
///
/// # Errors
/// The database does not answer.
pub async fn withdraw(
    conn: &mut PgConnection,
    source: Source,
    externals: &[String],
    now: Timestamp,
) -> Result<u64> {
    let updated = sqlx::query(
        "update rescue.report set state = 'withdrawn', face = null,
                changed = pg_current_xact_id(), changed_at = $3
          where source = $1 and external_id = any($2) and state = 'open'",
    )
    .bind(source_code(source))
    .bind(externals)
    .bind(to_chrono(now))
    .execute(conn)
    .await?;
    Ok(updated.rows_affected())
}

/// Whether one of these was brought by another office, or written by the service itself.
///
/// # Errors
/// The database does not answer.
pub async fn of_others(
    conn: &mut PgConnection,
    source: Source,
    externals: &[String],
    county: &str,
) -> Result<bool> {
    sqlx::query_scalar(
        "select exists (select 1 from rescue.report
                         where source = $1 and external_id = any($2)
                           and county is distinct from $3)",
    )
    .bind(source_code(source))
    .bind(externals)
    .bind(county)
    .fetch_one(conn)
    .await
}

/// Notes which office brought them.
///
/// # Errors
/// The database does not answer.
pub async fn brought(
    conn: &mut PgConnection,
    source: Source,
    externals: &[String],
    county: &str,
) -> Result<()> {
    sqlx::query(
        "update rescue.report set county = $3
          where source = $1 and external_id = any($2) and county is null",
    )
    .bind(source_code(source))
    .bind(externals)
    .bind(county)
    .execute(conn)
    .await?;
    Ok(())
}
