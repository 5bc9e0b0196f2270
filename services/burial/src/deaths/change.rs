//! What may still happen to a recorded certificate: corrected by its signer, given a name,
//! or found to be none.

use jiff::Timestamp;
use serde_json::json;
use sqlx::PgConnection;
use yiwang_casework::{ApplyError, Runtime};

use super::{
    By, alarm, declaration,
    events::{self, Done, Told},
    refused,
    row::{self, Row},
    unknown, voided,
};
use crate::domain::death::{DeathState, Event, Identity};

/// Why something changes, and for whom the log keeps it.
#[derive(Debug, Clone, Copy)]
pub struct Why<'a> {
    /// Who does it.
    pub by: By<'a>,
    /// In Chinese; kept with the version.
    pub reason: &'a str,
    /// Business time.
    pub now: Timestamp,
}

/// The signer corrected when, where or how.
///
/// # Errors
/// `DEATH_UNKNOWN`, `DEATH_VOIDED`.
pub async fn correct(
    rt: &Runtime,
    conn: &mut PgConnection,
    number_key: &str,
    event: &Event,
    why: Why<'_>,
) -> Result<(), ApplyError> {
    let mut row = valid(rt, conn, number_key).await?;
    row.state = DeathState::Corrected;
    row.died_at = event.died_at;
    row.minute_known = event.minute_known;
    row.place.clone_from(&event.place);
    row.cause = event.cause;
    row.infectious = event.infectious;
    row.body.cause.clone_from(&event.cause_text);
    row.save(rt, conn, why.by, why.reason, why.now).await?;
    told(rt, conn, &row, "death.correct", "corrected", why).await
}

/// Somebody nameless turned out to be this person: a new version, and for everybody else the
/// person's death is recorded now (rules F11).
///
/// # Errors
/// `DEATH_UNKNOWN`, `DEATH_VOIDED`, `DEATH_IDENTIFIED`, `DEATH_KNOWN`, `DOCUMENT_REQUIRED`.
pub async fn identify(
    rt: &Runtime,
    conn: &mut PgConnection,
    number_key: &str,
    who: &Identity,
    why: Why<'_>,
) -> Result<(), ApplyError> {
    let Some(document) = &who.document else {
        let message = "请填写查明身份的证件号码。";
        return Err(refused("DOCUMENT_REQUIRED", message));
    };
    let mut row = valid(rt, conn, number_key).await?;
    if row.person.is_some() {
        let message = "这份死亡证明已经有逝者身份，不能再次认定。";
        return Err(refused("DEATH_IDENTIFIED", message));
    }
    row.person = Some(rt.keyer.document_key(document).as_str().to_owned());
    row.household.clone_from(&who.household);
    row.ethnicity.clone_from(&who.ethnicity);
    row.body.name.clone_from(&who.name);
    row.body.document = Some(document.clone());
    row.body.sex = who.sex.or(row.body.sex);
    row.body.born = who.born.or(row.body.born);
    row.save(rt, conn, why.by, why.reason, why.now).await?;
    told(rt, conn, &row, "death.identify", "recorded", why).await
}

/// The certificate proves nothing any more. `why.by` agreed to what `asked_by` asked for:
/// callers see to it that these are two persons.
///
/// # Errors
/// `DEATH_UNKNOWN`, `DEATH_VOIDED`.
pub async fn void(
    rt: &Runtime,
    conn: &mut PgConnection,
    number_key: &str,
    asked_by: &str,
    why: Why<'_>,
) -> Result<(), ApplyError> {
    let mut row = valid(rt, conn, number_key).await?;
    row.state = DeathState::Voided;
    let reason = format!("{}（{asked_by}提出）", why.reason);
    row.save(rt, conn, why.by, &reason, why.now).await?;
    told(rt, conn, &row, "death.void", "revoked", why).await?;
    if let Some(person) = &row.person {
        declaration::again(rt, conn, person, why.by, why.now).await?;
        alarm::cremated(conn, person, why.now).await?;
    }
    Ok(())
}

async fn valid(rt: &Runtime, conn: &mut PgConnection, number_key: &str) -> Result<Row, ApplyError> {
    match row::lock(rt, conn, number_key).await? {
        None => Err(unknown()),
        Some(row) if !row.state.is_valid() => Err(voided()),
        Some(row) => Ok(row),
    }
}

async fn told(
    rt: &Runtime,
    conn: &mut PgConnection,
    row: &Row,
    action: &'static str,
    event: &'static str,
    why: Why<'_>,
) -> Result<(), ApplyError> {
    let done = Done {
        action,
        key: &row.key,
        purpose: Some(why.reason),
    };
    let told = row.person.as_deref().map(|person| Told {
        event,
        person,
        died_on: row.died_on(),
        reference: &row.reference,
    });
    let detail = json!({ "reference": row.reference, "version": row.version });
    events::write(rt, conn, why.by, done, told, (detail, why.now)).await?;
    Ok(())
}
