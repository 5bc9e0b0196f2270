//! Who owns a one-thing for the moment.

use jiff::Timestamp;
use sqlx::PgConnection;
use uuid::Uuid;
use yiwang_chassis::db::to_chrono;

use crate::one_thing::definition::Definition;

/// The right to write, as long as nobody has taken a greater epoch.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Lease {
    pub(crate) id: Uuid,
    pub(crate) epoch: i64,
    /// The owner before did not give it back.
    pub(crate) lost: bool,
}

/// Takes up to `most` one-things that have something to do, of the versions this process knows.
pub(crate) async fn take(
    conn: &mut PgConnection,
    known: &[&Definition],
    wall: Timestamp,
    until: Timestamp,
    most: i64,
) -> sqlx::Result<Vec<Lease>> {
    let (codes, versions) = keys(known);
    let rows: Vec<(Uuid, i64, bool)> = sqlx::query_as(
        "with due as (
             select id, lease_until is not null as lost from gateway.one_thing
              where wake_at <= $1 and (lease_until is null or lease_until <= $1)
                and (code, version) in (select * from unnest($3::text[], $4::int[]))
              order by wake_at limit $5
                for update skip locked
         )
         update gateway.one_thing o set epoch = epoch + 1, lease_until = $2
           from due where o.id = due.id
         returning o.id, o.epoch, due.lost",
    )
    .bind(to_chrono(wall))
    .bind(to_chrono(until))
    .bind(codes)
    .bind(versions)
    .bind(most)
    .fetch_all(conn)
    .await?;
    let leases = rows.into_iter();
    Ok(leases
        .map(|(id, epoch, lost)| Lease { id, epoch, lost })
        .collect())
}

/// Keeps it longer; false when it has another owner.
pub(crate) async fn renew(
    conn: &mut PgConnection,
    lease: &Lease,
    until: Timestamp,
) -> sqlx::Result<bool> {
    let done =
        sqlx::query("update gateway.one_thing set lease_until = $3 where id = $1 and epoch = $2")
            .bind(lease.id)
            .bind(lease.epoch)
            .bind(to_chrono(until))
            .execute(conn)
            .await?;
    Ok(done.rows_affected() == 1)
}

/// Gives it back, to be taken again at `wake`; at once when somebody said something since
/// `nudges` was read. False when it has another owner.
pub(crate) async fn release(
    conn: &mut PgConnection,
    lease: &Lease,
    nudges: i64,
    wake: Option<Timestamp>,
    wall: Timestamp,
) -> sqlx::Result<bool> {
    let done = sqlx::query(
        "update gateway.one_thing
            set lease_until = null, wake_at = case when nudges = $3 then $4 else $5 end
          where id = $1 and epoch = $2",
    )
    .bind(lease.id)
    .bind(lease.epoch)
    .bind(nudges)
    .bind(wake.map(to_chrono))
    .bind(to_chrono(wall))
    .execute(conn)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Gives back one that could not be handled, to be taken again at `wake`. It stays lost: what was
/// under way may have happened.
pub(crate) async fn put_off(
    conn: &mut PgConnection,
    lease: &Lease,
    wake: Timestamp,
) -> sqlx::Result<()> {
    sqlx::query(
        "update gateway.one_thing set lease_until = $3, wake_at = $3 where id = $1 and epoch = $2",
    )
    .bind(lease.id)
    .bind(lease.epoch)
    .bind(to_chrono(wake))
    .execute(conn)
    .await?;
    Ok(())
}

/// Wakes a one-thing: something was said, or became known.
pub(crate) async fn nudge(
    conn: &mut PgConnection,
    ids: &[Uuid],
    wall: Timestamp,
) -> sqlx::Result<()> {
    // In one order, so that two that wake the same ones do not wait for each other.
    sqlx::query(
        "with mine as (select id from gateway.one_thing where id = any($1) order by id for no key update)
         update gateway.one_thing o
            set nudges = nudges + 1, wake_at = least(coalesce(wake_at, $2), $2)
           from mine where o.id = mine.id",
    )
    .bind(ids)
    .bind(to_chrono(wall))
    .execute(conn)
    .await?;
    Ok(())
}

/// Open one-things of versions that this process does not know, with their count.
pub(crate) async fn unknown_versions(
    conn: &mut PgConnection,
    known: &[&Definition],
) -> sqlx::Result<Vec<(String, i32, i64)>> {
    let (codes, versions) = keys(known);
    sqlx::query_as(
        "select code, version, count(*) from gateway.one_thing
          where finished_at is null
            and (code, version) not in (select * from unnest($1::text[], $2::int[]))
          group by code, version order by code, version",
    )
    .bind(codes)
    .bind(versions)
    .fetch_all(conn)
    .await
}

fn keys(known: &[&Definition]) -> (Vec<&'static str>, Vec<i32>) {
    known.iter().map(|one| (one.code, one.version)).unzip()
}
