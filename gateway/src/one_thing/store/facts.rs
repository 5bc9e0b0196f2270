//! What events told of persons.

use jiff::Timestamp;
use sqlx::PgConnection;
use uuid::Uuid;
use yiwang_chassis::db::to_chrono;

use super::lease;
use crate::one_thing::definition::Told;

/// Everything told of a person, oldest first.
pub(crate) async fn of(conn: &mut PgConnection, person: &str) -> sqlx::Result<Vec<Told>> {
    let rows: Vec<(String, String, String)> = sqlx::query_as(
        "select kind, about, said_on from gateway.one_thing_fact
          where person = $1 order by at, serial",
    )
    .bind(person)
    .fetch_all(conn)
    .await?;
    let told = rows.into_iter();
    Ok(told
        .map(|(kind, about, on)| Told { kind, about, on })
        .collect())
}

/// Keeps what an event told, and wakes everything about the person. `at` is business time.
pub(crate) async fn note(
    conn: &mut PgConnection,
    person: &str,
    told: &Told,
    (event, at): (Uuid, Timestamp),
    wall: Timestamp,
) -> sqlx::Result<()> {
    sqlx::query(
        "insert into gateway.one_thing_fact (person, kind, about, said_on, event, at)
         values ($1, $2, $3, $4, $5, $6) on conflict do nothing",
    )
    .bind(person)
    .bind(&told.kind)
    .bind(&told.about)
    .bind(&told.on)
    .bind(event)
    .bind(to_chrono(at))
    .execute(&mut *conn)
    .await?;
    let ids: Vec<Uuid> =
        sqlx::query_scalar("select id from gateway.one_thing where subject = $1 order by id")
            .bind(person)
            .fetch_all(&mut *conn)
            .await?;
    lease::nudge(conn, &ids, wall).await
}
