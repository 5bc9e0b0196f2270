//! Closed cases 保密办件 beyond their own pages: what a service shows of one from its own tables.

use sqlx::PgConnection;
use yiwang_chassis::{fault::Fault, identity::Caller};

use crate::{runtime::Runtime, service::read};

/// Checks that the caller stands on the case `number` and keeps that they read of it; `action`
/// names in the audit log what was read, e.g. `visit.read`.
///
/// # Errors
/// `CASE_NOT_FOUND`, for a hidden case as for a missing one.
pub async fn look(
    rt: &Runtime,
    conn: &mut PgConnection,
    caller: &Caller,
    number: &str,
    action: &str,
) -> Result<(), Fault> {
    let seen = read::find(rt, conn, caller, number).await?;
    if !seen.viewer.applicant {
        seen.note(rt, conn, caller, action, None).await?;
    }
    Ok(())
}

/// Seals 封存 the ended cases of these items that name this person: neither their line nor who
/// stood on them looks any more; what is granted on request still is.
///
/// # Errors
/// The database does not answer.
pub async fn seal(conn: &mut PgConnection, items: &[&str], person_key: &str) -> sqlx::Result<()> {
    sqlx::query(
        "update casework.case_file set sealed = true
          where closed and not sealed and item = any($1)
            and id in (select case_id from casework.case_person where person_key = $2)",
    )
    .bind(items)
    .bind(person_key)
    .execute(conn)
    .await?;
    Ok(())
}
