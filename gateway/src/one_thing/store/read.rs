//! Reading for pages and REST.

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate, Utc};
use jiff::Timestamp;
use serde_json::Value;
use sqlx::{FromRow, PgConnection};
use uuid::Uuid;
use yiwang_chassis::{
    db::{from_chrono, to_chrono},
    fault::Fault,
};

use super::load::cell;
use crate::crypto::{Column, Vault};

/// One one-thing in a list.
#[derive(Debug, Clone, FromRow)]
pub(crate) struct Overview {
    pub(crate) id: Uuid,
    pub(crate) number: String,
    pub(crate) code: String,
    pub(crate) version: i32,
    pub(crate) state: String,
    pub(crate) ending: Option<String>,
    pub(crate) account: Uuid,
    pub(crate) subject: String,
    pub(crate) division: String,
    pub(crate) started_at: DateTime<Utc>,
    pub(crate) finished_at: Option<DateTime<Utc>>,
    pub(crate) promised_on: Option<NaiveDate>,
    pub(crate) open_ended: bool,
}

/// One step as it stands.
#[derive(Debug, Clone, FromRow)]
pub(crate) struct StepRow {
    pub(crate) step: String,
    pub(crate) state: String,
    pub(crate) phase: String,
    pub(crate) attempts: i32,
    pub(crate) deadline_at: Option<DateTime<Utc>>,
    pub(crate) overdue: bool,
    pub(crate) reason_class: Option<String>,
    pub(crate) reason_code: Option<String>,
    pub(crate) reason_text: Option<String>,
    pub(crate) child_number: Option<String>,
    pub(crate) result_sealed: Option<Vec<u8>>,
    /// What it was sent back for: pointers into the form.
    pub(crate) asked: Vec<String>,
    pub(crate) changed_at: DateTime<Utc>,
}

/// A line of the history.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Told {
    pub(crate) step: Option<String>,
    pub(crate) kind: String,
    pub(crate) text: String,
    pub(crate) at: Timestamp,
}

const COLUMNS: &str = "o.id, o.number, o.code, o.version, o.state, o.ending, o.account, o.subject,
    o.division, o.started_at, o.finished_at, o.promised_on, o.open_ended";

/// The one with this number.
pub(crate) async fn find(conn: &mut PgConnection, number: &str) -> sqlx::Result<Option<Overview>> {
    let sql = format!("select {COLUMNS} from gateway.one_thing o where o.number = $1");
    sqlx::query_as(sqlx::AssertSqlSafe(sql))
        .bind(number)
        .fetch_optional(conn)
        .await
}

/// Those that an account started, and those of these codes about this person; newest first.
pub(crate) async fn own(
    conn: &mut PgConnection,
    account: Uuid,
    (person, codes): (&str, &[&str]),
) -> sqlx::Result<Vec<Overview>> {
    let sql = format!(
        "select {COLUMNS} from gateway.one_thing o
          where o.account = $1 or (o.subject = $2 and o.code = any($3))
          order by o.id desc limit 100"
    );
    sqlx::query_as(sqlx::AssertSqlSafe(sql))
        .bind(account)
        .bind(person)
        .bind(codes)
        .fetch_all(conn)
        .await
}

/// Those that wait for an officer or are late, within these code beginnings; the oldest first.
/// `by_officers` names the steps that officers do; what was sent back before `silent_since` and was
/// not corrected waits for an officer again.
pub(crate) async fn stuck(
    conn: &mut PgConnection,
    scopes: &[&str],
    by_officers: &[String],
    silent_since: Timestamp,
) -> sqlx::Result<Vec<Overview>> {
    let sql = format!(
        "select {COLUMNS} from gateway.one_thing o
          where o.finished_at is null
            and exists (select from unnest($1::text[]) as scope where starts_with(o.division, scope))
            and exists (select from gateway.one_thing_step s
                         where s.one_thing = o.id
                           and (s.state = 'stuck' or s.phase = 'undo' and s.state = 'waiting'
                                or s.state = 'returned' and s.changed_at < $3
                                or s.state = 'waiting' and o.code || '/' || s.step = any($2)
                                or s.overdue and s.state in ('due', 'running', 'waiting')))
          order by o.id limit 200"
    );
    sqlx::query_as(sqlx::AssertSqlSafe(sql))
        .bind(scopes)
        .bind(by_officers)
        .bind(to_chrono(silent_since))
        .fetch_all(conn)
        .await
}

/// The steps, in their order.
pub(crate) async fn steps(conn: &mut PgConnection, id: Uuid) -> sqlx::Result<Vec<StepRow>> {
    sqlx::query_as(
        "select step, state, phase, attempts, deadline_at, overdue, reason_class, reason_code,
                reason_text, child_number, result_sealed, asked, changed_at
           from gateway.one_thing_step where one_thing = $1 order by place",
    )
    .bind(id)
    .fetch_all(conn)
    .await
}

/// What the steps gave, by their codes.
pub(crate) fn opened(
    vault: &Vault,
    id: Uuid,
    rows: &[StepRow],
) -> Result<BTreeMap<String, Value>, Fault> {
    let sealed = rows
        .iter()
        .filter_map(|row| Some((row.step.as_str(), row.result_sealed.as_ref()?)));
    let open = |(step, sealed): (&str, &Vec<u8>)| {
        let plain = vault.open(Column::OneThingResult, &cell(&id.to_string(), step), sealed)?;
        let value = serde_json::from_slice(&plain).map_err(Fault::internal)?;
        Ok((step.to_owned(), value))
    };
    sealed.map(open).collect()
}

/// The history, oldest first.
pub(crate) async fn history(conn: &mut PgConnection, id: Uuid) -> sqlx::Result<Vec<Told>> {
    let rows: Vec<(Option<String>, String, String, DateTime<Utc>)> = sqlx::query_as(
        "select step, kind, text, at from gateway.one_thing_event
          where one_thing = $1 order by serial",
    )
    .bind(id)
    .fetch_all(conn)
    .await?;
    let told = rows.into_iter().map(|(step, kind, text, at)| Told {
        step,
        kind,
        text,
        at: from_chrono(at),
    });
    Ok(told.collect())
}
