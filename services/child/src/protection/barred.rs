//! Who may not care for a child, nor receive its money (未成年人保护法 22; rules B5.11, B5.12).

use jiff::Timestamp;
use sqlx::PgConnection;
use yiwang_chassis::db::to_chrono;

/// Whether this person may have harmed a child, as long as a case of it is open.
///
/// # Errors
/// The database does not answer.
pub async fn is_suspect(conn: &mut PgConnection, person_key: &str) -> sqlx::Result<bool> {
    sqlx::query_scalar("select child.is_suspect($1)")
        .bind(person_key)
        .fetch_one(conn)
        .await
}

/// Money for the child goes to no suspect of this case from now on; after its end it may again, also
/// for the reports that were merged into it or moved here.
pub(super) async fn money(
    conn: &mut PgConnection,
    case_number: &str,
    child_key: Option<&str>,
    closed: bool,
    now: Timestamp,
) -> sqlx::Result<()> {
    let at = to_chrono(now);
    let query = match closed {
        true => sqlx::query(LIFT).bind(case_number).bind(at),
        false => sqlx::query(BAR).bind(case_number).bind(at).bind(child_key),
    };
    query.execute(conn).await?;
    Ok(())
}

const BAR: &str = "insert into child.barred_payee (case_number, person, cause, since)
    select e.case_number, s.person_key, $1, $2
      from child.suspect s join child.entitlement e on e.person = $3 and not e.closed
     where s.case_number = $1
    on conflict (case_number, person, cause) do update set lifted_at = null";

const LIFT: &str = "with recursive came as (
        select case_number from child.protection where case_number = $1
        union
        select p.case_number from child.protection p join came on p.goes_on_in = came.case_number
    )
    update child.barred_payee b set lifted_at = $2 from came
     where b.cause = came.case_number and b.lifted_at is null";

/// Whether this person may not care for any child.
///
/// # Errors
/// The database does not answer.
pub async fn is_barred(conn: &mut PgConnection, person_key: &str) -> sqlx::Result<bool> {
    sqlx::query_scalar("select child.may_not_care($1)")
        .bind(person_key)
        .fetch_one(conn)
        .await
}
