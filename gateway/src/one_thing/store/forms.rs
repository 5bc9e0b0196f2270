//! The form: as it stands, and as it was before it was corrected.

use std::collections::BTreeMap;

use jiff::Timestamp;
use serde_json::{Map, Value};
use sqlx::PgConnection;
use uuid::Uuid;
use yiwang_chassis::{db::to_chrono, fault::Fault};

use super::load::cell;
use crate::crypto::{Column, Vault};

/// What an edition is sealed to: the first one to its one-thing alone.
fn row(id: Uuid, edition: i32) -> String {
    match edition {
        1 => id.to_string(),
        later => cell(&id.to_string(), &later.to_string()),
    }
}

pub(super) fn open(vault: &Vault, id: Uuid, edition: i32, sealed: &[u8]) -> Result<Value, Fault> {
    let plain = vault.open(Column::OneThingForm, &row(id, edition), sealed)?;
    serde_json::from_slice(&plain).map_err(Fault::internal)
}

/// Earlier editions of these numbers.
pub(crate) async fn before(
    conn: &mut PgConnection,
    vault: &Vault,
    id: Uuid,
    editions: &[i32],
) -> Result<BTreeMap<i32, Value>, Fault> {
    if editions.is_empty() {
        return Ok(BTreeMap::new());
    }
    let rows: Vec<(i32, Vec<u8>)> = sqlx::query_as(
        "select edition, form_sealed from gateway.one_thing_form
          where one_thing = $1 and edition = any($2)",
    )
    .bind(id)
    .bind(editions)
    .fetch_all(conn)
    .await?;
    let opened = rows
        .into_iter()
        .map(|(edition, sealed)| Ok((edition, open(vault, id, edition, &sealed)?)));
    opened.collect()
}

/// The form as it stands.
///
/// # Errors
/// When the database is away, or there is no such one-thing.
pub(crate) async fn answers(
    conn: &mut PgConnection,
    vault: &Vault,
    id: Uuid,
) -> Result<Map<String, Value>, Fault> {
    let (edition, sealed): (i32, Vec<u8>) =
        sqlx::query_as("select edition, form_sealed from gateway.one_thing where id = $1")
            .bind(id)
            .fetch_one(conn)
            .await?;
    match open(vault, id, edition, &sealed)? {
        Value::Object(form) => Ok(form),
        _ => Ok(Map::new()),
    }
}

/// Writes the next edition; the one before stays readable. The caller holds the row's lock.
pub(super) async fn replace(
    conn: &mut PgConnection,
    vault: &Vault,
    id: Uuid,
    answers: &Value,
    now: Timestamp,
) -> Result<(), Fault> {
    let before: i32 = sqlx::query_scalar(
        "insert into gateway.one_thing_form (one_thing, edition, form_sealed, replaced_at)
         select id, edition, form_sealed, $2 from gateway.one_thing where id = $1
         returning edition",
    )
    .bind(id)
    .bind(to_chrono(now))
    .fetch_one(&mut *conn)
    .await?;
    let plain = answers.to_string();
    let row = row(id, before + 1);
    let sealed = vault.seal(Column::OneThingForm, &row, plain.as_bytes())?;
    sqlx::query(
        "update gateway.one_thing set form_sealed = $2, edition = edition + 1 where id = $1",
    )
    .bind(id)
    .bind(sealed)
    .execute(conn)
    .await?;
    Ok(())
}
