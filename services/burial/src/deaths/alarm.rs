//! What an officer must look at: somebody was cremated whose death nobody recorded (rules
//! B6; one-thing D7), the health department sent what does not fit the register, or a home
//! contests a certificate.

use jiff::Timestamp;
use sqlx::PgConnection;
use uuid::Uuid;
use yiwang_casework::Runtime;
use yiwang_chassis::{audit, db::to_chrono, ids};

use super::events;

/// A cremation certificate without a recorded death.
pub const CREMATION: &str = "cremation_without_death";
/// A certificate of the feed that was not taken.
pub const FEED: &str = "feed_refused";

/// A funeral home says that a death certificate cannot be right.
pub const CONTESTED: &str = "certificate_contested";
/// A rescue station knows somebody whose death is recorded.
pub const FOUND: &str = "found_alive";
/// Somebody died in a rescue station.
pub const DIED: &str = "died_in_station";
/// Why a cremation rings: nobody recorded the death. What is paid to the person waits.
pub(super) const NO_DEATH: &str = "NO_DEATH";

/// A cremation certificate that is issued.
#[derive(Debug, Clone, Copy)]
pub struct Cremation<'a> {
    /// Body tag.
    pub body: &'a str,
    /// Person key; none for the nameless.
    pub person: Option<&'a str>,
    /// Key of the death certificate it was cremated on; none when there was none.
    pub death: Option<&'a str>,
    /// Number of the cremation certificate.
    pub certificate: &'a str,
    /// County of the funeral home, six digits.
    pub county: &'a str,
}

/// Looks whether the death behind a cremation is recorded and valid; raises the alarm when it
/// is not, and answers whether it did. Called when the cremation certificate is issued, in the
/// same transaction. A nameless body needs its certificate of death as well.
///
/// # Errors
/// The database does not answer.
pub async fn check_cremation(
    conn: &mut PgConnection,
    cremation: Cremation<'_>,
    now: Timestamp,
) -> sqlx::Result<bool> {
    let recorded: bool = sqlx::query_scalar(
        "select exists (select 1 from burial.death
                         where state <> 'voided' and (person_key = $1 or number_key = $2))",
    )
    .bind(cremation.person)
    .bind(cremation.death)
    .fetch_one(&mut *conn)
    .await?;
    if recorded {
        return Ok(false);
    }
    let alarm = Alarm {
        kind: CREMATION,
        division: cremation.county,
        reference: &format!("{} {}", cremation.body, cremation.certificate),
        person: cremation.person,
        reason: NO_DEATH,
        sealed: None,
    };
    if let (Some(id), Some(person)) = (raise(conn, alarm, now).await?, cremation.person) {
        events::doubt(conn, "doubted", (person, id), now).await?;
    }
    Ok(true)
}

/// A funeral home contests the death certificate of a funeral; what it says stands in the case.
///
/// # Errors
/// The database does not answer.
pub async fn contested(
    conn: &mut PgConnection,
    case_number: &str,
    person: Option<&str>,
    county: &str,
    now: Timestamp,
) -> sqlx::Result<()> {
    let alarm = Alarm {
        kind: CONTESTED,
        division: county,
        reference: &format!("{case_number} {now}"),
        person,
        reason: "CONTESTED",
        sealed: None,
    };
    raise(conn, alarm, now).await?;
    Ok(())
}

/// A death is taken back whose body was cremated: somebody else lies in the ashes.
pub(super) async fn cremated(
    conn: &mut PgConnection,
    person: &str,
    now: Timestamp,
) -> sqlx::Result<()> {
    let row: Option<(String, Option<String>, String)> = sqlx::query_as(
        "select body, certificate, county from burial.cremation where person_key = $1",
    )
    .bind(person)
    .fetch_optional(&mut *conn)
    .await?;
    let Some((body, certificate, county)) = row else {
        return Ok(());
    };
    let alarm = Alarm {
        kind: CREMATION,
        division: &county,
        reference: &format!("{body} {} {now}", certificate.unwrap_or_default()),
        person: Some(person),
        reason: "DEATH_REVOKED",
        sealed: None,
    };
    raise(conn, alarm, now).await?;
    Ok(())
}

/// An alarm to raise.
pub(super) struct Alarm<'a> {
    pub(super) kind: &'static str,
    pub(super) division: &'a str,
    /// Without personal data.
    pub(super) reference: &'a str,
    pub(super) person: Option<&'a str>,
    pub(super) reason: &'a str,
    pub(super) sealed: Option<&'a [u8]>,
}

/// Raises an alarm, the same one once; its id when it is new.
pub(super) async fn raise(
    conn: &mut PgConnection,
    alarm: Alarm<'_>,
    now: Timestamp,
) -> sqlx::Result<Option<Uuid>> {
    let id = ids::new(now);
    let raised = sqlx::query(
        "insert into burial.death_alarm
             (id, kind, division, reference, person_key, reason, sealed, raised_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8) on conflict (kind, reference) do nothing",
    )
    .bind(id)
    .bind(alarm.kind)
    .bind(alarm.division)
    .bind(alarm.reference)
    .bind(alarm.person)
    .bind(alarm.reason)
    .bind(alarm.sealed)
    .bind(to_chrono(now))
    .execute(&mut *conn)
    .await?;
    if raised.rows_affected() == 0 {
        return Ok(None);
    }
    let entry = audit::Entry {
        at: now,
        actor: "system:deaths".to_owned(),
        actor_name: None,
        on_behalf_of: None,
        action: "death.alarm".to_owned(),
        object: format!("{}/{}", alarm.kind, alarm.reference.replace(' ', "/")),
        purpose: None,
        outcome: audit::Outcome::Done,
        detail: serde_json::json!({ "reason": alarm.reason, "division": alarm.division }),
    };
    audit::record(conn, &entry).await?;
    Ok(Some(id))
}

/// Seals a certificate of the feed for its alarm.
pub(super) fn seal(
    rt: &Runtime,
    reference: &str,
    certificate: &serde_json::Value,
) -> sqlx::Result<Vec<u8>> {
    rt.seal("death_alarm", reference, certificate)
        .map_err(|fault| sqlx::Error::Encode(fault.into()))
}
