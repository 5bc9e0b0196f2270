//! Urns by number, person, body.

use std::collections::BTreeMap;

use sqlx::{PgConnection, Row as _};

use super::Urn;

/// The urn with this number.
///
/// # Errors
/// The database does not answer, as for all of the following.
pub async fn find(conn: &mut PgConnection, number: &str) -> sqlx::Result<Option<Urn>> {
    let row = sqlx::query("select * from burial.urn where number = $1")
        .bind(number.trim())
        .fetch_optional(conn)
        .await?;
    row.as_ref().map(Urn::from_row).transpose()
}

/// The urns with these numbers, by number; unknown ones are left out.
///
/// # Errors
/// The database does not answer.
pub async fn find_all(
    conn: &mut PgConnection,
    numbers: &[&str],
) -> sqlx::Result<BTreeMap<String, Urn>> {
    let rows = sqlx::query("select * from burial.urn where number = any($1)")
        .bind(numbers)
        .fetch_all(conn)
        .await?;
    let urns = rows
        .iter()
        .map(|row| Ok((row.try_get("number")?, Urn::from_row(row)?)));
    urns.collect()
}

/// As [`find`], locked.
///
/// # Errors
/// The database does not answer.
pub async fn lock(conn: &mut PgConnection, number: &str) -> sqlx::Result<Option<Urn>> {
    let row = sqlx::query("select * from burial.urn where number = $1 for update")
        .bind(number.trim())
        .fetch_optional(conn)
        .await?;
    row.as_ref().map(Urn::from_row).transpose()
}

/// The urn of a person; the latest, should ashes have been divided.
///
/// # Errors
/// The database does not answer.
pub async fn of_person(conn: &mut PgConnection, person_key: &str) -> sqlx::Result<Option<Urn>> {
    let row =
        sqlx::query("select * from burial.urn where person_key = $1 order by number desc limit 1")
            .bind(person_key)
            .fetch_optional(conn)
            .await?;
    row.as_ref().map(Urn::from_row).transpose()
}

/// The urn of a body.
///
/// # Errors
/// The database does not answer.
pub async fn of_body(conn: &mut PgConnection, tag: &str) -> sqlx::Result<Option<Urn>> {
    let row = sqlx::query("select * from burial.urn where body = $1")
        .bind(tag)
        .fetch_optional(conn)
        .await?;
    row.as_ref().map(Urn::from_row).transpose()
}
