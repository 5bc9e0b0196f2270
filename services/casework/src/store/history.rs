//! History: one row for each version of a case.

use jiff::Timestamp;
use sqlx::{PgConnection, Row};
use uuid::Uuid;
use yiwang_chassis::db::{from_chrono, to_chrono};

use crate::context::Actor;

/// One line of the history.
#[derive(Debug, Clone)]
pub(crate) struct HistoryRow {
    pub(crate) version: i64,
    pub(crate) at: Timestamp,
    pub(crate) action: String,
    pub(crate) state: String,
    pub(crate) actor_kind: String,
    pub(crate) actor_name: String,
    pub(crate) note: String,
    pub(crate) cause: String,
    pub(crate) confidential: bool,
}

/// What is added to the history.
pub(crate) struct NewEntry<'a> {
    pub(crate) version: i64,
    pub(crate) at: Timestamp,
    pub(crate) action: &'a str,
    pub(crate) state: &'a str,
    pub(crate) actor: &'a Actor,
    pub(crate) note: &'a str,
    pub(crate) rules: &'a [String],
    pub(crate) confidential: bool,
}

/// Adds a line.
pub(crate) async fn add(
    conn: &mut PgConnection,
    case: Uuid,
    entry: &NewEntry<'_>,
) -> sqlx::Result<()> {
    let (kind, account, name, cause) = match entry.actor {
        Actor::Citizen { account, .. } => ("citizen", Some(*account), String::new(), ""),
        Actor::Officer {
            account,
            name,
            roles,
        } => {
            let role = roles.first().map_or("工作人员", |role| role.label());
            ("officer", Some(*account), format!("{role} {name}"), "")
        }
        Actor::Department(name) => ("department", None, name.clone(), ""),
        Actor::System(cause) => ("system", None, String::new(), cause.as_str()),
    };
    sqlx::query(
        "insert into casework.history
           (case_id, version, at, action, state, actor_kind, actor, actor_name, note, cause, rules,
            confidential)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)",
    )
    .bind(case)
    .bind(entry.version)
    .bind(to_chrono(entry.at))
    .bind(entry.action)
    .bind(entry.state)
    .bind(kind)
    .bind(account)
    .bind(name)
    .bind(entry.note)
    .bind(cause)
    .bind(entry.rules)
    .bind(entry.confidential)
    .execute(conn)
    .await?;
    Ok(())
}

/// The history of a case, oldest first.
pub(crate) async fn of_case(conn: &mut PgConnection, case: Uuid) -> sqlx::Result<Vec<HistoryRow>> {
    let rows = sqlx::query(
        "select version, at, action, state, actor_kind, actor_name, note, cause, confidential
           from casework.history where case_id = $1 order by version",
    )
    .bind(case)
    .fetch_all(conn)
    .await?;
    rows.iter()
        .map(|row| {
            Ok(HistoryRow {
                version: row.try_get("version")?,
                at: from_chrono(row.try_get("at")?),
                action: row.try_get("action")?,
                state: row.try_get("state")?,
                actor_kind: row.try_get("actor_kind")?,
                actor_name: row.try_get("actor_name")?,
                note: row.try_get("note")?,
                cause: row.try_get("cause")?,
                confidential: row.try_get("confidential")?,
            })
        })
        .collect()
}
