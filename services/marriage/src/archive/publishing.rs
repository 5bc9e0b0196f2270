//! Last step: rows become records, set by set, divorces before marriages: a divorce on file
//! tells that the marriage of the two has ended.
//!
//! No event is raised: nothing changes in anybody's life on the day a paper is typed. A record
//! of a hall is never touched; what does not go together with it is a conflict.

mod facts;
mod write;

use jiff::Timestamp;
use serde_json::json;
use sqlx::{Connection as _, PgConnection};
use tokio_util::sync::CancellationToken;
use uuid::Uuid;
use yiwang_casework::Runtime;
use yiwang_chassis::{audit, fault::Fault, ids};

use super::{
    check::Kind,
    columns::{Column, Entry},
    historical::{self, End, Historical},
    normalise::citizen,
    store::{
        self, Batch,
        row::{self, Standing},
        state,
    },
};
use crate::register::{
    person,
    record::{Body, Spouse},
};
use facts::Facts;

/// Stands for the last row when none is left.
const ALL: i64 = i64::MAX;

/// Publishes until nothing is left.
pub(crate) async fn run(
    rt: &Runtime,
    conn: &mut PgConnection,
    batch: Uuid,
    (size, token): (i64, &CancellationToken),
) -> Result<(), Fault> {
    while !token.is_cancelled() {
        let mut tx = conn.begin().await?;
        let Some(batch) = store::lock(&mut tx, batch).await? else {
            return Ok(());
        };
        if batch.state != state::PUBLISHING {
            return Ok(());
        }
        if !set(rt, &mut tx, &batch, size).await? {
            finish(rt, &mut tx, &batch).await?;
        }
        tx.commit().await?;
    }
    Ok(())
}

/// Publishes one set; false when nothing is left.
async fn set(
    rt: &Runtime,
    conn: &mut PgConnection,
    batch: &Batch,
    size: i64,
) -> Result<bool, Fault> {
    for (divorces, after) in [(true, batch.divorces_to), (false, batch.marriages_to)] {
        if after == ALL {
            continue;
        }
        let rows = row::standing(conn, batch.id, divorces, after, size).await?;
        let Some(last) = rows.last().map(|row| row.row) else {
            store::set_published(conn, batch.id, divorces, ALL, 0).await?;
            continue;
        };
        let from = rows.first().map(|row| row.row);
        let count = i64::try_from(rows.len()).unwrap_or(i64::MAX);
        publish(rt, conn, batch, rows).await?;
        store::set_published(conn, batch.id, divorces, last, count).await?;
        let detail = json!({ "divorces": divorces, "from": from, "to": last, "rows": count });
        trail(rt, conn, batch.id, "archive.rows.publish", detail).await?;
        return Ok(true);
    }
    Ok(false)
}

async fn finish(rt: &Runtime, conn: &mut PgConnection, batch: &Batch) -> Result<(), Fault> {
    store::set_state(conn, batch.id, state::PUBLISHED).await?;
    store::upload::forget(conn, batch.id).await?;
    let detail = json!({ "rows": batch.published });
    trail(rt, conn, batch.id, "archive.batch.published", detail).await?;
    let (id, rows) = (batch.id, batch.published);
    tracing::info!(batch = %id, rows, "a batch is published");
    Ok(())
}

async fn trail(
    rt: &Runtime,
    conn: &mut PgConnection,
    batch: Uuid,
    action: &str,
    detail: serde_json::Value,
) -> Result<(), Fault> {
    let entry = audit::Entry {
        at: rt.now(),
        actor: "system:archive".to_owned(),
        actor_name: None,
        on_behalf_of: None,
        action: action.to_owned(),
        object: format!("archive/{batch}"),
        purpose: None,
        outcome: audit::Outcome::Done,
        detail,
    };
    audit::record(conn, &entry).await?;
    Ok(())
}

/// A row with the people it is about.
struct Row {
    row: i64,
    entry: Entry,
    fact: Historical,
    /// Person keys: the man's, the woman's.
    keys: [String; 2],
}

/// A record to be written.
struct New {
    id: Uuid,
    row: i64,
    fact: Historical,
    keys: [String; 2],
    body: Vec<u8>,
    /// Both have no other valid marriage.
    valid: bool,
}

/// Somebody who would have two valid records, or married after their death.
struct Clash {
    row: i64,
    column: Column,
    typed: String,
    key: String,
    code: &'static str,
    records: Vec<Uuid>,
}

/// What a set of rows changes.
#[derive(Default)]
struct Plan {
    new: Vec<New>,
    /// Records on file that a divorce ends: row, record, end.
    ended: Vec<(i64, Uuid, End)>,
    clashes: Vec<Clash>,
}

async fn publish(
    rt: &Runtime,
    conn: &mut PgConnection,
    batch: &Batch,
    rows: Vec<Standing>,
) -> Result<(), Fault> {
    let rows: Vec<Row> = rows
        .into_iter()
        .map(|standing| open(rt, batch.id, &standing))
        .collect::<Result<_, _>>()?;
    let keys: Vec<String> = rows.iter().flat_map(|row| row.keys.clone()).collect();
    person::lock(conn, &keys).await?;
    let mut facts = facts::read(conn, &keys).await?;
    let mut plan = Plan::default();
    let now = rt.now();
    for row in rows {
        decide(rt, row, &mut facts, &mut plan, now)?;
    }
    write::ends(conn, batch.id, &plan.ended, now).await?;
    write::records(conn, batch, &plan.new).await?;
    write::clashes(rt, conn, batch.id, plan.clashes, now).await
}

fn open(rt: &Runtime, batch: Uuid, standing: &Standing) -> Result<Row, Fault> {
    let place = (batch, standing.entry, standing.row);
    let typed = row::open(rt, place, &standing.body)?;
    let entry = typed.normalised();
    let row = standing.row;
    let fact = historical::read(&entry)
        .ok_or_else(|| Fault::internal(format!("row {row} of batch {batch} is no record")))?;
    let key = |column: Column, side: &str| {
        let typed = entry.get(column);
        match citizen(typed) {
            Some(id) => rt.keyer.key(&id).as_str().to_owned(),
            // Without a number nobody can be found again: a key that no other row has.
            None if typed.is_empty() => {
                let place = format!("{batch}/{row}/{side}");
                rt.keyer.blind_index("marriage.nobody", &place)
            }
            None => rt.keyer.blind_index("marriage.paper", typed),
        }
    };
    Ok(Row {
        row,
        keys: [key(Column::ManId, "a"), key(Column::WomanId, "b")],
        fact,
        entry,
    })
}

/// What one row changes, seen after all rows before it.
fn decide(
    rt: &Runtime,
    row: Row,
    facts: &mut Facts,
    plan: &mut Plan,
    now: Timestamp,
) -> Result<(), Fault> {
    let mut fact = row.fact;
    if fact.kind == Kind::Divorce
        && let Some(end) = fact.end.clone()
        && let Some(ended) = facts.end(end.on, &row.keys)
    {
        plan.ended.push((row.row, ended, end));
        return Ok(());
    }
    let id = ids::new(now);
    let mut clashes = Vec::new();
    if fact.end.is_none() {
        fact.end = historical::divorce_after(fact.registered_on, &row.keys, &facts.on_file);
    }
    if fact.end.is_none() {
        let sides = [Column::ManId, Column::WomanId].into_iter().zip(&row.keys);
        for (column, key) in sides {
            let other = facts.valid.get(key);
            let death = facts.deaths.get(key);
            let (code, records) = match (death, other) {
                (Some(death), _) if death.on < fact.registered_on => ("AFTER_DEATH", vec![id]),
                (Some(death), _) => {
                    let first = |known: &End| known.on <= death.on;
                    if !fact.end.as_ref().is_some_and(first) {
                        fact.end = Some(death.end());
                    }
                    continue;
                }
                (None, Some(other)) => ("TWO_VALID", vec![*other, id]),
                (None, None) => continue,
            };
            clashes.push(Clash {
                row: row.row,
                column,
                typed: row.entry.get(column).to_owned(),
                key: key.clone(),
                code,
                records,
            });
        }
    }
    if fact.end.is_some() {
        // What has ended is in nobody's way.
        clashes.retain(|clash| clash.code == "AFTER_DEATH");
    }
    let valid = fact.end.is_none() && clashes.is_empty();
    if valid {
        let both = row.keys.iter().cloned();
        facts.valid.extend(both.map(|key| (key, id)));
    }
    facts.add(id, &fact, &row.keys);
    let spouse = |name, number| Spouse {
        name: row.entry.get(name).to_owned(),
        id_number: row.entry.get(number).to_owned(),
    };
    let body = Body {
        a: spouse(Column::ManName, Column::ManId),
        b: spouse(Column::WomanName, Column::WomanId),
    };
    plan.new.push(New {
        id,
        row: row.row,
        body: body.seal(rt, id)?,
        fact,
        keys: row.keys,
        valid,
    });
    plan.clashes.extend(clashes);
    Ok(())
}
