//! Who may not care for a child, nor receive its money (未成年人保护法 22; rules B5.11, B5.12).

use sqlx::PgConnection;

use crate::welfare;

/// Whether this person may have harmed a child, as long as a case of it is open.
///
/// # Errors
/// The database does not answer.
pub async fn is_suspect(conn: &mut PgConnection, person_key: &str) -> sqlx::Result<bool> {
    sqlx::query_scalar(
        "select exists (select from child.suspect s
                          join child.protection p using (case_number)
                         where s.person_key = $1
                           and p.state not in ('closed', 'merged', 'transferred'))",
    )
    .bind(person_key)
    .fetch_one(conn)
    .await
}

/// Whether money for this child may not go to this person: a suspect of its open case.
///
/// # Errors
/// The database does not answer.
pub async fn no_money(
    conn: &mut PgConnection,
    child_key: &str,
    person_key: &str,
) -> sqlx::Result<bool> {
    sqlx::query_scalar(
        "select exists (select from child.suspect s
                          join child.protection p using (case_number)
                         where s.person_key = $2 and p.child_key = $1
                           and p.state not in ('closed', 'merged', 'transferred'))",
    )
    .bind(child_key)
    .bind(person_key)
    .fetch_one(conn)
    .await
}

/// Whether this person may not care for any child.
///
/// # Errors
/// The database does not answer.
pub async fn is_barred(conn: &mut PgConnection, person_key: &str) -> sqlx::Result<bool> {
    Ok(is_suspect(conn, person_key).await? || !welfare::barred(conn, person_key).await?.is_empty())
}
