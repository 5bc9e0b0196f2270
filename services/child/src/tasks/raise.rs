//! A task begins; it may also end by itself.

use jiff::{Timestamp, ToSpan as _, civil::Date};
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
use yiwang_civic::time::end_of_day;

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
    /// Shown from then on; none: at once.
    pub from: Option<Timestamp>,
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
             (id, kind, division, roles, subject, case_number, because, due_at, pass_at, raised_at,
              shown_from)
         values ($1, $2, $3, array[$4], $5, $6, $7, $8, $8, $9, $10)
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
    .bind(to_chrono(task.from.unwrap_or(now)))
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
/// since. One that nobody was shown yet was never there.
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
    let now = to_chrono(rt.now());
    let open = "select id, division, roles[cardinality(roles)], shown_from <= $3 from child.task
          where kind = $1 and subject = $2 and state <> 'done' for update";
    let found: Option<(Uuid, String, String, bool)> = sqlx::query_as(open)
        .bind(kind.code())
        .bind(subject)
        .bind(now)
        .fetch_optional(&mut *conn)
        .await?;
    let Some((id, division, role, shown)) = found else {
        return Ok(());
    };
    if shown {
        let result = rt.seal(row::TABLE, &id.to_string(), &because)?;
        let done = "update child.task set state = 'done', done_at = $2, result = $3 where id = $1";
        let done = sqlx::query(done).bind(id).bind(now).bind(result);
        done.execute(&mut *conn).await?;
    } else {
        let gone = sqlx::query("delete from child.task where id = $1").bind(id);
        gone.execute(&mut *conn).await?;
    }
    let changed = row::Changed {
        id,
        kind: kind.code(),
        division: &division,
        role: &role,
    };
    changed.told(rt, conn, "done", &system()).await?;
    Ok(())
}

/// The open task of this kind for this subject is somewhere else now.
///
/// # Errors
/// The database does not answer.
pub async fn moved(
    conn: &mut PgConnection,
    kind: Kind,
    subject: &str,
    division: &str,
) -> Result<(), Fault> {
    sqlx::query(
        "update child.task set division = $3
          where kind = $1 and subject = $2 and state <> 'done' and division <> $3",
    )
    .bind(kind.code())
    .bind(subject)
    .bind(division)
    .execute(conn)
    .await?;
    Ok(())
}

/// The next visit to a child who came home, by the county's minor-rescue body.
///
/// # Errors
/// The database does not answer, or the parameter is missing.
pub async fn revisit(
    rt: &Runtime,
    conn: &mut PgConnection,
    child: &str,
    division: &str,
    since: Date,
) -> Result<(), Fault> {
    let months = rt
        .rules
        .lookup("child.task.revisit_months", division, since);
    let months = months
        .and_then(|param| param.count())
        .map_err(Fault::internal)?;
    let last = since.saturating_add(i64::from(months).months());
    let task = NewTask {
        kind: Kind::Revisit,
        role: Role::ChildCentre,
        division: division.to_owned(),
        subject: child.to_owned(),
        case_number: None,
        because: "孩子从救助站回家，每季度至少回访一次。".to_owned(),
        from: None,
        due_at: end_of_day(last),
    };
    raise(rt, conn, task).await?;
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
