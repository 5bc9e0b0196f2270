//! 接送返回率 from the stays: who was identified when leaving, and how they left. Both are fixed
//! with the leaving, so that the same question gives the same answer for ever.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use jiff::civil::Date;
use sqlx::{FromRow, PgConnection};
use yiwang_casework::Runtime;
use yiwang_chassis::{
    db::{from_chrono, to_chrono},
    fault::{Fault, FieldViolation},
};
use yiwang_civic::{
    division, params,
    time::{self, beijing_date},
};
use yiwang_proto::rescue::v1 as pb;

use crate::domain::{
    leaving::{HOME, return_rate},
    stay::words::LeaveType,
};

/// Rows of who was not brought home.
const REST: i64 = 200;

#[derive(FromRow)]
struct Count {
    station: String,
    name: String,
    leave_type: String,
    count: i64,
}

#[derive(FromRow)]
struct Row {
    case_number: String,
    name: String,
    left_at: DateTime<Utc>,
    leave_type: String,
}

/// The days of a question.
struct Asked {
    scope: String,
    after: DateTime<Utc>,
    before: DateTime<Utc>,
}

/// Of a division and a time.
pub(super) async fn returns(
    rt: &Runtime,
    request: pb::GetReturnFiguresRequest,
) -> Result<pb::ReturnFigures, Fault> {
    let (from, to) = (day(&request.from, "/from")?, day(&request.to, "/to")?);
    let division = request.division.trim();
    let asked = Asked {
        scope: division::scope_prefix(division).to_owned(),
        after: to_chrono(time::end_of_day(from.yesterday().unwrap_or(from))),
        before: to_chrono(time::end_of_day(to)),
    };
    let uncounted = uncounted(rt, division, to)?;
    let mut conn = rt.pool.acquire().await?;
    let counts = count(&mut conn, &asked).await?;
    let rest = rest(&mut conn, &asked, &uncounted).await?;
    Ok(figures(&counts, rest, &uncounted))
}

fn day(text: &str, at: &str) -> Result<Date, Fault> {
    text.trim().parse().map_err(|_| {
        let wrong = FieldViolation::new(at, "WRONG_VALUE", "请填写日期。");
        Fault::invalid(vec![wrong])
    })
}

/// Ways of leaving that are not counted there on that day.
fn uncounted(rt: &Runtime, division: &str, on: Date) -> Result<Vec<String>, Fault> {
    let place = format!("{division:0<6}");
    let param = rt.rules.lookup("rescue.return.uncounted", &place, on);
    let list = param.and_then(|param| param.list());
    let list = list.map_err(Fault::internal)?;
    let words = list.iter().filter_map(params::Value::text);
    Ok(words.map(str::to_owned).collect())
}

fn figures(counts: &[Count], rest: Vec<Row>, uncounted: &[String]) -> pb::ReturnFigures {
    let is_counted = |how: &str| !uncounted.iter().any(|one| one == how);
    let mut figures = pb::ReturnFigures {
        definition: definition(uncounted),
        rest: rest.into_iter().map(not_home).collect(),
        ..pb::ReturnFigures::default()
    };
    let mut types: BTreeMap<&str, i64> = BTreeMap::new();
    let mut stations: BTreeMap<&str, pb::StationReturns> = BTreeMap::new();
    for row in counts {
        let how = row.leave_type.as_str();
        *types.entry(how).or_default() += row.count;
        if !is_counted(how) {
            continue;
        }
        let home = if HOME.contains(&how) { row.count } else { 0 };
        figures.identified += row.count;
        figures.home += home;
        let station = stations.entry(&row.station).or_default();
        station.station.clone_from(&row.station);
        station.name.clone_from(&row.name);
        station.identified += row.count;
        station.home += home;
    }
    figures.permille = permille(figures.home, figures.identified);
    figures.by_type = types
        .into_iter()
        .map(|(how, count)| pb::LeaveCount {
            leave_type: how.to_owned(),
            count,
            label: label(how),
            counted: is_counted(how),
            home: HOME.contains(&how),
        })
        .collect();
    figures.by_station = stations
        .into_values()
        .map(|row| pb::StationReturns {
            permille: permille(row.home, row.identified),
            ..row
        })
        .collect();
    figures
}

fn permille(home: i64, identified: i64) -> i32 {
    let number = |count: i64| u32::try_from(count).unwrap_or(u32::MAX);
    let rate = return_rate(number(home), number(identified));
    rate.and_then(|rate| i32::try_from(rate).ok()).unwrap_or(-1)
}

fn label(how: &str) -> String {
    LeaveType::from_code(how).map_or_else(|| how.to_owned(), |how| how.label().to_owned())
}

fn definition(uncounted: &[String]) -> String {
    let words = |codes: &mut dyn Iterator<Item = &str>| {
        let labels: Vec<_> = codes.map(label).collect();
        labels.join("、")
    };
    let home = words(&mut HOME.into_iter());
    let without = words(&mut uncounted.iter().map(String::as_str));
    let without = match without.as_str() {
        "" => String::new(),
        without => format!("（{without}的不计入）"),
    };
    format!(
        "接送返回率＝以{home}方式离站的人数÷离站时已经查明身份的人数{without}，按离站日期统计。"
    )
}

fn not_home(row: Row) -> pb::NotHome {
    pb::NotHome {
        case_number: row.case_number,
        station_name: row.name,
        left_on: beijing_date(from_chrono(row.left_at)).to_string(),
        label: label(&row.leave_type),
    }
}

async fn count(conn: &mut PgConnection, asked: &Asked) -> sqlx::Result<Vec<Count>> {
    sqlx::query_as(
        "select s.station, station.name, s.leave_type, count(*) as count
           from rescue.stay s join rescue.station on station.code = s.station
          where s.state = 'left' and s.identified_at <= s.left_at and starts_with(s.station, $1)
            and s.left_at >= $2 and s.left_at < $3
          group by s.station, station.name, s.leave_type",
    )
    .bind(&asked.scope)
    .bind(asked.after)
    .bind(asked.before)
    .fetch_all(conn)
    .await
}

async fn rest(
    conn: &mut PgConnection,
    asked: &Asked,
    uncounted: &[String],
) -> sqlx::Result<Vec<Row>> {
    sqlx::query_as(
        "select s.case_number, station.name, s.left_at, s.leave_type
           from rescue.stay s join rescue.station on station.code = s.station
          where s.state = 'left' and s.identified_at <= s.left_at and starts_with(s.station, $1)
            and s.left_at >= $2 and s.left_at < $3
            and s.leave_type <> all($4) and s.leave_type <> all($5)
          order by s.left_at desc, s.case_number limit $6",
    )
    .bind(&asked.scope)
    .bind(asked.after)
    .bind(asked.before)
    .bind(uncounted)
    .bind(HOME.map(str::to_owned).to_vec())
    .bind(REST)
    .fetch_all(conn)
    .await
}
