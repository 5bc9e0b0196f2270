//! Recording a certificate.

use jiff::Timestamp;
use serde_json::json;
use sqlx::PgConnection;
use yiwang_casework::{ApplyError, Runtime};
use yiwang_chassis::db::{to_chrono, to_chrono_date};
use yiwang_civic::time;

use super::{
    By,
    body::Body,
    dead_already,
    events::{self, Done, Told},
    failed, number, refused,
    row::{self, Row},
};
use crate::domain::death::{DeathState, NewDeath};

/// What became of a certificate.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Recorded {
    /// It is in the register now.
    New,
    /// It was there already, word for word; nothing was done.
    Known,
}

/// Records a death. A number whose certificate was voided may be signed again: with an ID
/// number as its number a person has no other.
///
/// # Errors
/// `DEATH_NUMBER_TAKEN`, `DEATH_KNOWN`; nothing was done then, and the transaction goes on.
pub async fn record(
    rt: &Runtime,
    conn: &mut PgConnection,
    death: &NewDeath,
    by: By<'_>,
    now: Timestamp,
) -> Result<Recorded, ApplyError> {
    let key = number::key(rt, &death.number, death.signed_on.year());
    let fresh = as_row(rt, &key, death);
    if insert(rt, conn, &fresh, death, now).await? {
        fresh.keep_version(rt, conn, by, "登记", now).await?;
        told(rt, conn, &fresh, by, now).await?;
        return Ok(Recorded::New);
    }
    // Either the number is there, or the person is dead under another one.
    let Some(old) = row::lock(rt, conn, &key).await? else {
        return Err(dead_already());
    };
    if old.state.is_valid() {
        let same = old.person == fresh.person && old.died_at == fresh.died_at;
        return match same {
            true => Ok(Recorded::Known),
            false => Err(refused(
                "DEATH_NUMBER_TAKEN",
                "这个证明编号已经登记了另一份死亡证明，请核对编号。",
            )),
        };
    }
    if valid_elsewhere(conn, &fresh).await? {
        return Err(dead_already());
    }
    let mut again = fresh;
    again.version = old.version;
    again.save(rt, conn, by, "作废后重新签发", now).await?;
    signed_again(conn, &again.key, death).await?;
    told(rt, conn, &again, by, now).await?;
    Ok(Recorded::New)
}

pub(super) fn as_row(rt: &Runtime, key: &str, death: &NewDeath) -> Row {
    let document = death.identity.document.as_ref();
    let event = &death.event;
    Row {
        key: key.to_owned(),
        person: document.map(|document| rt.keyer.document_key(document).as_str().to_owned()),
        state: DeathState::Signed,
        cause: event.cause,
        infectious: event.infectious,
        died_at: event.died_at,
        minute_known: event.minute_known,
        place: event.place.clone(),
        household: death.identity.household.clone(),
        ethnicity: death.identity.ethnicity.clone(),
        reference: death.reference.clone(),
        version: 1,
        body: Body::from(death),
    }
}

/// False when the number or the person is there already. Of two at the same instant the
/// second waits for the first.
async fn insert(
    rt: &Runtime,
    conn: &mut PgConnection,
    row: &Row,
    death: &NewDeath,
    now: Timestamp,
) -> Result<bool, ApplyError> {
    let done = sqlx::query(
        "insert into burial.death
             (number_key, person_key, state, source, cause_class, infectious, died_at,
              minute_known, place, household, ethnicity, issuer, signed_on, recorded_at,
              reference, body, version, case_number)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18)
         on conflict do nothing",
    )
    .bind(&row.key)
    .bind(&row.person)
    .bind(row.state.code())
    .bind(death.source.code())
    .bind(row.cause.code())
    .bind(row.infectious)
    .bind(to_chrono(row.died_at))
    .bind(row.minute_known)
    .bind(&row.place)
    .bind(&row.household)
    .bind(&row.ethnicity)
    .bind(&death.issuer)
    .bind(to_chrono_date(death.signed_on))
    .bind(to_chrono(now))
    .bind(&row.reference)
    .bind(row.body.seal(rt, &row.key).map_err(failed)?)
    .bind(row.version)
    .bind(&death.case_number)
    .execute(conn)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Who signed, when, and who told us are of the new certificate.
async fn signed_again(conn: &mut PgConnection, key: &str, death: &NewDeath) -> sqlx::Result<()> {
    sqlx::query(
        "update burial.death set issuer = $2, signed_on = $3, source = $4, case_number = $5
          where number_key = $1",
    )
    .bind(key)
    .bind(&death.issuer)
    .bind(to_chrono_date(death.signed_on))
    .bind(death.source.code())
    .bind(&death.case_number)
    .execute(conn)
    .await?;
    Ok(())
}

async fn valid_elsewhere(conn: &mut PgConnection, row: &Row) -> sqlx::Result<bool> {
    sqlx::query_scalar(
        "select exists (select 1 from burial.death
                         where person_key = $1 and number_key <> $2 and state <> 'voided')",
    )
    .bind(&row.person)
    .bind(&row.key)
    .fetch_one(conn)
    .await
}

async fn told(
    rt: &Runtime,
    conn: &mut PgConnection,
    row: &Row,
    by: By<'_>,
    now: Timestamp,
) -> sqlx::Result<()> {
    let done = Done {
        action: "death.record",
        key: &row.key,
        purpose: None,
    };
    let told = row.person.as_deref().map(|person| Told {
        event: "recorded",
        person,
        died_on: time::beijing_date(row.died_at),
        reference: &row.reference,
    });
    let detail = json!({ "reference": row.reference, "version": row.version });
    events::write(rt, conn, by, done, told, (detail, now)).await
}
