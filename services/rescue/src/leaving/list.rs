//! Open journeys, placements and settlements with their clocks, the most urgent first.

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate, Utc};
use sqlx::{FromRow, PgConnection};
use yiwang_casework::{Runtime, State};
use yiwang_chassis::{
    db::to_chrono,
    fault::{Fault, FieldViolation},
};
use yiwang_civic::division;
use yiwang_proto::rescue::v1 as pb;

use crate::{
    domain::{escorted_return, foster_placement, leaving::IN_HOUSE, settlement},
    stays::{label, store},
};

const KINDS: [&str; 3] = ["journey", "placement", "settlement"];

#[derive(FromRow)]
struct Row {
    kind: String,
    case_number: String,
    stay: String,
    station_name: String,
    state: String,
    at: String,
}

#[derive(FromRow)]
struct Clock {
    number: String,
    label: String,
    last_day: NaiveDate,
    due_at: DateTime<Utc>,
}

/// Those of the stations within a division.
pub(super) async fn open(
    rt: &Runtime,
    request: pb::ListLeavingRequest,
) -> Result<pb::LeavingList, Fault> {
    let kind = request.kind.trim();
    if !kind.is_empty() && !KINDS.contains(&kind) {
        let wrong = FieldViolation::new("/kind", "WRONG_VALUE", "请重新选择种类。");
        return Err(Fault::invalid(vec![wrong]));
    }
    let mut conn = rt.pool.acquire().await?;
    let scope = division::scope_prefix(request.division.trim());
    let rows = rows(&mut conn, scope, kind).await?;
    let mut clocks = clocks(rt, &mut conn, &rows).await?;
    let mut cases = Vec::new();
    for row in rows {
        let stay = store::find(rt, &mut conn, &row.stay).await?;
        let clocks = clocks.remove(&row.case_number).unwrap_or_default();
        cases.push(shown(row, stay.as_ref(), clocks));
    }
    Ok(pb::LeavingList { cases })
}

fn shown(row: Row, stay: Option<&store::Stay>, clocks: Vec<pb::LeavingClock>) -> pb::LeavingCase {
    let (state, place) = match row.kind.as_str() {
        "journey" => {
            let origin = division::full_name(&row.at).unwrap_or(row.at);
            (named::<escorted_return::State>(&row.state), origin)
        }
        "placement" => (named::<foster_placement::State>(&row.state), row.at),
        _ => (named::<settlement::State>(&row.state), row.at),
    };
    let left = stay.is_some_and(|stay| !IN_HOUSE.contains(&stay.shown.case_state.as_str()));
    // A settlement ends the stay by itself.
    let settled = stay.is_some_and(|stay| stay.leave_type == "settled");
    pb::LeavingCase {
        kind: row.kind,
        case_number: row.case_number,
        stay: row.stay,
        label: stay.map(label).unwrap_or_default(),
        station_name: row.station_name,
        state: row.state,
        state_label: state.to_owned(),
        r#where: place,
        clocks,
        stay_ended: left && !settled,
    }
}

fn named<S: State>(code: &str) -> &'static str {
    let found = S::ALL.iter().map(|state| state.spec());
    found
        .filter(|spec| spec.code == code)
        .map(|spec| spec.label)
        .next()
        .unwrap_or_default()
}

async fn rows(conn: &mut PgConnection, scope: &str, kind: &str) -> sqlx::Result<Vec<Row>> {
    sqlx::query_as(
        "select it.kind, it.case_number, it.stay, station.name as station_name, file.state, it.at
           from (select 'journey' as kind, case_number, stay, origin as at
                   from rescue.journey where state = 'open'
                 union all
                 select 'placement', p.case_number, p.stay, i.name
                   from rescue.placement p join rescue.institution i on i.code = p.institution
                  where p.state <> 'ended'
                 union all
                 select 'settlement', case_number, stay, household
                   from rescue.settlement where state in ('applied', 'settled', 'found')) it
           join rescue.stay on stay.case_number = it.stay
           join rescue.station on station.code = stay.station
           join casework.case_file file on file.number = it.case_number
          where starts_with(stay.station, $1) and ($2 = '' or it.kind = $2)
          order by file.due_at, it.case_number limit 500",
    )
    .bind(scope)
    .bind(kind)
    .fetch_all(conn)
    .await
}

async fn clocks(
    rt: &Runtime,
    conn: &mut PgConnection,
    rows: &[Row],
) -> sqlx::Result<BTreeMap<String, Vec<pb::LeavingClock>>> {
    let numbers: Vec<&str> = rows.iter().map(|row| row.case_number.as_str()).collect();
    let found: Vec<Clock> = sqlx::query_as(
        "select file.number, clock.label, clock.last_day, clock.due_at
           from casework.clock join casework.case_file file on file.id = clock.case_id
          where file.number = any($1) and clock.ended_at is null and clock.label <> ''
          order by clock.due_at, clock.name",
    )
    .bind(numbers)
    .fetch_all(conn)
    .await?;
    let now = to_chrono(rt.now());
    let mut all: BTreeMap<String, Vec<pb::LeavingClock>> = BTreeMap::new();
    for clock in found {
        all.entry(clock.number).or_default().push(pb::LeavingClock {
            label: clock.label,
            last_day: clock.last_day.to_string(),
            late: clock.due_at <= now,
        });
    }
    Ok(all)
}
