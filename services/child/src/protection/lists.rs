//! Reports and cases within a division. Whoever is on a case does not learn from
//! a list that there is one; each look leaves a row.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use jiff::civil::Date;
use serde_json::json;
use sqlx::{FromRow, PgConnection};
use yiwang_casework::{Runtime, State as _};
use yiwang_chassis::{
    audit,
    db::{from_chrono, to_chrono},
    fault::Fault,
    identity::Caller,
};
use yiwang_civic::{division, mask, time::beijing_date};
use yiwang_proto::child::v1 as pb;

use super::{
    rows::{COLUMNS, Row, Story},
    wire,
};
use crate::domain::protection::{person::Ward, protection_case::State, words::Risk};

/// SQL: the caller is not on the case.
pub(super) const NOT_ON_IT: &str = "not exists (select from casework.case_person self
    where self.case_id = f.id and self.person_key = $2)";

pub(super) fn person(caller: &Caller) -> &str {
    caller.person.as_deref().unwrap_or_default()
}

pub(super) async fn looked(
    rt: &Runtime,
    conn: &mut PgConnection,
    caller: &Caller,
    what: &str,
    division: &str,
) -> sqlx::Result<()> {
    let entry = audit::Entry {
        at: rt.now(),
        actor: caller.account.to_string(),
        actor_name: Some(caller.name.clone()),
        on_behalf_of: caller.on_behalf_of.clone(),
        action: format!("{what}.list"),
        object: format!("division/{}", division.trim()),
        purpose: None,
        outcome: audit::Outcome::Done,
        detail: json!({}),
    };
    audit::record(conn, &entry).await
}

/// The latest reports.
pub(super) async fn reports(
    rt: &Runtime,
    caller: &Caller,
    request: pb::ListReportsRequest,
) -> Result<pb::ReportList, Fault> {
    let mut conn = rt.pool.acquire().await?;
    looked(rt, &mut conn, caller, "report", &request.division).await?;
    let rows: Vec<Row> = sqlx::query_as(sqlx::AssertSqlSafe(format!(
        "select {COLUMNS} from child.protection p
           join casework.case_file f on f.number = p.case_number
          where starts_with(p.division, $1) and p.state <> 'transferred' and {NOT_ON_IT}
          order by p.reported_at desc, p.case_number desc limit 500"
    )))
    .bind(division::scope_prefix(request.division.trim()))
    .bind(person(caller))
    .fetch_all(&mut *conn)
    .await?;
    let reports = rows.into_iter().map(|row| pb::ReportRow {
        division_name: place(&row.division),
        received_at: wire(from_chrono(row.reported_at)),
        state_label: label(row.state()),
        police_told: row.police_told_at.is_some(),
        case_number: row.case_number,
        division: row.division,
        channel: row.channel,
        duty_bound: row.duty_bound,
        danger_now: row.danger_now,
        reporter_known: row.reporter_known,
        state: row.state,
    });
    Ok(pb::ReportList {
        reports: reports.collect(),
    })
}

/// Name of a place; a county's own office has the county's.
pub(super) fn place(code: &str) -> String {
    let county: String = code.chars().take(6).collect();
    let found = division::full_name(code).or_else(|| division::full_name(&county));
    found.unwrap_or_default()
}

fn label(state: Option<State>) -> String {
    state.map_or("", |state| state.spec().label).to_owned()
}

/// Cases, the most urgent first.
pub(super) async fn cases(
    rt: &Runtime,
    caller: &Caller,
    request: pb::ListProtectionCasesRequest,
) -> Result<pb::ProtectionCaseList, Fault> {
    let mut conn = rt.pool.acquire().await?;
    looked(rt, &mut conn, caller, "protection", &request.division).await?;
    let rows: Vec<Row> = sqlx::query_as(sqlx::AssertSqlSafe(format!(
        "select {COLUMNS} from child.protection p
           join casework.case_file f on f.number = p.case_number
          where (starts_with(p.division, $1) or p.home <> '' and starts_with(p.home, $1))
            and p.state <> 'transferred' and {NOT_ON_IT} and f.closed = $3 and ($4 = '' or p.state = $4)
          order by f.due_at, p.case_number limit 500"
    )))
    .bind(division::scope_prefix(request.division.trim()))
    .bind(person(caller))
    .bind(request.closed)
    .bind(request.state.trim())
    .fetch_all(&mut *conn)
    .await?;
    let numbers = rows.iter().map(|row| row.case_number.as_str()).collect();
    let mut clocks = clocks(rt, &mut conn, numbers).await?;
    let mut cases = Vec::with_capacity(rows.len());
    for row in rows {
        let story = row.story(rt)?;
        let clocks = clocks.remove(&row.case_number).unwrap_or_default();
        cases.push(shown(rt, &row, &story, clocks));
    }
    Ok(pb::ProtectionCaseList { cases })
}

/// A case as a line of the list.
pub(super) fn shown(
    rt: &Runtime,
    row: &Row,
    story: &Story,
    clocks: Vec<pb::ProtectionClock>,
) -> pb::ProtectionCaseRow {
    let state = row.state();
    let child = &story.form.child;
    let owner = match &story.facts.triage {
        Some(triage) => triage.by.clone(),
        None => state
            .map(|state| state.spec().awaiting.label())
            .unwrap_or_default(),
    };
    let level = Risk::from_code(&row.risk).map_or("", Risk::label);
    pb::ProtectionCaseRow {
        case_number: row.case_number.clone(),
        division: row.division.clone(),
        division_name: place(&row.division),
        state: row.state.clone(),
        state_label: label(state),
        step: state.map_or("", State::step).to_owned(),
        level: row.risk.clone(),
        level_label: level.to_owned(),
        child: masked(child),
        age: age(child, beijing_date(rt.now())),
        owner,
        reported_at: wire(from_chrono(row.reported_at)),
        police_told: row.police_told_at.is_some(),
        in_care: row.in_care,
        clocks,
    }
}

pub(super) fn masked(child: &Ward) -> String {
    match child.name.trim() {
        "" => child.called(),
        name => mask::name(name),
    }
}

pub(super) fn age(child: &Ward, today: Date) -> i32 {
    child.age_on(today).map_or(-1, i32::from)
}

#[derive(FromRow)]
struct Clock {
    number: String,
    name: String,
    label: String,
    legal_basis: String,
    due_at: DateTime<Utc>,
}

/// Running limits of these cases, the nearest first.
pub(super) async fn clocks(
    rt: &Runtime,
    conn: &mut PgConnection,
    numbers: Vec<&str>,
) -> sqlx::Result<BTreeMap<String, Vec<pb::ProtectionClock>>> {
    let found: Vec<Clock> = sqlx::query_as(
        "select f.number, c.name, c.label, c.legal_basis, c.due_at
           from casework.clock c join casework.case_file f on f.id = c.case_id
          where f.number = any($1) and c.ended_at is null and c.label <> ''
          order by c.due_at, c.name",
    )
    .bind(numbers)
    .fetch_all(conn)
    .await?;
    let now = to_chrono(rt.now());
    let mut all: BTreeMap<String, Vec<pb::ProtectionClock>> = BTreeMap::new();
    for clock in found {
        all.entry(clock.number)
            .or_default()
            .push(pb::ProtectionClock {
                name: clock.name,
                label: clock.label,
                due_at: wire(from_chrono(clock.due_at)),
                late: clock.due_at <= now,
                legal_basis: clock.legal_basis,
            });
    }
    Ok(all)
}
