//! Body tags and numbers of cremation certificates: counter rows, no sequences. A number that
//! was rolled back with its step is given to the next, so that no gap needs explaining.

use jiff::civil::Date;
use sqlx::PgConnection;

/// The next tag of a home in the year of `today`, e.g. `421224100-BY01-26-00017`.
///
/// # Errors
/// The database does not answer.
pub async fn next_tag(
    conn: &mut PgConnection,
    facility: &str,
    today: Date,
) -> sqlx::Result<String> {
    let serial: i32 = sqlx::query_scalar(
        "insert into burial.body_serial as counter (facility, year, last) values ($1, $2, 1)
         on conflict (facility, year) do update set last = counter.last + 1
         returning last",
    )
    .bind(facility)
    .bind(i32::from(today.year()))
    .fetch_one(conn)
    .await?;
    Ok(format!("{facility}-{:02}-{serial:05}", today.year() % 100))
}

/// The next certificate number of a county, e.g. `HZ421224-2026-000017`.
///
/// # Errors
/// The database does not answer.
pub async fn next_certificate(
    conn: &mut PgConnection,
    county: &str,
    today: Date,
) -> sqlx::Result<String> {
    let serial: i32 = sqlx::query_scalar(
        "insert into burial.certificate_serial as counter (county, year, last) values ($1, $2, 1)
         on conflict (county, year) do update set last = counter.last + 1
         returning last",
    )
    .bind(county)
    .bind(i32::from(today.year()))
    .fetch_one(conn)
    .await?;
    Ok(format!("HZ{county}-{}-{serial:06}", today.year()))
}
