//! The board of a home: one line for each funeral, written with every act on it.

use chrono::{DateTime, Utc};
use jiff::{Timestamp, civil::Date};
use sqlx::{FromRow, PgConnection};
use yiwang_casework::{ApplyError, Awaiting, Case, Runtime, State as _};
use yiwang_chassis::{
    db::{from_chrono, to_chrono},
    fault::Fault,
};
use yiwang_civic::{mask, time};
use yiwang_proto::burial::v1 as pb;

use super::{failed, slots};
use crate::domain::funeral::{Funeral, State, sections};

/// Writes the line of a case.
pub(super) async fn follow(
    rt: &Runtime,
    conn: &mut PgConnection,
    case: &Case<Funeral>,
    now: Timestamp,
) -> Result<(), ApplyError> {
    let facts = &case.facts;
    let spec = case.state.spec();
    let missing = sections::missing(&case.form, facts, case.state);
    let name = case.form.dead.name.trim();
    let name = rt
        .seal("funeral_board", &case.number, &name)
        .map_err(failed)?;
    let place = facts
        .chain
        .last()
        .map_or("", |signed| signed.place.as_str());
    sqlx::query(
        "insert into burial.funeral_board
             (case_number, facility, tag, state, open, place, missing, infectious, pending, name,
              changed_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
         on conflict (case_number) do update set
             tag = excluded.tag, state = excluded.state, open = excluded.open,
             place = excluded.place, missing = excluded.missing,
             infectious = excluded.infectious, pending = excluded.pending,
             name = excluded.name, changed_at = excluded.changed_at",
    )
    .bind(&case.number)
    .bind(case.form.home.trim())
    .bind(&facts.tag)
    .bind(spec.code)
    .bind(spec.awaiting != Awaiting::Nobody)
    .bind(place)
    .bind(missing)
    .bind(facts.infectious)
    .bind(facts.pending.is_some())
    .bind(name)
    .bind(to_chrono(now))
    .execute(conn)
    .await?;
    Ok(())
}

#[derive(FromRow)]
struct Line {
    case_number: String,
    tag: String,
    state: String,
    place: String,
    missing: Vec<String>,
    infectious: bool,
    pending: bool,
    name: Vec<u8>,
    on_hold: bool,
    farewell_at: Option<DateTime<Utc>>,
    hall: Option<String>,
    cremation_at: Option<DateTime<Utc>>,
    furnace: Option<String>,
}

/// Everybody in the house, and whoever has a time that day; those with a time first.
pub(super) async fn of_day(
    rt: &Runtime,
    conn: &mut PgConnection,
    facility: &str,
    day: Date,
) -> Result<pb::Board, Fault> {
    let lines: Vec<Line> = sqlx::query_as(
        "select board.case_number, board.tag, board.state, board.place, board.missing,
                board.infectious, board.pending, board.name,
                exists (select from burial.hold
                         where hold.body = board.tag and lifted_at is null) as on_hold,
                farewell.at as farewell_at, farewell.label as hall,
                cremation.at as cremation_at, cremation.label as furnace
           from burial.funeral_board board
           left join lateral (
                select lower(during) as at, label
                  from burial.reservation join burial.resource on resource.id = resource
                 where case_number = board.case_number and kind = 'hall'
                   and reservation.state <> 'cancelled'
                   and lower(during) >= $2 and lower(during) < $3
                 order by 1 limit 1) farewell on true
           left join lateral (
                select lower(during) as at, label
                  from burial.reservation join burial.resource on resource.id = resource
                 where case_number = board.case_number and kind = 'furnace'
                   and reservation.state <> 'cancelled'
                   and lower(during) >= $2 and lower(during) < $3
                 order by 1 limit 1) cremation on true
          where board.facility = $1
            and (board.open or farewell.at is not null or cremation.at is not null)
          order by least(farewell.at, cremation.at) nulls last, board.case_number
          limit 500",
    )
    .bind(facility)
    .bind(to_chrono(time::start_of_day(day)))
    .bind(to_chrono(time::end_of_day(day)))
    .fetch_all(conn)
    .await?;
    let entries = lines
        .into_iter()
        .map(|line| entry(rt, line))
        .collect::<Result<_, _>>()?;
    Ok(pb::Board { entries })
}

fn entry(rt: &Runtime, line: Line) -> Result<pb::BoardEntry, Fault> {
    let name: String = rt.open("funeral_board", &line.case_number, &line.name)?;
    let label = State::from_code(&line.state).map_or("", |state| state.spec().label);
    let at = |at: Option<DateTime<Utc>>, label: Option<String>| {
        at.map_or_else(String::new, |at| {
            let at = slots::local(from_chrono(at));
            format!(
                "{}:{:02} {}",
                at.hour(),
                at.minute(),
                label.unwrap_or_default()
            )
        })
    };
    Ok(pb::BoardEntry {
        case_number: line.case_number,
        tag: line.tag,
        name: mask::name(&name),
        state: line.state,
        state_label: label.to_owned(),
        place: line.place,
        farewell: at(line.farewell_at, line.hall),
        cremation: at(line.cremation_at, line.furnace),
        on_hold: line.on_hold,
        infectious: line.infectious,
        missing: line.missing,
        awaits_second: line.pending,
    })
}
