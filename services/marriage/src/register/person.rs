//! The row of a person: whoever changes a marital status holds it until the commit.

use sqlx::PgConnection;

/// Locks these persons in the order of their keys; rows that are missing are made.
///
/// # Errors
/// The database does not answer.
pub async fn lock(conn: &mut PgConnection, keys: &[String]) -> sqlx::Result<()> {
    // New rows first, in order: whoever waits here holds no row that was there before.
    sqlx::query(
        "insert into marriage.person (person_key)
         select key from unnest($1::text[]) key order by key
         on conflict do nothing",
    )
    .bind(keys)
    .execute(&mut *conn)
    .await?;
    sqlx::query(
        "select 1 from marriage.person where person_key = any($1)
          order by person_key for update",
    )
    .bind(keys)
    .execute(conn)
    .await?;
    Ok(())
}
