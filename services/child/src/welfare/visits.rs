//! Visits in their table; what they saw is sealed.

use jiff::Timestamp;
use sqlx::PgConnection;
use uuid::Uuid;
use yiwang_casework::{ApplyError, Runtime};
use yiwang_chassis::db::to_chrono;

use super::{broken, failed};
use crate::domain::welfare::{child_file::world::Stored, visit::Visit};

const VISIT: &str = "visit";

fn open(rt: &Runtime, id: Uuid, sealed: &[u8]) -> sqlx::Result<Stored> {
    rt.open(VISIT, &id.to_string(), sealed).map_err(broken)
}

/// The visit with this id; nobody changes it till the caller's transaction ends.
pub(super) async fn lock(
    rt: &Runtime,
    conn: &mut PgConnection,
    id: Uuid,
) -> sqlx::Result<Option<Stored>> {
    let sealed: Option<Vec<u8>> =
        sqlx::query_scalar("select sealed from child.visit where id = $1 for update")
            .bind(id)
            .fetch_optional(conn)
            .await?;
    sealed.map(|sealed| open(rt, id, &sealed)).transpose()
}

/// The visits of a file, the latest first.
pub(super) async fn of_file(
    rt: &Runtime,
    conn: &mut PgConnection,
    file: &str,
) -> sqlx::Result<Vec<Stored>> {
    let rows: Vec<(Uuid, Vec<u8>)> = sqlx::query_as(
        "select id, sealed from child.visit where file = $1
          order by made_at desc, id desc limit 200",
    )
    .bind(file)
    .fetch_all(conn)
    .await?;
    rows.into_iter()
        .map(|(id, sealed)| open(rt, id, &sealed))
        .collect()
}

/// The visit, by a call that has checked who asks.
pub(super) async fn find(
    rt: &Runtime,
    conn: &mut PgConnection,
    id: Uuid,
) -> sqlx::Result<Option<Stored>> {
    let sealed: Option<Vec<u8>> =
        sqlx::query_scalar("select sealed from child.visit where id = $1")
            .bind(id)
            .fetch_optional(conn)
            .await?;
    sealed.map(|sealed| open(rt, id, &sealed)).transpose()
}

/// Writes it.
pub(super) async fn save(
    rt: &Runtime,
    conn: &mut PgConnection,
    visit: &Stored,
    now: Timestamp,
) -> Result<(), ApplyError> {
    let outcome = visit.written.fields.get("outcome");
    let outcome = outcome.and_then(|value| value.as_str()).unwrap_or_default();
    let sealed = rt
        .seal(VISIT, &visit.id.to_string(), visit)
        .map_err(failed)?;
    sqlx::query(
        "insert into child.visit
             (id, file, made_at, received_at, account, outcome, unsettled, version, sealed)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
         on conflict (id) do update set outcome = excluded.outcome,
             unsettled = excluded.unsettled, version = excluded.version,
             sealed = excluded.sealed
          where visit.file = excluded.file",
    )
    .bind(visit.id)
    .bind(&visit.file)
    .bind(to_chrono(visit.at))
    .bind(to_chrono(now))
    .bind(visit.account)
    .bind(outcome)
    .bind(!visit.clashes.is_empty())
    .bind(visit.version)
    .bind(sealed)
    .execute(conn)
    .await?;
    Ok(())
}

/// What the visit left open, in words.
pub(super) async fn look_at(
    rt: &Runtime,
    conn: &mut PgConnection,
    id: Uuid,
) -> sqlx::Result<Vec<String>> {
    let visit = find(rt, conn, id).await?;
    let read = visit.and_then(|visit| Visit::read(&visit.written.fields).ok());
    Ok(read.map(|visit| visit.look_at()).unwrap_or_default())
}
