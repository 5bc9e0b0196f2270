//! A director's day 儿童主任的一天: visits that are due, and what else waits.

use chrono::NaiveDate;
use jiff::{ToSpan as _, civil::Date};
use sqlx::FromRow;
use yiwang_casework::Runtime;
use yiwang_chassis::{
    db::{from_chrono, from_chrono_date, to_chrono_date},
    fault::Fault,
    identity::Caller,
};
use yiwang_civic::time::beijing_date;
use yiwang_proto::child::v1 as pb;

use super::{
    entrusts::ENTRUSTED,
    families::{FILE, Known},
    sight, trail,
};
use crate::domain::welfare::{
    law::age_on,
    visit::{Outcome, plan::urgency},
    words::{Kind, Level},
};

/// So many days before it is due a visit stands on the list.
const SOON: i64 = 7;

#[derive(FromRow)]
struct Row {
    case_number: String,
    kind: String,
    level: String,
    division: String,
    state: String,
    due_on: NaiveDate,
    last_visit_at: Option<chrono::DateTime<chrono::Utc>>,
    last_outcome: String,
    sealed: Vec<u8>,
}

/// The day.
pub(super) async fn get(
    rt: &Runtime,
    caller: &Caller,
    request: pb::GetDayRequest,
) -> Result<pb::Day, Fault> {
    let scopes = sight::scopes(caller)?;
    let within = sight::prefix(&request.division)?;
    let today = beijing_date(rt.now());
    let mut tx = rt.pool.begin().await?;
    let rows: Vec<Row> = sqlx::query_as(
        "select f.case_number, f.kind, f.level, f.division, f.state, p.due_on, f.last_visit_at,
                f.last_outcome, f.sealed
           from child.file f join child.visit_plan p on p.file = f.case_number
          where f.open and p.ended_at is null and p.due_on <= $3
            and starts_with(f.division, $1)
            and exists (select 1 from unnest($2::text[]) scope where starts_with(f.division, scope))
          order by p.due_on, f.case_number limit 200",
    )
    .bind(within)
    .bind(&scopes)
    .bind(to_chrono_date(today.saturating_add(SOON.days())))
    .fetch_all(&mut *tx)
    .await?;
    let visits: Vec<pb::DueVisit> = rows
        .into_iter()
        .map(|row| due(rt, row, today))
        .collect::<Result<_, Fault>>()?;
    let children: i64 = sqlx::query_scalar(
        "select count(*) from child.file f
          where open and starts_with(division, $1)
            and exists (select 1 from unnest($2::text[]) scope where starts_with(division, scope))",
    )
    .bind(within)
    .bind(&scopes)
    .fetch_one(&mut *tx)
    .await?;
    let tasks = tasks(rt, &mut tx, (within, &scopes), today).await?;
    let object = format!("division/{}", request.division.trim());
    trail::looked(
        rt,
        &mut tx,
        caller,
        "child_day",
        object,
        visits.len() + tasks.len(),
    )
    .await?;
    tx.commit().await?;
    let county = within.get(..6).unwrap_or("000000");
    let kept = rt.rules.lookup("child.visit.phone_days", county, today);
    let kept = kept.and_then(yiwang_civic::params::Param::count);
    let kept = today.saturating_add(i64::from(kept.unwrap_or(1)).days());
    Ok(pb::Day {
        today: today.to_string(),
        visits,
        tasks,
        children,
        kept_until: kept.to_string(),
    })
}

fn due(rt: &Runtime, row: Row, today: Date) -> Result<pb::DueVisit, Fault> {
    let known: Known = rt.open(FILE, &row.case_number, &row.sealed)?;
    let due_on = from_chrono_date(row.due_on);
    let age = known.family.child.birth().map(|born| age_on(born, today));
    let last = row.last_visit_at.map(|at| beijing_date(from_chrono(at)));
    Ok(pb::DueVisit {
        label: known.label(),
        age: age.and_then(|age| i32::try_from(age).ok()).unwrap_or(-1),
        kind_label: Kind::from_code(&row.kind)
            .map_or("", Kind::label)
            .to_owned(),
        kind: row.kind,
        level_label: Level::from_code(&row.level)
            .map_or("", Level::label)
            .to_owned(),
        level: row.level,
        village: sight::name_of(&row.division),
        carer: known.carer(),
        address: known.address,
        due_on: due_on.to_string(),
        urgency: urgency(due_on, today).to_owned(),
        last_visit: last.map(|day| day.to_string()).unwrap_or_default(),
        last_result_label: Outcome::from_code(&row.last_outcome)
            .map_or("", Outcome::label)
            .to_owned(),
        look_at: known.look_at,
        at_risk: row.state == "at_risk",
        case_number: row.case_number,
    })
}

#[derive(FromRow)]
struct Waiting {
    number: String,
    item: String,
    label: String,
    last_day: NaiveDate,
    file: Option<Vec<u8>>,
    entrusted: Option<Vec<u8>>,
}

/// Running limits of files and entrustments besides visits.
async fn tasks(
    rt: &Runtime,
    conn: &mut sqlx::PgConnection,
    (within, scopes): (&str, &[&str]),
    today: Date,
) -> Result<Vec<pb::DayTask>, Fault> {
    let rows: Vec<Waiting> = sqlx::query_as(
        "select c.number, c.item, k.label, k.last_day, f.sealed as file, e.sealed as entrusted
           from casework.case_file c
           join casework.clock k on k.case_id = c.id and k.ended_at is null and not k.fires
           left join child.file f on f.case_number = c.number
           left join child.entrusted e on e.case_number = c.number
          where c.item in ('child-file', 'entrusted-care') and not c.closed
            and k.name <> 'visit' and k.last_day <= $3
            and starts_with(c.division, $1)
            and exists (select 1 from unnest($2::text[]) scope where starts_with(c.division, scope))
          order by k.last_day, c.number limit 200",
    )
    .bind(within)
    .bind(scopes)
    .bind(to_chrono_date(today.saturating_add((2 * SOON).days())))
    .fetch_all(conn)
    .await?;
    rows.into_iter()
        .map(|row| waiting(rt, row, today))
        .collect()
}

fn waiting(rt: &Runtime, row: Waiting, today: Date) -> Result<pb::DayTask, Fault> {
    let label = match (row.file, row.entrusted) {
        (Some(sealed), _) => rt.open::<Known>(FILE, &row.number, &sealed)?.label(),
        (None, Some(sealed)) => rt.open(ENTRUSTED, &row.number, &sealed)?,
        (None, None) => String::new(),
    };
    let last_day = from_chrono_date(row.last_day);
    Ok(pb::DayTask {
        case_number: row.number,
        label,
        item: row.item,
        what: row.label,
        due_on: last_day.to_string(),
        late: last_day < today,
    })
}
