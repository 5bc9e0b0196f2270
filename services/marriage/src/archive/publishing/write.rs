//! Writes what a set of rows changes, in a few statements for all of them.

use jiff::Timestamp;
use sqlx::PgConnection;
use uuid::Uuid;
use yiwang_casework::Runtime;
use yiwang_chassis::{db::to_chrono_date, fault::Fault};

use super::{Clash, End, New};
use crate::{
    archive::{
        problem::Problem,
        store::{
            self, Batch,
            problem::{Problems, Values},
        },
    },
    domain::record::RecordState,
    register::{
        conflict,
        ending::{self, Trace},
    },
};

/// Ends the records that divorces of the set end.
pub(super) async fn ends(
    conn: &mut PgConnection,
    batch: Uuid,
    ended: &[(i64, Uuid, End)],
    now: Timestamp,
) -> Result<(), Fault> {
    let by = format!("archive/{batch}");
    let trace = Trace {
        by: &by,
        reason: "历史档案补录：离婚登记",
        at: now,
    };
    for (_, record, end) in ended {
        let end = ending::End {
            record: *record,
            state: end.state,
            on: end.on,
            paper: &end.by,
        };
        if ending::end(conn, end, trace).await?.is_none() {
            return Err(Fault::internal(
                "a record ended while its people were locked",
            ));
        }
    }
    let rows = ended.iter().map(|(row, record, _)| (*row, *record));
    published(conn, batch, rows).await?;
    Ok(())
}

/// Adds records with both spouses.
pub(super) async fn records(
    conn: &mut PgConnection,
    batch: &Batch,
    new: &[New],
) -> Result<(), Fault> {
    let ids: Vec<Uuid> = new.iter().map(|new| new.id).collect();
    let numbers: Vec<&str> = new.iter().map(|new| new.fact.number.as_str()).collect();
    let state = |new: &New| {
        new.fact
            .end
            .as_ref()
            .map_or(RecordState::Valid, |end| end.state)
    };
    let states: Vec<&str> = new.iter().map(|new| state(new).code()).collect();
    let days: Vec<_> = new
        .iter()
        .map(|new| to_chrono_date(new.fact.registered_on))
        .collect();
    let ends = || new.iter().map(|new| new.fact.end.as_ref());
    let ended_on: Vec<_> = ends()
        .map(|end| end.map(|end| to_chrono_date(end.on)))
        .collect();
    let ended_by: Vec<_> = ends().map(|end| end.map(|end| end.by.as_str())).collect();
    let bodies: Vec<&[u8]> = new.iter().map(|new| new.body.as_slice()).collect();
    sqlx::query(
        "insert into marriage.record
             (id, number, kind, state, division, registered_on, effective_from, ended_on,
              ended_by, body)
         select id, number, 'historical', state, $1, day, day, ended_on, ended_by, body
           from unnest($2::uuid[], $3::text[], $4::text[], $5::date[], $6::date[], $7::text[],
                       $8::bytea[])
                as made (id, number, state, day, ended_on, ended_by, body)",
    )
    .bind(&batch.division)
    .bind(&ids)
    .bind(numbers)
    .bind(states)
    .bind(days)
    .bind(ended_on)
    .bind(ended_by)
    .bind(bodies)
    .execute(&mut *conn)
    .await?;
    let side = |at: usize| {
        new.iter()
            .map(move |new| new.keys[at].as_str())
            .collect::<Vec<_>>()
    };
    let valid: Vec<bool> = new.iter().map(|new| new.valid).collect();
    for (name, keys) in [("a", side(0)), ("b", side(1))] {
        sqlx::query(
            "insert into marriage.spouse (record, side, person_key, valid)
             select record, $1, person_key, valid
               from unnest($2::uuid[], $3::text[], $4::bool[]) as made (record, person_key, valid)",
        )
        .bind(name)
        .bind(&ids)
        .bind(keys)
        .bind(&valid)
        .execute(&mut *conn)
        .await?;
    }
    published(conn, batch.id, new.iter().map(|new| (new.row, new.id))).await?;
    Ok(())
}

/// Notes which record a row became; a second time breaks the transaction.
async fn published(
    conn: &mut PgConnection,
    batch: Uuid,
    rows: impl Iterator<Item = (i64, Uuid)>,
) -> sqlx::Result<()> {
    let (rows, records): (Vec<i64>, Vec<Uuid>) = rows.unzip();
    sqlx::query(
        "insert into marriage.batch_published (batch, row, record)
         select $1, number, record from unnest($2::bigint[], $3::uuid[]) as done (number, record)",
    )
    .bind(batch)
    .bind(rows)
    .bind(records)
    .execute(conn)
    .await?;
    Ok(())
}

/// Freezes the people of clashes and names their rows.
pub(super) async fn clashes(
    rt: &Runtime,
    conn: &mut PgConnection,
    batch: Uuid,
    clashes: Vec<Clash>,
    now: Timestamp,
) -> Result<(), Fault> {
    let mut problems = Problems::default();
    for clash in clashes {
        let (kind, message) = match clash.code {
            "AFTER_DEATH" => (
                conflict::AFTER_DEATH,
                "登记日期在本人死亡日期之后，已列入异常清单，待登记员核实。",
            ),
            _ => (
                conflict::TWO_VALID,
                "本人已有一条有效的婚姻登记，两条都保留，已列入异常清单，待登记员核实。",
            ),
        };
        conflict::open(conn, kind, &clash.key, &clash.records, now).await?;
        let problem = Problem::at(clash.column, clash.code, message);
        let values = Values {
            first: clash.typed.clone(),
            second: clash.typed,
        };
        problems.push(rt, batch, clash.row, problem, &values)?;
    }
    store::problem::insert(conn, batch, None, &problems).await?;
    Ok(())
}
