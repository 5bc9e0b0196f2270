//! Whose stay, whose report: by the region of the caller's office.

use sqlx::{PgConnection, Result};
use yiwang_chassis::identity::Caller;

use super::SEARCHERS;

/// Whether the caller works at the station of this stay, or answers for it.
pub(super) async fn of_stay(
    conn: &mut PgConnection,
    caller: &Caller,
    number: &str,
) -> Result<bool> {
    let division: Option<String> = sqlx::query_scalar(
        "select s.division from rescue.stay t join rescue.station s on s.code = t.station
          where t.case_number = $1",
    )
    .bind(number)
    .fetch_optional(conn)
    .await?;
    Ok(covers(caller, division))
}

/// Whether the caller's office is that of the family's case with this number.
pub(super) async fn of_report(
    conn: &mut PgConnection,
    caller: &Caller,
    number: &str,
) -> Result<bool> {
    let division: Option<String> =
        sqlx::query_scalar("select division from casework.case_file where number = $1")
            .bind(number)
            .fetch_optional(conn)
            .await?;
    Ok(covers(caller, division))
}

fn covers(caller: &Caller, division: Option<String>) -> bool {
    division.is_some_and(|division| SEARCHERS.iter().any(|role| caller.has(*role, &division)))
}
