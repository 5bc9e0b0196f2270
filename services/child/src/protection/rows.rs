//! One row for each protection case: what lists, merging and suspicion need. The case holds the
//! story; a sealed copy of it draws the workbench.

use chrono::{DateTime, Utc};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use sqlx::{FromRow, PgConnection};
use yiwang_casework::{ApplyError, Case, Runtime, State as _};
use yiwang_chassis::{
    db::{from_chrono, to_chrono},
    fault::Fault,
};

use super::{barred, failed};
use crate::domain::protection::{
    ProtectionCase,
    protection_case::{Facts, Form, State, world::Other},
};

/// What is sealed of a case.
#[derive(Serialize, Deserialize)]
pub(super) struct Story {
    pub(super) form: Form,
    pub(super) facts: Facts,
}

/// A case as lists need it.
#[derive(Debug, Clone, FromRow)]
pub(super) struct Row {
    pub(super) case_number: String,
    pub(super) division: String,
    pub(super) state: String,
    pub(super) reported_at: DateTime<Utc>,
    pub(super) channel: String,
    pub(super) duty_bound: bool,
    pub(super) danger_now: bool,
    pub(super) police_told_at: Option<DateTime<Utc>>,
    pub(super) risk: String,
    pub(super) goes_on_in: Option<String>,
    pub(super) in_care: bool,
    pub(super) reporter_known: bool,
    pub(super) sealed: Vec<u8>,
}

/// The columns of [`Row`] from `child.protection p`.
pub(super) const COLUMNS: &str = "p.case_number, p.division, p.state, p.reported_at, p.channel,
    p.duty_bound, p.danger_now, p.police_told_at, p.risk, p.goes_on_in, p.sealed,
    exists (select from child.guardianship g
             where g.protection = p.case_number and g.open) as in_care,
    exists (select from child.reporter r
             where r.case_number = p.case_number and r.known) as reporter_known";

impl Row {
    /// Where it stands.
    pub(super) fn state(&self) -> Option<State> {
        State::from_code(&self.state)
    }

    /// The story.
    pub(super) fn story(&self, rt: &Runtime) -> Result<Story, Fault> {
        rt.open("protection", &self.case_number, &self.sealed)
    }

    /// As merging sees it.
    pub(super) fn other(&self) -> Other {
        let ended = [State::Closed, State::Merged, State::Transferred];
        Other {
            number: self.case_number.clone(),
            county: self.division.chars().take(6).collect(),
            open: self.state().is_some_and(|state| !ended.contains(&state)),
            reported_at: Some(from_chrono(self.reported_at)),
            police_told_at: self.police_told_at.map(from_chrono),
        }
    }
}

/// The row of a case.
pub(super) async fn find(conn: &mut PgConnection, number: &str) -> sqlx::Result<Option<Row>> {
    sqlx::query_as(sqlx::AssertSqlSafe(format!(
        "select {COLUMNS} from child.protection p where p.case_number = $1"
    )))
    .bind(number.trim())
    .fetch_optional(conn)
    .await
}

/// The last case that a report went on in; itself, as long as it goes on there.
pub(super) async fn goes_on(conn: &mut PgConnection, number: &str) -> sqlx::Result<Option<Row>> {
    let mut row = find(conn, number).await?;
    // A chain has no circle: only open cases take others over.
    while let Some(next) = row.as_ref().and_then(|row| row.goes_on_in.clone()) {
        row = find(conn, &next).await?;
    }
    Ok(row)
}

/// The row follows its case.
pub(super) async fn follow(
    rt: &Runtime,
    conn: &mut PgConnection,
    case: &Case<ProtectionCase>,
    goes_on_in: Option<&str>,
    now: Timestamp,
) -> Result<(), ApplyError> {
    let (form, facts) = (&case.form, &case.facts);
    let story = Story {
        form: form.clone(),
        facts: facts.clone(),
    };
    let sealed = rt
        .seal("protection", &case.number, &story)
        .map_err(failed)?;
    let child = form
        .child
        .id()
        .map(|id| rt.keyer.key(&id).as_str().to_owned());
    let risk = facts
        .triage
        .as_ref()
        .map_or("", |triage| triage.what.risk.code());
    sqlx::query(
        "insert into child.protection as p (case_number, division, state, child_key, reported_at,
             channel, duty_bound, danger_now, police_told_at, risk, goes_on_in, sealed, home)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)
         on conflict (case_number) do update
             set state = excluded.state, child_key = excluded.child_key,
                 police_told_at = excluded.police_told_at, risk = excluded.risk,
                 goes_on_in = excluded.goes_on_in, sealed = excluded.sealed,
                 home = excluded.home",
    )
    .bind(&case.number)
    .bind(&case.division)
    .bind(case.state.spec().code)
    .bind(&child)
    .bind(to_chrono(facts.reported_at.unwrap_or(now)))
    .bind(form.channel.code())
    .bind(form.duty_bound)
    .bind(form.danger_now)
    .bind(facts.police.as_ref().map(|told| to_chrono(told.at)))
    .bind(risk)
    .bind(goes_on_in)
    .bind(sealed)
    .bind(facts.township().unwrap_or_default())
    .execute(&mut *conn)
    .await?;
    suspects(rt, conn, case).await?;
    let closed = case.state == State::Closed;
    barred::money(conn, &case.number, child.as_deref(), closed, now).await?;
    Ok(())
}

async fn suspects(
    rt: &Runtime,
    conn: &mut PgConnection,
    case: &Case<ProtectionCase>,
) -> sqlx::Result<()> {
    let around = case.form.around.iter().filter(|somebody| somebody.suspect);
    let keys: Vec<String> = around
        .filter_map(|somebody| somebody.id())
        .map(|id| rt.keyer.key(&id).as_str().to_owned())
        .collect();
    sqlx::query("delete from child.suspect where case_number = $1 and person_key <> all($2)")
        .bind(&case.number)
        .bind(&keys)
        .execute(&mut *conn)
        .await?;
    sqlx::query(
        "insert into child.suspect (case_number, person_key)
         select $1, unnest($2::text[]) on conflict do nothing",
    )
    .bind(&case.number)
    .bind(&keys)
    .execute(conn)
    .await?;
    Ok(())
}
