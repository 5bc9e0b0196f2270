//! What the staff see of the steps: those of one stay, and the red list of a region. Neither
//! names anybody.

use jiff::Timestamp;
use sqlx::{Row as _, postgres::PgRow};
use yiwang_casework::{Runtime, page::limit_of};
use yiwang_chassis::{
    db::{from_chrono, to_chrono},
    fault::{Code, Fault},
    identity::{Caller, Role},
};
use yiwang_proto::rescue::v1 as pb;

use super::{scope, steps};
use crate::domain::search::Step;

/// Who watches the clocks.
const ROLES: [Role; 3] = [Role::Station, Role::CountyOfficer, Role::Approver];

/// Every step of one stay, in the order of the law.
pub(super) async fn of_case(
    rt: &Runtime,
    caller: &Caller,
    case_number: &str,
) -> Result<pb::SearchDutyList, Fault> {
    let not_found = || {
        let message = "没有找到这名受助人员，请核对编号。";
        Fault::new(Code::NotFound, "CASE_NOT_FOUND", message)
    };
    let station: Option<(String, String)> = sqlx::query_as(
        "select s.code, s.name from rescue.stay t join rescue.station s on s.code = t.station
          where t.case_number = $1",
    )
    .bind(case_number.trim())
    .fetch_optional(&rt.pool)
    .await?;
    // Whoever may not see it learns no more than of one that does not exist.
    let station = station.filter(|(code, _)| {
        let division = code.get(..9).unwrap_or_default();
        ROLES.into_iter().any(|role| caller.has(role, division))
    });
    let (code, name) = station.ok_or_else(not_found)?;
    let mut conn = rt.pool.acquire().await?;
    let search = steps::of_case(&mut conn, case_number.trim()).await?;
    let about = About {
        case_number: case_number.trim(),
        station: &code,
        station_name: &name,
    };
    let now = rt.now();
    let duties = search.steps.iter().map(|step| about.shown(step, now));
    Ok(pb::SearchDutyList {
        duties: duties.collect(),
        next_cursor: String::new(),
    })
}

/// What is late in the caller's regions, the latest first.
pub(super) async fn late(
    rt: &Runtime,
    caller: &Caller,
    request: pb::ListLateSearchDutiesRequest,
) -> Result<pb::SearchDutyList, Fault> {
    let scopes: Vec<&str> = ROLES.iter().flat_map(|role| caller.scopes(*role)).collect();
    if scopes.is_empty() {
        return Err(Fault::forbidden());
    }
    let now = rt.now();
    let limit = limit_of(request.limit);
    let after = Position::parse(&request.cursor)?;
    let mut rows = sqlx::query(
        "select d.case_number, t.station, s.name as station_name, d.step, d.round, d.due_at,
                d.done_at, d.done_by, d.record, d.ended_at
           from rescue.search_step d
           join rescue.stay t using (case_number)
           join rescue.station s on s.code = t.station
          where d.done_at is null and d.ended_at is null and d.due_at <= $1
            and starts_with(t.station, $2)
            and exists (select 1 from unnest($3::text[]) scope where starts_with(t.station, scope))
            and ($4::timestamptz is null
                 or (d.due_at, d.case_number, d.step, d.round) > ($4, $5, $6, $7))
          order by d.due_at, d.case_number, d.step, d.round
          limit $8",
    )
    .bind(to_chrono(now))
    .bind(scope(&request.division)?)
    .bind(scopes)
    .bind(after.as_ref().map(|after| to_chrono(after.due_at)))
    .bind(after.as_ref().map(|after| &after.case_number))
    .bind(after.as_ref().map(|after| &after.step))
    .bind(after.as_ref().map(|after| after.round))
    .bind(limit + 1)
    .fetch_all(&rt.pool)
    .await?;
    let more = rows.len() > usize::try_from(limit).unwrap_or(usize::MAX);
    if more {
        rows.pop();
    }
    let mut duties = Vec::new();
    for row in &rows {
        duties.push(of_row(row, now)?);
    }
    let last = rows.last().filter(|_| more);
    let next_cursor = last.map(Position::print).transpose()?.unwrap_or_default();
    Ok(pb::SearchDutyList {
        duties,
        next_cursor,
    })
}

fn of_row(row: &PgRow, now: Timestamp) -> sqlx::Result<pb::SearchDuty> {
    let (case_number, station): (String, String) =
        (row.try_get("case_number")?, row.try_get("station")?);
    let station_name: String = row.try_get("station_name")?;
    let about = About {
        case_number: &case_number,
        station: &station,
        station_name: &station_name,
    };
    Ok(about.shown(&steps::read(row)?, now))
}

struct About<'a> {
    case_number: &'a str,
    station: &'a str,
    station_name: &'a str,
}

impl About<'_> {
    fn shown(&self, step: &Step, now: Timestamp) -> pb::SearchDuty {
        let (kind, done) = (step.kind, step.done.as_ref());
        let state = match (done, step.ended_at) {
            (Some(_), _) => "done",
            (None, Some(_)) => "ended",
            (None, None) => "open",
        };
        pb::SearchDuty {
            case_number: self.case_number.to_owned(),
            station: self.station.to_owned(),
            station_name: self.station_name.to_owned(),
            step: kind.code().to_owned(),
            label: kind.label().to_owned(),
            legal_basis: kind.legal_basis().to_owned(),
            round: i32::try_from(step.round).unwrap_or(i32::MAX),
            due_at: step.due_at.to_string(),
            state: state.to_owned(),
            done_at: done.map(|done| done.at.to_string()).unwrap_or_default(),
            done_by: done.map(|done| done.by.clone()).unwrap_or_default(),
            record: done.map(|done| done.record.clone()).unwrap_or_default(),
            late: step.is_late(now),
            minutes_late: step.minutes_late(now),
        }
    }
}

/// The last row seen; the case numbers are those of the list itself.
struct Position {
    due_at: Timestamp,
    case_number: String,
    step: String,
    round: i32,
}

impl Position {
    fn print(row: &PgRow) -> sqlx::Result<String> {
        let due_at = from_chrono(row.try_get("due_at")?).as_microsecond();
        let (case_number, step): (String, String) =
            (row.try_get("case_number")?, row.try_get("step")?);
        let round: i32 = row.try_get("round")?;
        Ok(format!("{due_at:x}~{case_number}~{step}~{round}"))
    }

    fn parse(text: &str) -> Result<Option<Self>, Fault> {
        if text.is_empty() {
            return Ok(None);
        }
        let wrong = || {
            let message = "翻页参数有误，请从第一页重新打开。";
            Fault::invalid_field("/cursor", "CURSOR", message)
        };
        let mut parts = text.split('~');
        let mut part = || parts.next().ok_or_else(wrong);
        let due_at = i64::from_str_radix(part()?, 16).map_err(|_| wrong())?;
        Ok(Some(Self {
            due_at: Timestamp::from_microsecond(due_at).map_err(|_| wrong())?,
            case_number: part()?.to_owned(),
            step: part()?.to_owned(),
            round: part()?.parse().map_err(|_| wrong())?,
        }))
    }
}
