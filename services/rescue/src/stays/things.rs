//! Belongings 寄存物品: by list, sealed in a bag, given back with a signature.

use chrono::{DateTime, Utc};
use jiff::Timestamp;
use sqlx::PgConnection;
use yiwang_casework::{ApplyError, Runtime};
use yiwang_chassis::db::{from_chrono, to_chrono};
use yiwang_proto::rescue::v1 as pb;

use super::{failed, wire};
use crate::domain::stay::{action::Thing, words::GivenTo, world::Kept};

fn id(case_number: &str, line: i32) -> String {
    format!("{case_number}/{line}")
}

/// Onto the list.
pub(super) async fn take(
    rt: &Runtime,
    conn: &mut PgConnection,
    case_number: &str,
    lines: &[(u16, Thing)],
    by: &str,
    now: Timestamp,
) -> Result<(), ApplyError> {
    for (line, thing) in lines {
        let line = i32::from(*line);
        let sealed = rt
            .seal("belonging", &id(case_number, line), thing)
            .map_err(failed)?;
        sqlx::query(
            "insert into rescue.belonging (case_number, line, sealed, taken_at, taken_by, state)
             values ($1, $2, $3, $4, $5, 'kept')",
        )
        .bind(case_number)
        .bind(line)
        .bind(sealed)
        .bind(to_chrono(now))
        .bind(by)
        .execute(&mut *conn)
        .await?;
    }
    Ok(())
}

/// Off it; no lines: all that are kept.
pub(super) async fn give_back(
    conn: &mut PgConnection,
    case_number: &str,
    lines: &[u16],
    to: GivenTo,
    receiver: &str,
    now: Timestamp,
) -> sqlx::Result<()> {
    let lines: Vec<i32> = lines.iter().copied().map(i32::from).collect();
    sqlx::query(
        "update rescue.belonging set state = $3, settled_at = $4, settled_to = $5
          where case_number = $1 and state = 'kept'
            and (cardinality($2::int[]) = 0 or line = any($2))",
    )
    .bind(case_number)
    .bind(lines)
    .bind(to.code())
    .bind(to_chrono(now))
    .bind(receiver)
    .execute(conn)
    .await?;
    Ok(())
}

/// What is still kept.
pub(super) async fn kept(
    rt: &Runtime,
    conn: &mut PgConnection,
    case_number: &str,
) -> sqlx::Result<Vec<Kept>> {
    let rows: Vec<(i32, Vec<u8>)> = sqlx::query_as(
        "select line, sealed from rescue.belonging
          where case_number = $1 and state = 'kept' order by line",
    )
    .bind(case_number)
    .fetch_all(conn)
    .await?;
    let kept = rows.into_iter().map(|(line, sealed)| {
        let thing = open(rt, case_number, line, &sealed)?;
        Ok(Kept {
            line: u16::try_from(line).unwrap_or_default(),
            what: thing.what,
            valued: thing.valued,
        })
    });
    kept.collect()
}

fn open(rt: &Runtime, case_number: &str, line: i32, sealed: &[u8]) -> sqlx::Result<Thing> {
    rt.open("belonging", &id(case_number, line), sealed)
        .map_err(|fault| sqlx::Error::Decode(fault.into()))
}

type Line = (
    i32,
    Vec<u8>,
    DateTime<Utc>,
    String,
    String,
    Option<DateTime<Utc>>,
    Option<String>,
);

/// The whole list.
pub(super) async fn list(
    rt: &Runtime,
    conn: &mut PgConnection,
    case_number: &str,
) -> sqlx::Result<Vec<pb::Belonging>> {
    let rows: Vec<Line> = sqlx::query_as(
        "select line, sealed, taken_at, taken_by, state, settled_at, settled_to
           from rescue.belonging where case_number = $1 order by line",
    )
    .bind(case_number)
    .fetch_all(conn)
    .await?;
    let shown = rows.into_iter().map(|row| {
        let (line, sealed, taken_at, taken_by, state, settled_at, settled_to) = row;
        let thing = open(rt, case_number, line, &sealed)?;
        Ok(pb::Belonging {
            line,
            what: thing.what,
            quantity: thing.quantity,
            condition: thing.condition,
            valued: thing.valued,
            state,
            taken_at: wire(from_chrono(taken_at)),
            taken_by,
            settled_at: settled_at.map(from_chrono).map(wire).unwrap_or_default(),
            settled_to: settled_to.unwrap_or_default(),
        })
    });
    shown.collect()
}
