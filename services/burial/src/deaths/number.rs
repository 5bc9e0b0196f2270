//! How a certificate is found by its printed number, and the yearly serials of signers.

use jiff::civil::Date;
use sqlx::PgConnection;
use yiwang_casework::Runtime;

use crate::domain::{
    credit_code::CreditCode,
    death_certificate::law::number::{issuer_of, lookup_text, normalised, serial_number},
};

/// Years in which a serial may have been given: the numbers began in 2026.
const FIRST_YEAR: i16 = 2026;

/// Key of a certificate: a keyed hash, since the number may be an ID number.
#[must_use]
pub fn key(rt: &Runtime, number: &str, year: i16) -> String {
    rt.keyer
        .blind_index("death.number", &lookup_text(number, year))
}

/// Keys that a number read off a paper may have; a serial comes again every year.
pub(super) fn keys(rt: &Runtime, number: &str, today: Date) -> Vec<String> {
    match issuer_of(&normalised(number)) {
        Some(_) => (FIRST_YEAR..=today.year())
            .map(|year| key(rt, number, year))
            .collect(),
        None => vec![key(rt, number, today.year())],
    }
}

/// The next number of this signer for somebody without any document; none beyond 9999 a
/// year. The row stays locked, and a refusal gives the number back.
///
/// # Errors
/// The database does not answer.
pub async fn next(
    conn: &mut PgConnection,
    issuer: &CreditCode,
    year: i16,
) -> sqlx::Result<Option<String>> {
    let serial: i32 = sqlx::query_scalar(
        "insert into burial.death_serial as known (issuer, year, last) values ($1, $2, 1)
         on conflict (issuer, year) do update set last = known.last + 1
         returning last",
    )
    .bind(issuer.as_str())
    .bind(i32::from(year))
    .fetch_one(conn)
    .await?;
    Ok(u32::try_from(serial)
        .ok()
        .and_then(|serial| serial_number(issuer, serial)))
}
