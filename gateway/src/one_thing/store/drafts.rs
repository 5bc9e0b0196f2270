//! Forms that are being filled in.

use jiff::Timestamp;
use serde_json::{Map, Value};
use sqlx::PgConnection;
use uuid::Uuid;
use yiwang_chassis::{db::to_chrono, fault::Fault};

use super::load::cell;
use crate::crypto::{Column, Vault};

/// The account's draft; empty when there is none.
pub(crate) async fn draft(
    conn: &mut PgConnection,
    vault: &Vault,
    account: Uuid,
    code: &str,
) -> Result<Map<String, Value>, Fault> {
    let sealed: Option<Vec<u8>> = sqlx::query_scalar(
        "select form_sealed from gateway.one_thing_draft where account = $1 and code = $2",
    )
    .bind(account)
    .bind(code)
    .fetch_optional(conn)
    .await?;
    let Some(sealed) = sealed else {
        return Ok(Map::new());
    };
    let row = cell(&account.to_string(), code);
    let plain = vault.open(Column::OneThingDraft, &row, &sealed)?;
    serde_json::from_slice(&plain).map_err(Fault::internal)
}

/// Saves it over the one before.
pub(crate) async fn save_draft(
    conn: &mut PgConnection,
    vault: &Vault,
    (account, code): (Uuid, &str),
    form: &Map<String, Value>,
    now: Timestamp,
) -> Result<(), Fault> {
    let plain = serde_json::to_vec(form).map_err(Fault::internal)?;
    let row = cell(&account.to_string(), code);
    let sealed = vault.seal(Column::OneThingDraft, &row, &plain)?;
    sqlx::query(
        "insert into gateway.one_thing_draft (account, code, form_sealed, saved_at)
         values ($1, $2, $3, $4)
         on conflict (account, code) do update
            set form_sealed = excluded.form_sealed, saved_at = excluded.saved_at",
    )
    .bind(account)
    .bind(code)
    .bind(sealed)
    .bind(to_chrono(now))
    .execute(conn)
    .await?;
    Ok(())
}

/// Throws it away.
pub(crate) async fn drop_draft(
    conn: &mut PgConnection,
    account: Uuid,
    code: &str,
) -> sqlx::Result<()> {
    sqlx::query("delete from gateway.one_thing_draft where account = $1 and code = $2")
        .bind(account)
        .bind(code)
        .execute(conn)
        .await?;
    Ok(())
}
