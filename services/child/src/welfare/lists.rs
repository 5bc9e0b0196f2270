//! Files and late visits, as far as the caller stands on them; and the visits of one file.

use chrono::NaiveDate;
use jiff::civil::Date;
use sqlx::FromRow;
use yiwang_casework::{Runtime, State as _, closed, page::limit_of};
use yiwang_chassis::{
    db::{from_chrono_date, to_chrono_date},
    fault::Fault,
    identity::{Caller, Role},
};
use yiwang_civic::time::beijing_date;
use yiwang_proto::child::v1 as pb;

use super::{
    families::{FILE, Known},
    roster, sight, sync, trail, visits,
};
use crate::domain::welfare::{
    child_file::State,
    law::age_on,
    visit::Outcome,
    words::{Kind, Level},
};

#[derive(FromRow)]
struct Row {
    case_number: String,
    kind: String,
    level: String,
    division: String,
    state: String,
    letter: bool,
    alarm: String,
    categories: Vec<String>,
    due_on: Option<NaiveDate>,
    sealed: Vec<u8>,
}

/// Files of the caller's own, under the same conditions for page and count.
const FILES: &str = "from child.file f
       left join child.visit_plan p on p.file = f.case_number and p.ended_at is null
      where f.open <> $8 and starts_with(f.division, $1)
        and exists (select 1 from unnest($2::text[]) scope where starts_with(f.division, scope))
        and ($3 = '' or f.kind = $3) and ($4 = '' or f.level = $4)
        and (not $5 or p.due_on < $7)
        and (not $6 or not exists (select 1 from child.director d
               where d.until is null and d.post = 'director' and d.division = f.division))";

/// A page of files.
pub(super) async fn files(
    rt: &Runtime,
    caller: &Caller,
    request: pb::ListFilesRequest,
) -> Result<pb::FileList, Fault> {
    let scopes = sight::scopes(caller)?;
    let within = sight::prefix(&request.division)?;
    let today = beijing_date(rt.now());
    let limit = limit_of(request.limit);
    let mut tx = rt.pool.begin().await?;
    let sql = format!(
        "select f.case_number, f.kind, f.level, f.division, f.state, f.letter, f.alarm,
                f.categories, p.due_on, f.sealed {FILES} and f.case_number > $9
          order by f.case_number limit $10"
    );
    let mut rows: Vec<Row> = sqlx::query_as(sqlx::AssertSqlSafe(sql))
        .bind(within)
        .bind(&scopes)
        .bind(request.kind.trim())
        .bind(request.level.trim())
        .bind(request.overdue)
        .bind(request.ownerless)
        .bind(to_chrono_date(today))
        .bind(request.ended)
        .bind(request.cursor.trim())
        .bind(limit + 1)
        .fetch_all(&mut *tx)
        .await?;
    let total: i64 = sqlx::query_scalar(sqlx::AssertSqlSafe(format!("select count(*) {FILES}")))
        .bind(within)
        .bind(&scopes)
        .bind(request.kind.trim())
        .bind(request.level.trim())
        .bind(request.overdue)
        .bind(request.ownerless)
        .bind(to_chrono_date(today))
        .bind(request.ended)
        .fetch_one(&mut *tx)
        .await?;
    let size = usize::try_from(limit).unwrap_or(usize::MAX);
    let more = rows.len() > size;
    rows.truncate(size);
    let next_cursor = rows
        .last()
        .filter(|_| more)
        .map(|row| row.case_number.clone());
    let owners = roster::names(rt, &mut tx, within).await?;
    let object = format!("division/{}", request.division.trim());
    trail::looked(rt, &mut tx, caller, "child_files", object, rows.len()).await?;
    tx.commit().await?;
    let line = |row: Row| {
        let director = owners.get(&row.division).cloned().unwrap_or_default();
        line(rt, row, director, today)
    };
    Ok(pb::FileList {
        files: rows.into_iter().map(line).collect::<Result<_, Fault>>()?,
        next_cursor: next_cursor.unwrap_or_default(),
        total,
    })
}

fn line(rt: &Runtime, row: Row, director: String, today: Date) -> Result<pb::FileLine, Fault> {
    let known: Known = rt.open(FILE, &row.case_number, &row.sealed)?;
    let age = known.family.child.birth().map(|born| age_on(born, today));
    let due = row.due_on.map(from_chrono_date);
    Ok(pb::FileLine {
        label: known.label(),
        age: age.and_then(|age| i32::try_from(age).ok()).unwrap_or(-1),
        kind_label: Kind::from_code(&row.kind)
            .map_or("", Kind::label)
            .to_owned(),
        kind: row.kind,
        categories: row.categories,
        level_label: Level::from_code(&row.level)
            .map_or("", Level::label)
            .to_owned(),
        level: row.level,
        state_label: State::from_code(&row.state)
            .map_or("", |state| state.spec().label)
            .to_owned(),
        state: row.state,
        village: sight::place_of(&row.division),
        director,
        next_visit: due.map(|day| day.to_string()).unwrap_or_default(),
        overdue: due.is_some_and(|day| day < today),
        letter: row.letter,
        case_number: row.case_number,
    })
}

/// Late visits: village and township see all of theirs, the county those it is alarmed of.
pub(super) async fn overdue(
    rt: &Runtime,
    caller: &Caller,
    request: pb::ListOverdueRequest,
) -> Result<pb::OverdueList, Fault> {
    let scopes = sight::scopes(caller)?;
    let within = sight::prefix(&request.division)?;
    let near = [Role::ChildWorker, Role::ChildSupervisor];
    let near: Vec<&str> = near.iter().flat_map(|role| caller.scopes(*role)).collect();
    let today = beijing_date(rt.now());
    let mut tx = rt.pool.begin().await?;
    let rows: Vec<Row> = sqlx::query_as(
        "select f.case_number, f.kind, f.level, f.division, f.state, f.letter, f.alarm,
                f.categories, p.due_on, f.sealed
           from child.file f join child.visit_plan p on p.file = f.case_number
          where f.open and p.ended_at is null and p.due_on < $4 and starts_with(f.division, $1)
            and exists (select 1 from unnest($2::text[]) scope where starts_with(f.division, scope))
            and (f.alarm = 'county' or exists (select 1 from unnest($3::text[]) scope
                                                where starts_with(f.division, scope)))
          order by p.due_on, f.case_number limit 500",
    )
    .bind(within)
    .bind(&scopes)
    .bind(&near)
    .bind(to_chrono_date(today))
    .fetch_all(&mut *tx)
    .await?;
    let owners = roster::names(rt, &mut tx, within).await?;
    let object = format!("division/{}", request.division.trim());
    trail::looked(rt, &mut tx, caller, "child_overdue", object, rows.len()).await?;
    tx.commit().await?;
    let late = |row: Row| -> Result<pb::OverdueVisit, Fault> {
        let alarm = row.alarm.clone();
        let director = owners.get(&row.division).cloned().unwrap_or_default();
        let due = row.due_on.map_or(today, from_chrono_date);
        let line = line(rt, row, director, today)?;
        Ok(pb::OverdueVisit {
            case_number: line.case_number,
            label: line.label,
            level_label: line.level_label,
            village: line.village,
            director: line.director,
            due_on: due.to_string(),
            days_late: (today - due).get_days(),
            alarm,
        })
    };
    Ok(pb::OverdueList {
        visits: rows.into_iter().map(late).collect::<Result<_, Fault>>()?,
    })
}

/// The visits of a file, for who stands on it.
pub(super) async fn of_file(
    rt: &Runtime,
    caller: &Caller,
    request: pb::ListVisitsRequest,
) -> Result<pb::VisitList, Fault> {
    let number = request.case_number.trim();
    let mut tx = rt.pool.begin().await?;
    closed::look(rt, &mut tx, caller, number, "child_visits.read").await?;
    let found = visits::of_file(rt, &mut tx, number).await?;
    tx.commit().await?;
    let shown = found.into_iter().map(|visit| {
        let outcome = visit
            .written
            .fields
            .get("outcome")
            .and_then(|it| it.as_str());
        let outcome = outcome.and_then(Outcome::from_code);
        let at = jiff::tz::offset(8).to_datetime(visit.at);
        pb::Visit {
            id: visit.id.to_string(),
            made_at: at.strftime("%Y-%m-%dT%H:%M").to_string(),
            result: outcome.map_or("", Outcome::code).to_owned(),
            result_label: outcome.map_or("", Outcome::label).to_owned(),
            fields: Some(sync::shown_fields(&visit.written.fields)),
            clashes: sync::shown_clashes(&visit),
            photos: i32::try_from(visit.photos.len()).unwrap_or_default(),
            photo_files: visit.photos.into_iter().map(|it| it.file_id).collect(),
            version: visit.version,
            by: visit.by,
        }
    });
    Ok(pb::VisitList {
        visits: shown.collect(),
    })
}
