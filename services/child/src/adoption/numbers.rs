//! The next number of an adoption certificate of a county and year. A counter row, no sequence: a
//! number that was rolled back goes to the next family.

use jiff::civil::Date;
use sqlx::PgConnection;

/// Takes the next number; none when the year has used up its 999999.
pub(super) async fn next(
    conn: &mut PgConnection,
    division: &str,
    today: Date,
) -> sqlx::Result<Option<String>> {
    let county = division.get(..6).unwrap_or(division);
    let serial: Option<i32> = sqlx::query_scalar(
        "insert into child.adoption_serial as counter (county, year, last)
         values ($1, $2, 1)
         on conflict (county, year) do update set last = counter.last + 1
          where counter.last < 999999
         returning last",
    )
    .bind(county)
    .bind(i32::from(today.year()))
    .fetch_optional(conn)
    .await?;
    Ok(serial.map(|serial| format!("S{county}-{}-{serial:06}", today.year())))
}
