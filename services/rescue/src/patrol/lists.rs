//! Visits as staff read them: lists masked, one in full; that look is logged.

use jiff::Timestamp;
use serde_json::Value;
use sqlx::PgConnection;
use uuid::Uuid;
use yiwang_casework::{
    Runtime,
    page::{Cursor, limit_of},
};
use yiwang_chassis::{
    db::{to_chrono, to_chrono_date},
    fault::Fault,
    identity::Caller,
};
use yiwang_civic::mask;
use yiwang_proto::rescue::v1 as pb;

use super::{
    encounter::{self, Encounter, Row, shown},
    encounter_unknown, id_of, patrol_unknown, rules, sync, trail,
};
use crate::{
    domain::street::{fields::Fields, words::Outcome},
    stays::{WATCHERS, stations::Station, worked_at},
};

/// A page, the latest first.
pub(super) async fn list(
    rt: &Runtime,
    caller: &Caller,
    request: pb::ListEncountersRequest,
) -> Result<pb::EncounterList, Fault> {
    let mut conn = rt.pool.acquire().await?;
    let station = worked_at(&mut conn, caller, &request.station, &WATCHERS).await?;
    let before = Cursor::parse(request.cursor.trim())
        .map_err(|_| Fault::invalid_field("/cursor", "BAD_CURSOR", "请从第一页重新打开。"))?;
    let (at, id): (Option<Timestamp>, Option<Uuid>) = before.unzip();
    let patrol = match request.patrol.trim() {
        "" => None,
        text => Some(id_of(text, patrol_unknown)?),
    };
    let limit = limit_of(request.limit);
    let mut rows: Vec<Row> = sqlx::query_as(
        "select * from rescue.encounter e
          where station = $1 and ($2 = '' or state = $2) and ($3::uuid is null or patrol = $3)
            and (not $4 or follow_up_on <= $5)
            and (not $6 or exists (select 1 from rescue.conflict c
                                    where c.encounter = e.id and c.settled_at is null))
            and ($7::timestamptz is null or (at, id) < ($7, $8))
          order by at desc, id desc limit $9",
    )
    .bind(&station.code)
    .bind(request.state.trim())
    .bind(patrol)
    .bind(request.follow_up)
    .bind(to_chrono_date(rules::today(rt)))
    .bind(request.conflict)
    .bind(at.map(to_chrono))
    .bind(id)
    .bind(limit + 1)
    .fetch_all(&mut *conn)
    .await?;
    let more = rows.len() > usize::try_from(limit).unwrap_or(usize::MAX);
    if more {
        rows.pop();
    }
    let ages = rules::ages(rt, &station.division)?;
    let mut list = pb::EncounterList::default();
    for row in rows {
        let one = row.open(rt)?;
        if more {
            list.next_cursor = Cursor::print(one.at, one.id);
        }
        let mut shown = brief(&one);
        shown.duties = sync::duties(&one, ages);
        shown.conflict_count = open_conflicts(&mut conn, one.id).await?;
        list.encounters.push(shown);
    }
    Ok(list)
}

async fn open_conflicts(conn: &mut PgConnection, id: Uuid) -> sqlx::Result<i64> {
    sqlx::query_scalar(
        "select count(*) from rescue.conflict where encounter = $1 and settled_at is null",
    )
    .bind(id)
    .fetch_one(conn)
    .await
}

/// Without what was told.
fn brief(one: &Encounter) -> pb::Encounter {
    let fields = Fields::read(&one.written.fields).unwrap_or_default();
    let label = match fields.name.trim() {
        "" => "未说姓名".to_owned(),
        name => mask::name(name),
    };
    let outcome = Outcome::from_code(&one.outcome);
    pb::Encounter {
        id: one.id.to_string(),
        station: one.station.clone(),
        patrol: one.patrol.map(|id| id.to_string()).unwrap_or_default(),
        at: one.at.to_string(),
        received_at: one.received_at.to_string(),
        outcome: one.outcome.clone(),
        outcome_label: outcome.map_or_else(String::new, |it| it.label().to_owned()),
        source: one.source.clone(),
        state: one.state.clone(),
        follow_up_on: one
            .follow_up_on
            .map(|day| day.to_string())
            .unwrap_or_default(),
        case_number: one.case_number.clone().unwrap_or_default(),
        version: one.version,
        label,
        place: fields.place,
        by: one.by.clone(),
        fields: String::new(),
        conflicts: Vec::new(),
        conflict_count: 0,
        duties: Vec::new(),
    }
}

/// With everything that was told and its open conflicts.
pub(super) async fn full(
    rt: &Runtime,
    conn: &mut PgConnection,
    station: &Station,
    one: &Encounter,
) -> Result<pb::Encounter, Fault> {
    let conflicts = encounter::conflicts(rt, conn, one.id).await?;
    let mut answer = brief(one);
    let fields = Fields::read(&one.written.fields).unwrap_or_default();
    answer.fields = Value::Object(fields.map()).to_string();
    answer.conflict_count = i64::try_from(conflicts.len()).unwrap_or(i64::MAX);
    let open = conflicts.iter().flat_map(|it| shown(it, &one.written));
    answer.conflicts = open.collect();
    answer.duties = sync::duties(one, rules::ages(rt, &station.division)?);
    Ok(answer)
}

/// One in full; the look is logged.
pub(super) async fn get(
    rt: &Runtime,
    caller: &Caller,
    request: pb::GetEncounterRequest,
) -> Result<pb::Encounter, Fault> {
    let id = id_of(&request.id, encounter_unknown)?;
    let mut tx = rt.pool.begin().await?;
    let one = encounter::find(rt, &mut tx, id).await?;
    let one = one.ok_or_else(encounter_unknown)?;
    // Whoever may not see it learns no more than of none.
    let station = worked_at(&mut tx, caller, &one.station, &WATCHERS).await;
    let station = station.map_err(|_| encounter_unknown())?;
    trail::read(rt, &mut tx, caller, id).await?;
    let answer = full(rt, &mut tx, &station, &one).await?;
    tx.commit().await?;
    Ok(answer)
}
