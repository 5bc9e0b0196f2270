//! Many deaths at once, without telling anybody: only for the demonstration's past.

use jiff::Timestamp;
use sqlx::PgConnection;
use yiwang_casework::Runtime;
use yiwang_chassis::{
    db::{to_chrono, to_chrono_date},
    fault::Fault,
};

use super::{
    number,
    record::as_row,
    row::{Row, exempt},
};
use crate::domain::death::{DeathState, NewDeath};

/// A death of the past.
pub(crate) struct Past {
    /// The certificate.
    pub(crate) death: NewDeath,
    /// When the register heard of it.
    pub(crate) recorded_at: Timestamp,
    /// When it was taken back.
    pub(crate) voided_at: Option<Timestamp>,
}

/// Writes certificates with their versions; gives their keys in order.
///
/// # Errors
/// The database does not answer, or a person or number is there already.
pub(crate) async fn insert(
    rt: &Runtime,
    conn: &mut PgConnection,
    past: &[Past],
) -> Result<Vec<String>, Fault> {
    let mut rows = Vec::with_capacity(past.len());
    for one in past {
        let key = number::key(rt, &one.death.number, one.death.signed_on.year());
        let mut row = as_row(rt, &key, &one.death);
        if one.voided_at.is_some() {
            row.state = DeathState::Voided;
            row.version = 2;
        }
        rows.push((row, one));
    }
    certificates(rt, conn, &rows).await?;
    versions(rt, conn, &rows).await?;
    Ok(rows.into_iter().map(|(row, _)| row.key).collect())
}

/// One column of all rows.
fn column<'a, T>(rows: &'a [(Row, &'a Past)], of: impl Fn(&'a Row, &'a Past) -> T) -> Vec<T> {
    rows.iter().map(|(row, past)| of(row, past)).collect()
}

async fn certificates(
    rt: &Runtime,
    conn: &mut PgConnection,
    rows: &[(Row, &Past)],
) -> Result<(), Fault> {
    let bodies = rows.iter().map(|(row, _)| row.body.seal(rt, &row.key));
    sqlx::query(
        "insert into burial.death
             (number_key, person_key, state, source, cause_class, infectious, died_at,
              minute_known, place, household, ethnicity, issuer, signed_on, recorded_at,
              reference, body, version)
         select * from unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[],
             $6::bool[], $7::timestamptz[], $8::bool[], $9::text[], $10::text[], $11::text[],
             $12::text[], $13::date[], $14::timestamptz[], $15::text[], $16::bytea[],
             $17::bigint[])",
    )
    .bind(column(rows, |row, _| row.key.as_str()))
    .bind(column(rows, |row, _| row.person.as_deref()))
    .bind(column(rows, |row, _| row.state.code()))
    .bind(column(rows, |_, past| past.death.source.code()))
    .bind(column(rows, |row, _| row.cause.code()))
    .bind(column(rows, |row, _| row.infectious))
    .bind(column(rows, |row, _| to_chrono(row.died_at)))
    .bind(column(rows, |row, _| row.minute_known))
    .bind(column(rows, |row, _| row.place.as_str()))
    .bind(column(rows, |row, _| row.household.as_str()))
    .bind(column(rows, |row, _| row.ethnicity.as_str()))
    .bind(column(rows, |_, past| past.death.issuer.as_str()))
    .bind(column(rows, |_, past| to_chrono_date(past.death.signed_on)))
    .bind(column(rows, |_, past| to_chrono(past.recorded_at)))
    .bind(column(rows, |row, _| row.reference.as_str()))
    .bind(bodies.collect::<Result<Vec<_>, _>>()?)
    .bind(column(rows, |row, _| row.version))
    .execute(conn)
    .await?;
    Ok(())
}

/// A version of a row in the table of versions.
struct Version<'a> {
    row: &'a Row,
    number: i64,
    at: Timestamp,
    state: DeathState,
    reason: &'static str,
}

async fn versions(
    rt: &Runtime,
    conn: &mut PgConnection,
    rows: &[(Row, &Past)],
) -> Result<(), Fault> {
    let all: Vec<Version<'_>> = rows
        .iter()
        .flat_map(|(row, past)| {
            let first = Version {
                row,
                number: 1,
                at: past.recorded_at,
                state: DeathState::Signed,
                reason: "登记",
            };
            let second = past.voided_at.map(|at| Version {
                row,
                number: 2,
                at,
                state: DeathState::Voided,
                reason: "重复签发，作废",
            });
            std::iter::once(first).chain(second)
        })
        .collect();
    let bodies = all
        .iter()
        .map(|one| one.row.body.seal_version(rt, &one.row.key, one.number));
    fn column<'a, T>(all: &'a [Version<'a>], of: impl Fn(&'a Version<'a>) -> T) -> Vec<T> {
        all.iter().map(of).collect()
    }
    let exempt = |one: &Version<'_>| {
        let row = one.row;
        exempt(rt, &row.ethnicity, &row.place, row.died_on())
    };
    sqlx::query(
        "insert into burial.death_version
             (number_key, version, recorded_at, person_key, state, died_on, place, household,
              exempt, body, changed_by, reason)
         select number_key, version, recorded_at, person_key, state, died_on, place, household,
                exempt, body, '卫生健康部门', reason
           from unnest($1::text[], $2::bigint[], $3::timestamptz[], $4::text[], $5::text[],
                       $6::date[], $7::text[], $8::text[], $9::bool[], $10::bytea[], $11::text[])
                as v (number_key, version, recorded_at, person_key, state, died_on, place,
                      household, exempt, body, reason)",
    )
    .bind(column(&all, |one| one.row.key.as_str()))
    .bind(column(&all, |one| one.number))
    .bind(column(&all, |one| to_chrono(one.at)))
    .bind(column(&all, |one| one.row.person.as_deref()))
    .bind(column(&all, |one| one.state.code()))
    .bind(column(&all, |one| to_chrono_date(one.row.died_on())))
    .bind(column(&all, |one| one.row.place.as_str()))
    .bind(column(&all, |one| one.row.household.as_str()))
    .bind(column(&all, exempt))
    .bind(bodies.collect::<Result<Vec<_>, _>>()?)
    .bind(column(&all, |one| one.reason))
    .execute(conn)
    .await?;
    Ok(())
}
