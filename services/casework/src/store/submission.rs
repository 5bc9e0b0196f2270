//! Which call made a case.

use sqlx::PgConnection;
use uuid::Uuid;

/// The case that the account's call with this key made, and the hash of its request.
pub(crate) async fn of(
    conn: &mut PgConnection,
    account: Uuid,
    key: &str,
) -> sqlx::Result<Option<(String, Vec<u8>)>> {
    sqlx::query_as(
        "select f.number, s.request_hash
           from casework.submission s join casework.case_file f on f.id = s.case_id
          where s.account = $1 and s.key = $2",
    )
    .bind(account)
    .bind(key)
    .fetch_optional(conn)
    .await
}

/// Notes it, in the transaction that makes the case.
pub(crate) async fn note(
    conn: &mut PgConnection,
    (account, key): (Uuid, &str),
    request_hash: &[u8; 32],
    case: Uuid,
) -> sqlx::Result<()> {
    sqlx::query(
        "insert into casework.submission (account, key, request_hash, case_id)
         values ($1, $2, $3, $4)",
    )
    .bind(account)
    .bind(key)
    .bind(request_hash.as_slice())
    .bind(case)
    .execute(conn)
    .await?;
    Ok(())
}
