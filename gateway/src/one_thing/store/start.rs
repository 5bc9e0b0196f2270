//! Starting: twice is once.

use jiff::Timestamp;
use serde_json::{Value, json};
use sqlx::PgConnection;
use uuid::Uuid;
use yiwang_chassis::{
    db::{to_chrono, to_chrono_date},
    fault::Fault,
    ids,
};
use yiwang_civic::{calendar::WorkCalendar, number, time};

use crate::{
    audit::{self, Record},
    crypto::{Column, Vault},
    one_thing::{
        course::{Course, promise},
        definition::Definition,
    },
};

/// A one-thing to be started.
#[derive(Debug)]
pub(crate) struct New<'a> {
    pub(crate) definition: &'static Definition,
    pub(crate) account: Uuid,
    /// Whom or what it is about: a person key, or as many hex digits.
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

/// Starts it; when the same account has started the same before, that one. Whether somebody else
/// has is not told here: whoever asks may be a stranger.
///
/// # Errors
/// When the database is away.
pub(crate) async fn start(
    conn: &mut PgConnection,
    vault: &Vault,
    new: &New<'_>,
    now: Timestamp,
    wall: Timestamp,
) -> Result<Started, Fault> {
    let definition = new.definition;
    if let Some(known) = running(conn, new).await? {
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
    let (course, calendar) = (
        Course::new(definition.steps.len()),
        WorkCalendar::embedded(),
    );
    let promise = promise(definition, &course, new.answers, now, calendar);
    let inserted = sqlx::query(
        "insert into gateway.one_thing
             (id, number, code, version, state, account, subject, division, form_sealed,
              once, started_at, wake_at, promised_on, open_ended)
         values ($1, $2, $3, $4, 'submitted', $5, $6, $7, $8, $9, $10, $11, $12, $13)
         on conflict (code, subject, account)
            where ending is null and (once or finished_at is null) do nothing",
    )
    .bind(id)
    .bind(&number)
    .bind(definition.code)
    .bind(definition.version)
    .bind(new.account)
    .bind(new.subject)
    .bind(new.division)
    .bind(sealed)
    .bind(definition.once)
    .bind(to_chrono(now))
    .bind(to_chrono(wall))
    .bind(promise.last_day.map(to_chrono_date))
    .bind(promise.open_ended)
    .execute(&mut *conn)
    .await?
    .rows_affected();
    if inserted == 0 {
        // The same was faster by a moment.
        let known = running(conn, new).await?;
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

async fn running(conn: &mut PgConnection, new: &New<'_>) -> sqlx::Result<Option<Started>> {
    let row: Option<(Uuid, String)> = sqlx::query_as(
        "select id, number from gateway.one_thing
          where code = $1 and subject = $2 and account = $3
            and ending is null and (once or finished_at is null)",
    )
    .bind(new.definition.code)
    .bind(new.subject)
    .bind(new.account)
    .fetch_optional(conn)
    .await?;
    Ok(row.map(|(id, number)| Started { id, number }))
}
