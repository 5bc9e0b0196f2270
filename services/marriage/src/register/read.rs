//! What decisions must know: persons with all their records, the hall, the registrar.

use chrono::{NaiveDate, NaiveTime, Timelike as _};
use jiff::civil::{Date, Time};
use serde::de::DeserializeOwned;
use sqlx::{PgConnection, Row, postgres::PgRow};
use uuid::Uuid;
use yiwang_chassis::db::{from_chrono_date, to_chrono_date};

use crate::domain::{
    party::Residence,
    record::{Hall, Held, Known, Record, RecordState},
};

/// What the register knows of these persons, in the same order.
///
/// # Errors
/// The database does not answer.
pub async fn known(conn: &mut PgConnection, keys: &[String]) -> sqlx::Result<Vec<Known>> {
    let mut known: Vec<Known> = keys.iter().map(|_| Known::default()).collect();
    let at = |key: &str| keys.iter().position(|other| other == key);
    let persons: Vec<(String, Option<NaiveDate>, String, Option<String>)> = sqlx::query_as(
        "select person_key, died_on, capacity, frozen from marriage.person
          where person_key = any($1)",
    )
    .bind(keys)
    .fetch_all(&mut *conn)
    .await?;
    for (key, died_on, capacity, frozen) in persons {
        if let Some(person) = at(&key).and_then(|at| known.get_mut(at)) {
            person.died_on = died_on.map(from_chrono_date);
            person.capacity = coded(&capacity)?;
            person.frozen = frozen;
        }
    }
    let listed: Vec<(String, NaiveDate)> = sqlx::query_as(
        "select person_key, max(until) from marriage.dishonesty
          where person_key = any($1) and lifted_at is null
          group by person_key",
    )
    .bind(keys)
    .fetch_all(&mut *conn)
    .await?;
    for (key, until) in listed {
        if let Some(person) = at(&key).and_then(|at| known.get_mut(at)) {
            person.dishonest_until = Some(from_chrono_date(until));
        }
    }
    let records = sqlx::query(
        // The number of the certificate that people hold now: BJ after a re-issue.
        "select mine.person_key as of, record.id, record.state,
                coalesce((select held.number from marriage.certificate held
                           where held.record = record.id and held.kind = 'marriage'
                             and held.state = 'valid' limit 1), record.number) as number,
                record.registered_on, record.effective_from, record.ended_on, record.hall,
                coalesce(a.person_key, '') as a, coalesce(b.person_key, '') as b,
                held.numbers, held.divorces, held.valid
           from marriage.spouse mine
           join marriage.record on record.id = mine.record
           left join marriage.spouse a on a.record = record.id and a.side = 'a'
           left join marriage.spouse b on b.record = record.id and b.side = 'b'
           cross join lateral (
             select coalesce(array_agg(one.number order by one.issued_on, one.number), '{}')
                      as numbers,
                    coalesce(array_agg(one.kind = 'divorce'
                                       order by one.issued_on, one.number), '{}') as divorces,
                    coalesce(array_agg(one.state = 'valid'
                                       order by one.issued_on, one.number), '{}') as valid
               from marriage.certificate one where one.record = record.id) held
          where mine.person_key = any($1)
          order by record.registered_on, record.id",
    )
    .bind(keys)
    .fetch_all(conn)
    .await?;
    for row in &records {
        let key: String = row.try_get("of")?;
        if let Some(person) = at(&key).and_then(|at| known.get_mut(at)) {
            person.records.push(record(row)?);
        }
    }
    Ok(known)
}

fn record(row: &PgRow) -> sqlx::Result<Record> {
    let state: String = row.try_get("state")?;
    let day = |column: &str| row.try_get(column).map(from_chrono_date);
    Ok(Record {
        id: row.try_get("id")?,
        number: row.try_get("number")?,
        spouses: [row.try_get("a")?, row.try_get("b")?],
        state: RecordState::from_code(&state).ok_or_else(|| unknown(&state))?,
        registered_on: day("registered_on")?,
        effective_from: day("effective_from")?,
        ended_on: row
            .try_get::<Option<_>, _>("ended_on")?
            .map(from_chrono_date),
        hall: row.try_get("hall")?,
        certificates: held(row)?,
    })
}

fn held(row: &PgRow) -> sqlx::Result<Vec<Held>> {
    let numbers: Vec<String> = row.try_get("numbers")?;
    let divorces: Vec<bool> = row.try_get("divorces")?;
    let valid: Vec<bool> = row.try_get("valid")?;
    let all = numbers.into_iter().zip(divorces).zip(valid);
    let held = all.map(|((number, divorce), valid)| Held {
        number,
        divorce,
        valid,
    });
    Ok(held.collect())
}

/// The hall with this code.
///
/// # Errors
/// The database does not answer.
pub async fn hall(conn: &mut PgConnection, code: &str) -> sqlx::Result<Option<Hall>> {
    type Columns = (String, String, String, Vec<String>, NaiveTime);
    let found: Option<Columns> = sqlx::query_as(
        "select code, name, division, competence, closes from marriage.hall
          where code = $1 and active",
    )
    .bind(code)
    .fetch_optional(conn)
    .await?;
    let hall = found.map(|(code, name, division, competence, closes)| {
        let competence: sqlx::Result<Vec<Residence>> =
            competence.iter().map(|word| coded(word)).collect();
        Ok(Hall {
            code,
            name,
            division,
            competence: competence?,
            closes: time(closes),
        })
    });
    hall.transpose()
}

/// Whether this officer may register in this hall on this day (条例第六条).
///
/// # Errors
/// The database does not answer.
pub async fn qualified(
    conn: &mut PgConnection,
    account: Uuid,
    hall: &str,
    on: Date,
) -> sqlx::Result<bool> {
    sqlx::query_scalar(
        "select exists (select 1 from marriage.registrar
                         where account = $1 and hall = $2 and active
                           and qualified_until >= $3)",
    )
    .bind(account)
    .bind(hall)
    .bind(to_chrono_date(on))
    .fetch_one(conn)
    .await
}

/// Whether this officer is a registrar of any hall on this day.
///
/// # Errors
/// The database does not answer.
pub async fn registrar(conn: &mut PgConnection, account: Uuid, on: Date) -> sqlx::Result<bool> {
    sqlx::query_scalar(
        "select exists (select 1 from marriage.registrar
                         where account = $1 and active and qualified_until >= $2)",
    )
    .bind(account)
    .bind(to_chrono_date(on))
    .fetch_one(conn)
    .await
}

/// Everybody this person was ever married to.
pub(crate) async fn spouses(conn: &mut PgConnection, person: &str) -> sqlx::Result<Vec<String>> {
    sqlx::query_scalar(
        "select distinct other.person_key
           from marriage.spouse mine
           join marriage.spouse other on other.record = mine.record and other.side <> mine.side
          where mine.person_key = $1
          order by 1",
    )
    .bind(person)
    .fetch_all(conn)
    .await
}

/// A word of a column whose check allows only the codes of the type.
fn coded<T: DeserializeOwned>(word: &str) -> sqlx::Result<T> {
    serde_json::from_value(word.into()).map_err(|error| sqlx::Error::Decode(error.into()))
}

fn unknown(state: &str) -> sqlx::Error {
    sqlx::Error::Decode(format!("marriage.record.state {state}").into())
}

fn time(at: NaiveTime) -> Time {
    let part = |n: u32| i8::try_from(n).unwrap_or(0);
    Time::new(part(at.hour()), part(at.minute()), part(at.second()), 0).unwrap_or_default()
}
