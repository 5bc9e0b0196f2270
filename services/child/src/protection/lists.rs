//! Reports, cases and children in care within a division. Whoever is on a case does not learn from
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
    custody,
    guardianships::Shown,
    rows::{COLUMNS, Row, Story},
    wire,
};
use crate::domain::protection::{
    long_guardianship,
    person::Ward,
    protection_case::State,
    temporary_guardianship,
    words::{PlaceKind, Risk},
};

/// SQL: the caller is not on the case.
const NOT_ON_IT: &str = "not exists (select from casework.case_person self
    where self.case_id = f.id and self.person_key = $2)";

fn person(caller: &Caller) -> &str {
    caller.person.as_deref().unwrap_or_default()
}

async fn looked(
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
          where starts_with(p.division, $1) and p.state <> 'transferred' and {NOT_ON_IT}
            and f.closed = $3 and ($4 = '' or p.state = $4)
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

fn masked(child: &Ward) -> String {
    match child.name.trim() {
        "" => child.called(),
        name => mask::name(name),
    }
}

fn age(child: &Ward, today: Date) -> i32 {
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

#[derive(FromRow)]
struct Guarded {
    case_number: String,
    kind: String,
    division: String,
    state: String,
    started_at: DateTime<Utc>,
    place: String,
    sealed: Vec<u8>,
}

/// Children in care, the longest first.
pub(super) async fn custody(
    rt: &Runtime,
    caller: &Caller,
    request: pb::ListCustodyRequest,
) -> Result<pb::CustodyList, Fault> {
    let mut conn = rt.pool.acquire().await?;
    looked(rt, &mut conn, caller, "custody", &request.division).await?;
    let rows: Vec<Guarded> = sqlx::query_as(sqlx::AssertSqlSafe(format!(
        "select g.case_number, g.kind, c.division, g.state, c.started_at, p.kind as place, g.sealed
           from child.custody c
           join child.guardianship g on g.case_number = c.case_number
           join child.placement p on p.custody = c.id and p.nth = c.last
           join casework.case_file f on f.number = c.case_number
          where not isfinite(c.until) and starts_with(c.division, $1) and {NOT_ON_IT}
          order by c.started_at, g.case_number limit 500"
    )))
    .bind(division::scope_prefix(request.division.trim()))
    .bind(person(caller))
    .fetch_all(&mut *conn)
    .await?;
    let numbers = rows.iter().map(|row| row.case_number.as_str()).collect();
    let mut clocks = clocks(rt, &mut conn, numbers).await?;
    let mut children = Vec::with_capacity(rows.len());
    for row in rows {
        let clocks = clocks.remove(&row.case_number).unwrap_or_default();
        children.push(guarded(rt, &mut conn, row, clocks).await?);
    }
    Ok(pb::CustodyList { children })
}

async fn guarded(
    rt: &Runtime,
    conn: &mut PgConnection,
    row: Guarded,
    clocks: Vec<pb::ProtectionClock>,
) -> Result<pb::CustodyRow, Fault> {
    let shown: Shown = rt.open("guardianship", &row.case_number, &row.sealed)?;
    let cases = [row.case_number.clone()];
    let stays = custody::history(rt, conn, &cases).await?;
    let carer = stays.first().map(|stay| stay.sealed.carer.as_str());
    let place_kind = PlaceKind::from_code(&row.place);
    let institution = matches!(place_kind, Some(PlaceKind::Centre | PlaceKind::Home));
    let carer = match (carer, institution) {
        (Some(carer), true) => carer.to_owned(),
        (Some(carer), false) => mask::name(carer),
        (None, _) => String::new(),
    };
    let state = match row.kind.as_str() {
        "long" => long_guardianship::State::from_code(&row.state).map(|state| state.spec().label),
        _ => temporary_guardianship::State::from_code(&row.state).map(|state| state.spec().label),
    };
    Ok(pb::CustodyRow {
        child: masked(&shown.child),
        age: age(&shown.child, beijing_date(rt.now())),
        placement_label: place_kind.map_or("", PlaceKind::label).to_owned(),
        carer,
        since: beijing_date(from_chrono(row.started_at)).to_string(),
        state_label: state.unwrap_or_default().to_owned(),
        division_name: place(&row.division),
        case_number: row.case_number,
        kind: row.kind,
        division: row.division,
        clocks,
    })
}
