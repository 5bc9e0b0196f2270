//! The register of people easily lost as townships and counties read it (rules R12): who is
//! missing, who waits for the check, who is due for a visit or a collection. Names masked.

use chrono::NaiveDate;
use jiff::{ToSpan as _, civil::Date};
use sqlx::FromRow;
use yiwang_casework::{Runtime, page::limit_of};
use yiwang_chassis::{
    db::{from_chrono_date, to_chrono_date},
    fault::Fault,
    identity::{Caller, Role},
};
use yiwang_civic::{division, time};
use yiwang_proto::rescue::v1 as pb;

use super::easily_lost::LABEL;
use crate::{domain::easily_lost::action::Level, search::scope};

/// Who reads it: who collects and who checks.
const ROLES: [Role; 2] = [Role::TownshipOfficer, Role::CountyOfficer];
/// So many days before its limit a collection stands on the list.
const SOON: i64 = 30;

#[derive(FromRow)]
struct Row {
    case_number: String,
    township: String,
    level: String,
    state: String,
    responsible: String,
    next_visit: Option<NaiveDate>,
    collect_by: Option<NaiveDate>,
    sealed: Vec<u8>,
    due: NaiveDate,
}

/// A page.
pub(super) async fn list(
    rt: &Runtime,
    caller: &Caller,
    request: pb::ListEasilyLostRequest,
) -> Result<pb::EasilyLostList, Fault> {
    let scopes: Vec<&str> = ROLES.iter().flat_map(|role| caller.scopes(*role)).collect();
    if scopes.is_empty() {
        return Err(Fault::forbidden());
    }
    let within = scope(&request.division)?;
    let due = request.due.trim();
    if !matches!(due, "" | "visit" | "collect" | "missing" | "check") {
        let message = "请重新选择要看哪些人。";
        return Err(Fault::invalid_field("/due", "WRONG_VALUE", message));
    }
    let today = time::beijing_date(rt.now());
    let after = position(&request.cursor)?;
    let (day, number) = after.unzip();
    let limit = limit_of(request.limit);
    let mut rows: Vec<Row> = sqlx::query_as(
        "select * from (
           select case_number, township, level, state, responsible, next_visit, collect_by, sealed,
                  case state when 'missing' then date '0001-01-01'
                             when 'proposed' then date '0001-01-02'
                             else coalesce(least(next_visit, collect_by), date '9999-12-31')
                  end as due
             from rescue.easily_lost
            where state <> 'removed' and starts_with(township, $1)
              and exists (select 1 from unnest($2::text[]) scope where starts_with(township, scope))
              and case $3 when 'visit' then state = 'listed' and next_visit <= $4
                          when 'collect' then state = 'listed' and collect_by <= $5
                          when 'missing' then state = 'missing'
                          when 'check' then state = 'proposed'
                          else true end) entry
          where $6::date is null or (due, case_number) > ($6, $7)
          order by due, case_number limit $8",
    )
    .bind(within)
    .bind(&scopes)
    .bind(due)
    .bind(to_chrono_date(today))
    .bind(to_chrono_date(today.saturating_add(SOON.days())))
    .bind(day.map(to_chrono_date))
    .bind(number)
    .bind(limit + 1)
    .fetch_all(&rt.pool)
    .await?;
    let size = usize::try_from(limit).unwrap_or(usize::MAX);
    let more = rows.len() > size;
    rows.truncate(size);
    let last = rows.last().filter(|_| more);
    let next_cursor = last.map(|row| format!("{} {}", from_chrono_date(row.due), row.case_number));
    let first_page = request.cursor.trim().is_empty();
    Ok(pb::EasilyLostList {
        next_cursor: next_cursor.unwrap_or_default(),
        entries: rows
            .into_iter()
            .map(|row| shown(rt, row, today))
            .collect::<Result<_, _>>()?,
        townships: match first_page {
            true => townships(rt, (within, &scopes), today).await?,
            false => vec![],
        },
    })
}

fn position(cursor: &str) -> Result<Option<(Date, String)>, Fault> {
    let read = |text: &str| {
        let (day, number) = text.split_once(' ')?;
        Some((day.parse().ok()?, number.to_owned()))
    };
    match cursor.trim() {
        "" => Ok(None),
        text => read(text)
            .map(Some)
            .ok_or_else(|| Fault::invalid_field("/cursor", "BAD_CURSOR", "请从第一页重新打开。")),
    }
}

fn shown(rt: &Runtime, row: Row, today: Date) -> Result<pb::EasilyLostLine, Fault> {
    let listed = row.state == "listed";
    let visit = row.next_visit.map(from_chrono_date);
    let collect = row.collect_by.map(from_chrono_date);
    let level = Level::from_code(&row.level);
    let township = row.township.get(..9).unwrap_or(&row.township).to_owned();
    let urgency = |due: bool, overdue: bool| match (listed && due, listed && overdue) {
        (_, true) => "overdue",
        (true, _) => "due",
        _ => "calm",
    };
    let month_over = |first: Date| time::month_of(first).last_day() < today;
    let soon = |by: Date| by <= today.saturating_add(SOON.days());
    Ok(pb::EasilyLostLine {
        label: rt.open(LABEL, &row.case_number, &row.sealed)?,
        township_name: name_of(&township),
        township,
        level_label: level.map_or_else(String::new, |level| level.label().to_owned()),
        level: row.level,
        responsible: row.responsible,
        visit: urgency(
            visit.is_some_and(|first| first <= today),
            visit.is_some_and(month_over),
        )
        .to_owned(),
        collect: urgency(
            collect.is_some_and(soon),
            collect.is_some_and(|by| by < today),
        )
        .to_owned(),
        next_visit: visit.map(|day| day.to_string()).unwrap_or_default(),
        collect_by: collect.map(|day| day.to_string()).unwrap_or_default(),
        case_number: row.case_number,
        state: row.state,
    })
}

fn name_of(township: &str) -> String {
    division::find(township).map_or_else(|| township.to_owned(), |found| found.name.to_owned())
}

#[derive(FromRow)]
struct Count {
    township: String,
    listed: i64,
    proposed: i64,
    missing: i64,
    visits_due: i64,
    visits_overdue: i64,
    collections_overdue: i64,
}

async fn townships(
    rt: &Runtime,
    (within, scopes): (&str, &[&str]),
    today: Date,
) -> Result<Vec<pb::EasilyLostTownship>, Fault> {
    let counts: Vec<Count> = sqlx::query_as(
        "select left(township, 9) as township,
                count(*) filter (where state = 'listed') as listed,
                count(*) filter (where state = 'proposed') as proposed,
                count(*) filter (where state = 'missing') as missing,
                count(*) filter (where state = 'listed' and next_visit = $4) as visits_due,
                count(*) filter (where state = 'listed' and next_visit < $4) as visits_overdue,
                count(*) filter (where state = 'listed' and collect_by < $3)
                    as collections_overdue
           from rescue.easily_lost
          where state <> 'removed' and starts_with(township, $1)
            and exists (select 1 from unnest($2::text[]) scope where starts_with(township, scope))
          group by 1 order by 1",
    )
    .bind(within)
    .bind(scopes)
    .bind(to_chrono_date(today))
    .bind(to_chrono_date(time::month_of(today).first_day()))
    .fetch_all(&rt.pool)
    .await?;
    let out = |count: Count| pb::EasilyLostTownship {
        name: name_of(&count.township),
        township: count.township,
        listed: count.listed,
        proposed: count.proposed,
        missing: count.missing,
        visits_due: count.visits_due,
        visits_overdue: count.visits_overdue,
        collections_overdue: count.collections_overdue,
    };
    Ok(counts.into_iter().map(out).collect())
}
