//! A task as the table keeps it, as it is shown, and what is told of it.

use chrono::{DateTime, Utc};
use prost::Message as _;
use sqlx::{FromRow, PgConnection};
use uuid::Uuid;
use yiwang_casework::{Runtime, decision::DomainEvent, known_to};
use yiwang_chassis::{
    audit,
    db::from_chrono,
    fault::Fault,
    identity::{Caller, Role},
    journal,
};
use yiwang_civic::{division, time::beijing_date};
use yiwang_proto::child::v1 as pb;

use crate::domain::task::{Kind, STAFF};

/// What results are sealed for.
pub(super) const TABLE: &str = "task";

/// Columns of a row.
pub(super) const COLUMNS: &str =
    "t.id, t.kind, t.division, t.roles, t.subject, t.case_number, t.because,
    t.due_at, t.state, t.account, t.officer, t.result, t.raised_at";

/// Whose tasks: roles and beginnings of divisions, side by side ($1, $2).
pub(super) const THEIRS: &str =
    "exists (select 1 from unnest($1::text[], $2::text[]) g(role, scope)
    where g.role = any(t.roles) and starts_with(t.division, g.scope))";

#[derive(Debug, FromRow)]
pub(super) struct Row {
    pub(super) id: Uuid,
    pub(super) kind: String,
    pub(super) division: String,
    pub(super) roles: Vec<String>,
    pub(super) subject: String,
    pub(super) case_number: Option<String>,
    because: String,
    pub(super) due_at: DateTime<Utc>,
    pub(super) state: String,
    pub(super) account: Option<Uuid>,
    pub(super) officer: Option<String>,
    result: Option<Vec<u8>>,
    raised_at: DateTime<Utc>,
}

/// The caller's roles that have tasks, and where, side by side.
///
/// # Errors
/// The caller has none.
pub(super) fn grants(caller: &Caller) -> Result<(Vec<&'static str>, Vec<String>), Fault> {
    let of = |role: &Role| {
        let scopes = caller.scopes(*role).into_iter().map(str::to_owned);
        let role = role.as_str();
        scopes.map(move |scope| (role, scope)).collect::<Vec<_>>()
    };
    let (roles, scopes): (Vec<_>, Vec<_>) = STAFF.iter().flat_map(of).unzip();
    if roles.is_empty() {
        return Err(Fault::forbidden());
    }
    Ok((roles, scopes))
}

impl Row {
    /// Who has it now.
    pub(super) fn role(&self) -> Option<Role> {
        self.roles.last()?.parse().ok()
    }

    /// Whether it was passed on, and the caller is who stands by.
    pub(super) fn passed_on_to(&self, caller: &Caller) -> bool {
        let theirs = |role: Role| caller.has(role, &self.division);
        self.roles.len() > 1 && self.role().is_some_and(theirs)
    }

    /// On the wire, for `caller`, who stands on the cases `known`.
    pub(super) fn shown(
        self,
        rt: &Runtime,
        caller: &Caller,
        known: &[String],
    ) -> Result<pb::Task, Fault> {
        let due_at = from_chrono(self.due_at);
        let role = self.role();
        let result = self.result.as_deref();
        let result = result.map(|sealed| rt.open(TABLE, &self.id.to_string(), sealed));
        let result: Option<String> = result.transpose()?;
        let label = Kind::from_code(&self.kind).map_or("", Kind::label);
        let state_label = match self.state.as_str() {
            "open" => "待办",
            "taken" => "办理中",
            _ => "已办",
        };
        let place = division::find(&self.division);
        let case_number = self
            .case_number
            .as_ref()
            .filter(|number| known.contains(number));
        Ok(pb::Task {
            id: self.id.to_string(),
            label: label.to_owned(),
            kind: self.kind.clone(),
            because: self.because.clone(),
            case_number: case_number.cloned().unwrap_or_default(),
            division_name: place.map_or_else(String::new, |found| found.name.to_owned()),
            role: role.map_or("", Role::as_str).to_owned(),
            role_label: role.map_or("", Role::label).to_owned(),
            due_on: last_day(due_at).to_string(),
            late: self.state != "done" && due_at <= rt.now(),
            state_label: state_label.to_owned(),
            taken_by: self.officer.unwrap_or_default(),
            mine: self.account == Some(caller.account),
            result: result.unwrap_or_default(),
            raised_at: from_chrono(self.raised_at).to_string(),
            division: self.division,
            state: self.state,
        })
    }
}

/// The cases of these tasks that the caller stands on.
pub(super) async fn known(
    rt: &Runtime,
    conn: &mut PgConnection,
    caller: &Caller,
    rows: &[Row],
) -> sqlx::Result<Vec<String>> {
    let numbers: Vec<String> = rows
        .iter()
        .filter_map(|row| row.case_number.clone())
        .collect();
    known_to(rt, conn, caller, &numbers).await
}

/// Last day of a limit: one that ends at midnight ends with the day before.
fn last_day(due_at: jiff::Timestamp) -> jiff::civil::Date {
    beijing_date(
        due_at
            .saturating_sub(jiff::SignedDuration::from_nanos(1))
            .unwrap_or(due_at),
    )
}

/// A change of a task as it is told.
pub(super) struct Changed<'a> {
    pub(super) id: Uuid,
    pub(super) kind: &'a str,
    pub(super) division: &'a str,
    pub(super) role: &'a str,
}

impl Changed<'_> {
    /// Audit entry and event of it; `who` says who did it.
    pub(super) async fn told(
        &self,
        rt: &Runtime,
        conn: &mut PgConnection,
        what: &'static str,
        who: &audit::Entry,
    ) -> sqlx::Result<()> {
        let entry = audit::Entry {
            at: rt.now(),
            action: format!("task.{what}"),
            object: format!("task/{}", self.id),
            detail: serde_json::json!({ "kind": self.kind, "role": self.role }),
            ..who.clone()
        };
        let payload = pb::TaskChanged {
            task: self.id.to_string(),
            kind: self.kind.to_owned(),
            division: self.division.to_owned(),
            role: self.role.to_owned(),
        };
        let event = DomainEvent {
            aggregate: "task",
            aggregate_id: self.id.to_string(),
            event: what,
            payload: payload.encode_to_vec(),
        };
        journal::write(conn, &entry, &rt.outgoing(event, rt.now())).await
    }
}
