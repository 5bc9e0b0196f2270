//! The board of a station: who is here, in which place, what is due. Names masked.

use std::collections::BTreeMap;

use sqlx::{FromRow, PgConnection};
use uuid::Uuid;
use yiwang_casework::{Runtime, State as _};
use yiwang_chassis::{db::to_chrono, fault::Fault};
use yiwang_civic::{mask, time::beijing_date};
use yiwang_proto::rescue::v1 as pb;

use super::{
    stations::{self, Place},
    store::{Row, Stay},
    wire,
};
use crate::domain::{search::Kind, stay::State};

#[derive(FromRow)]
struct Where {
    case_number: String,
    place: Uuid,
    kind: String,
    label: String,
}

/// Everybody who has not left.
pub(super) async fn of_station(
    rt: &Runtime,
    conn: &mut PgConnection,
    station: &str,
) -> Result<pb::StationBoard, Fault> {
    let now = rt.now();
    let rows: Vec<Row> = sqlx::query_as(
        "select * from rescue.stay
          where station = $1 and state in ('arrived', 'admitted')
          order by state = 'admitted', arrived_at limit 1000",
    )
    .bind(station)
    .fetch_all(&mut *conn)
    .await?;
    let places: Vec<Where> = sqlx::query_as(
        "select o.case_number, p.id as place, p.kind, p.label
           from rescue.occupancy o join rescue.place p on p.id = o.place
          where p.station = $1 and upper_inf(o.during)",
    )
    .bind(station)
    .fetch_all(&mut *conn)
    .await?;
    let mut places: BTreeMap<String, Where> = places
        .into_iter()
        .map(|place| (place.case_number.clone(), place))
        .collect();
    let late: Vec<(String, String)> = sqlx::query_as(
        "select step.case_number, step.step
           from rescue.search_step step join rescue.stay using (case_number)
          where stay.station = $1 and stay.state = 'admitted'
            and step.done_at is null and step.ended_at is null and step.due_at <= $2
          order by step.due_at",
    )
    .bind(station)
    .bind(to_chrono(now))
    .fetch_all(&mut *conn)
    .await?;
    let beds = stations::places(conn, station).await?;
    let mut board = pb::StationBoard {
        beds_free: beds.iter().map(free_beds).sum(),
        at: wire(now),
        ..pb::StationBoard::default()
    };
    for row in rows {
        let stay = row.open(rt)?;
        let admitted = i64::from(stay.state == "admitted");
        board.head_count += admitted;
        board.unknown += admitted * i64::from(stay.person_key.is_none());
        board.stranded += admitted * i64::from(stay.stranded_on.is_some());
        board.minors += admitted * i64::from(stay.minor);
        let place = places.remove(&stay.case_number);
        let mut person = shown(rt, stay, place);
        let own = late
            .iter()
            .filter(|(number, _)| *number == person.case_number);
        person.late = own
            .filter_map(|(_, step)| Some(Kind::from_code(step)?.label().to_owned()))
            .collect();
        board.people.push(person);
    }
    board.people.sort_by(|a, b| {
        let key = |one: &pb::BoardPerson| {
            (
                !one.admitted_at.is_empty(),
                one.place_label.clone(),
                one.arrived_at.clone(),
            )
        };
        key(a).cmp(&key(b))
    });
    Ok(board)
}

fn free_beds(place: &Place) -> i64 {
    match place.active && place.kind == "room" {
        true => (i64::from(place.berths) - place.taken).max(0),
        false => 0,
    }
}

/// Masked name, or 无名氏 with the end of the case number.
pub(crate) fn label(stay: &Stay) -> String {
    match stay.shown.label.trim() {
        "" => {
            let number = &stay.case_number;
            let end = number
                .get(number.len().saturating_sub(4)..)
                .unwrap_or(number);
            format!("无名氏{end}")
        }
        name => mask::name(name),
    }
}

fn shown(rt: &Runtime, stay: Stay, place: Option<Where>) -> pb::BoardPerson {
    let state = State::from_code(&stay.shown.case_state);
    let days = stay.admitted_at.map_or(0, |at| {
        let span = beijing_date(rt.now()).duration_since(beijing_date(at));
        i32::try_from(span.as_hours() / 24 + 1).unwrap_or(i32::MAX)
    });
    let (place, place_kind, place_label) = place.map_or_else(Default::default, |it| {
        (it.place.to_string(), it.kind, it.label)
    });
    pb::BoardPerson {
        label: label(&stay),
        state: stay.shown.case_state,
        state_label: state.map_or("", |state| state.spec().label).to_owned(),
        place,
        place_label,
        place_kind,
        sex: stay.sex,
        minor: stay.minor,
        guarded: stay.guarded,
        known: stay.person_key.is_some(),
        arrived_at: wire(stay.arrived_at),
        admitted_at: stay.admitted_at.map(wire).unwrap_or_default(),
        days,
        stranded_on: stay
            .stranded_on
            .map(|day| day.to_string())
            .unwrap_or_default(),
        todo: stay.shown.todo,
        awaits_second: stay.shown.pending,
        late: Vec::new(),
        case_number: stay.case_number,
    }
}
