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
