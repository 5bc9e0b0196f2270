//! Starting: twice is once.

use jiff::Timestamp;
use serde_json::{Value, json};
use sqlx::PgConnection;
use uuid::Uuid;
use yiwang_chassis::{
    db::to_chrono,
    fault::{Code, Fault},
    ids,
};
use yiwang_civic::{number, time};

use crate::{
    audit::{self, Record},
    crypto::{Column, Vault},
    one_thing::definition::Definition,
};

/// A one-thing to be started.
#[derive(Debug)]
pub(crate) struct New<'a> {
    pub(crate) definition: &'static Definition,
    pub(crate) account: Uuid,
    /// Person key of whom it is about.
    pub(crate) subject: &'a str,
    /// 6, 9 or 12 digits.
    pub(crate) division: &'a str,
    /// The form, checked.
    pub(crate) answers: &'a Value,
}

/// What was started, now or before.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Started {
    pub(crate) id: Uuid,
    pub(crate) number: String,
}

/// Starts it; when the same account has started the same before, that one.
///
/// # Errors
/// `ONE_THING_RUNNING` when another account has.
pub(crate) async fn start(
    conn: &mut PgConnection,
    vault: &Vault,
    new: &New<'_>,
    now: Timestamp,
    wall: Timestamp,
) -> Result<Started, Fault> {
    let definition = new.definition;
    let business_key = format!("{}:{}", definition.code, new.subject);
    if let Some(known) = running(conn, &business_key, new.account).await? {
        return Ok(known);
    }
    let id = ids::new(now);
    let serial: i64 = sqlx::query_scalar("select nextval('gateway.one_thing_serial')")
        .fetch_one(&mut *conn)
        .await?;
    let county = new.division.get(..6).unwrap_or("000000");
    let day = time::beijing_date(now);
    let serial = u64::try_from(serial).unwrap_or(0);
    let number = number::case_number(definition.prefix, county, day, serial);
    let form = new.answers.to_string();
    let sealed = vault.seal(Column::OneThingForm, &id.to_string(), form.as_bytes())?;
    let inserted = sqlx::query(
        "insert into gateway.one_thing
             (id, number, code, version, state, account, subject, division, form_sealed,
              business_key, started_at, wake_at)
         values ($1, $2, $3, $4, 'submitted', $5, $6, $7, $8, $9, $10, $11)
         on conflict (business_key) where ending is null do nothing",
    )
    .bind(id)
    .bind(&number)
    .bind(definition.code)
    .bind(definition.version)
    .bind(new.account)
    .bind(new.subject)
    .bind(new.division)
    .bind(sealed)
    .bind(&business_key)
    .bind(to_chrono(now))
    .bind(to_chrono(wall))
    .execute(&mut *conn)
    .await?
    .rows_affected();
    if inserted == 0 {
        // Somebody was faster by a moment.
        let known = running(conn, &business_key, new.account).await?;
        return known.ok_or_else(Fault::conflict);
    }
    let steps: Vec<&str> = definition.steps.iter().map(|step| step.code).collect();
    sqlx::query(
        "insert into gateway.one_thing_step (one_thing, step, place, changed_at)
         select $1, step, place, $3 from unnest($2::text[]) with ordinality as s (step, place)",
    )
    .bind(id)
    .bind(steps)
    .bind(to_chrono(now))
    .execute(&mut *conn)
    .await?;
    let entry = Record::by_account(new.account, "one_thing.start")
        .object(&number)
        .detail(json!({ "code": definition.code, "version": definition.version }));
    audit::record(conn, entry, now).await?;
    Ok(Started { id, number })
}

async fn running(
    conn: &mut PgConnection,
    business_key: &str,
    account: Uuid,
) -> Result<Option<Started>, Fault> {
    let row: Option<(Uuid, String, Uuid)> = sqlx::query_as(
        "select id, number, account from gateway.one_thing
          where business_key = $1 and ending is null",
    )
    .bind(business_key)
    .fetch_optional(conn)
    .await?;
    match row {
        None => Ok(None),
        Some((id, number, owner)) if owner == account => Ok(Some(Started { id, number })),
        Some(_) => Err(Fault::new(
            Code::AlreadyExists,
            "ONE_THING_RUNNING",
            "已经有家属在办这件事，请和家人联系；如果家里没有人办过，请到民政窗口核对。",
        )),
    }
}
