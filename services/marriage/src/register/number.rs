//! The next certificate number 证字号 of a county and year (rules A3.7).
//!
//! A counter row, no sequence: a number that was rolled back with its registration is
//! given to the next couple, so that the register has no gap to explain.

use jiff::{Timestamp, civil::Date};
use sqlx::PgConnection;
use yiwang_casework::Runtime;
use yiwang_chassis::failpoint;
use yiwang_civic::time;

use crate::domain::number::{Prefix, format};

/// Takes the next number of `prefix` in the county of `division`, in the year of
/// `today`; none when the year has used up its 999999. The county's counter stays locked
/// until the commit: taken last, after the persons.
///
/// # Errors
/// The database does not answer.
pub async fn next(
    rt: &Runtime,
    conn: &mut PgConnection,
    prefix: Prefix,
    division: &str,
    today: Date,
) -> sqlx::Result<Option<String>> {
    let county = division.get(..6).unwrap_or(division);
    let serial: Option<i32> = sqlx::query_scalar(
        "insert into marriage.certificate_serial as counter (prefix, county, year, last)
         values ($1, $2, $3, $4)
         on conflict (prefix, county, year)
         do update set last = greatest(counter.last + 1, excluded.last)
          where counter.last < 999999
         returning last",
    )
    .bind(prefix.as_str())
    .bind(county)
    .bind(i32::from(today.year()))
    .bind(first(rt, division, today))
    .fetch_optional(conn)
    .await?;
    failpoint::hit("register.after_number");
    let serial = serial.and_then(|serial| u32::try_from(serial).ok());
    Ok(serial.and_then(|serial| format(prefix, county, today.year(), serial)))
}

/// Another than 1 where a county takes over from another system in the middle of a year.
fn first(rt: &Runtime, division: &str, today: Date) -> i32 {
    let rule = rt
        .rules
        .lookup("marriage.certificate.first_serial", division, today);
    let first = rule.ok().and_then(|rule| rule.count().ok());
    first
        .and_then(|first| i32::try_from(first).ok())
        .unwrap_or(1)
}

/// The number of a proof of records. One sequence for the country, its numbers go to no
/// certificate of marriage: gaps say nothing.
///
/// # Errors
/// The database does not answer.
pub(super) async fn of_proof(conn: &mut PgConnection, now: Timestamp) -> sqlx::Result<String> {
    let serial: i64 = sqlx::query_scalar("select nextval('marriage.proof_serial')")
        .fetch_one(conn)
        .await?;
    let year = time::beijing_date(now).year();
    Ok(format!("ZM{year}-{serial:08}"))
}
