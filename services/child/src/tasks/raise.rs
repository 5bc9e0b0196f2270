//! A task begins; it may also end by itself.

use jiff::Timestamp;
use serde_json::json;
use sqlx::PgConnection;
use uuid::Uuid;
use yiwang_casework::Runtime;
use yiwang_chassis::{
    audit,
    db::to_chrono,
    fault::Fault,
    identity::{Caller, Role},
    ids,
};

use super::row;
use crate::domain::task::Kind;

/// A task to raise.
#[derive(Debug, Clone)]
pub struct NewTask {
    /// What is to be done.
    pub kind: Kind,
    /// By whom.
    pub role: Role,
    /// Where: 6, 9 or 12 digits.
    pub division: String,
    /// Of whom or what: a person key or a case number. One open task of a kind for each.
    pub subject: String,
    /// The case it is about; shown only to who stands on it.
    pub case_number: Option<String>,
    /// What happened, in Chinese, without a name.
    pub because: String,
    /// Until when.
    pub due_at: Timestamp,
}

/// Raises a task; none when one of the kind is open already for the same subject.
///
/// # Errors
/// The database does not answer.
pub async fn raise(
    rt: &Runtime,
    conn: &mut PgConnection,
    task: NewTask,
) -> Result<Option<Uuid>, Fault> {
    let now = rt.now();
    let id: Option<Uuid> = sqlx::query_scalar(
        "insert into child.task
             (id, kind, division, roles, subject, case_number, because, due_at, pass_at, raised_at)
         values ($1, $2, $3, array[$4], $5, $6, $7, $8, $8, $9)
         on conflict (kind, subject) where state <> 'done' do nothing
         returning id",
    )
    .bind(ids::new(now))
    .bind(task.kind.code())
    .bind(&task.division)
    .bind(task.role.as_str())
    .bind(&task.subject)
    .bind(&task.case_number)
    .bind(&task.because)
    .bind(to_chrono(task.due_at))
    .bind(to_chrono(now))
    .fetch_optional(&mut *conn)
    .await?;
    if let Some(id) = id {
        let changed = row::Changed {
            id,
            kind: task.kind.code(),
            division: &task.division,
            role: task.role.as_str(),
        };
        changed.told(rt, conn, "raised", &system()).await?;
    }
    Ok(id)
}

/// Ends the open task of this kind for this subject, if there is one, because of what happened
/// since.
///
/// # Errors
/// The database does not answer.
pub async fn done(
    rt: &Runtime,
    conn: &mut PgConnection,
    kind: Kind,
    subject: &str,
    because: &str,
) -> Result<(), Fault> {
    let open = "select id, division, roles[cardinality(roles)] from child.task
          where kind = $1 and subject = $2 and state <> 'done' for update";
    let found: Option<(Uuid, String, String)> = sqlx::query_as(open)
        .bind(kind.code())
        .bind(subject)
        .fetch_optional(&mut *conn)
        .await?;
    let Some((id, division, role)) = found else {
        return Ok(());
    };
    let result = rt.seal(row::TABLE, &id.to_string(), &because)?;
    sqlx::query("update child.task set state = 'done', done_at = $2, result = $3 where id = $1")
        .bind(id)
        .bind(to_chrono(rt.now()))
        .bind(result)
        .execute(&mut *conn)
        .await?;
    let changed = row::Changed {
        id,
        kind: kind.code(),
        division: &division,
        role: &role,
    };
    changed.told(rt, conn, "done", &system()).await?;
    Ok(())
}

/// The system as who did it.
pub(super) fn system() -> audit::Entry {
    entry("system:tasks".to_owned(), None)
}

/// An officer as who did it.
pub(super) fn by(caller: &Caller) -> audit::Entry {
    audit::Entry {
        on_behalf_of: caller.on_behalf_of.clone(),
        ..entry(caller.account.to_string(), Some(caller.name.clone()))
    }
}

fn entry(actor: String, actor_name: Option<String>) -> audit::Entry {
    audit::Entry {
        at: Timestamp::UNIX_EPOCH,
        actor,
        actor_name,
        on_behalf_of: None,
        action: String::new(),
        object: String::new(),
        purpose: None,
        outcome: audit::Outcome::Done,
        detail: json!({}),
    }
}
