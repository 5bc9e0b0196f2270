//! `yiwang.burial.death.recorded | declared | corrected | revoked | doubted | settled`, numbered
//! per person.

use jiff::{Timestamp, civil::Date};
use prost::Message as _;
use serde_json::Value;
use sqlx::PgConnection;
use uuid::Uuid;
use yiwang_casework::{Runtime, decision::DomainEvent};
use yiwang_chassis::{
    audit, ids, journal,
    outbox::{self, NewEvent},
};
use yiwang_civic::time::beijing_date;
use yiwang_proto::burial::v1::{DeathDoubt, DeathRecorded};

use super::By;

/// A change others must hear of.
#[derive(Debug, Clone, Copy)]
pub(super) struct Told<'a> {
    /// `recorded`, `declared`, `corrected` or `revoked`.
    pub(super) event: &'static str,
    /// Person key.
    pub(super) person: &'a str,
    pub(super) died_on: Date,
    /// Never the printed number: it may be an ID number.
    pub(super) reference: &'a str,
}

/// What was done to which certificate.
#[derive(Debug, Clone, Copy)]
pub(super) struct Done<'a> {
    /// E.g. `death.record`.
    pub(super) action: &'static str,
    /// Key of the certificate.
    pub(super) key: &'a str,
    pub(super) purpose: Option<&'a str>,
}

/// Writes the audit entry, and the event where the person is known.
pub(super) async fn write(
    rt: &Runtime,
    conn: &mut PgConnection,
    by: By<'_>,
    done: Done<'_>,
    told: Option<Told<'_>>,
    (detail, now): (Value, Timestamp),
) -> sqlx::Result<()> {
    let entry = audit::Entry {
        at: now,
        actor: by.actor.to_owned(),
        actor_name: Some(by.name.to_owned()),
        on_behalf_of: None,
        action: done.action.to_owned(),
        object: format!("death/{}", done.key),
        purpose: done.purpose.map(str::to_owned),
        outcome: audit::Outcome::Done,
        detail,
    };
    let Some(told) = told else {
        return audit::record(conn, &entry).await;
    };
    let payload = DeathRecorded {
        person: told.person.to_owned(),
        died_on: told.died_on.to_string(),
        certificate: told.reference.to_owned(),
    };
    let event = DomainEvent {
        aggregate: "death",
        aggregate_id: told.person.to_owned(),
        event: told.event,
        payload: payload.encode_to_vec(),
    };
    journal::write(conn, &entry, &rt.outgoing(event, now)).await
}

/// `doubted` or `settled`: whether the person of this alarm lives.
pub(super) async fn doubt(
    conn: &mut PgConnection,
    event: &'static str,
    (person, alarm): (&str, Uuid),
    now: Timestamp,
) -> sqlx::Result<()> {
    let subject = format!("yiwang.burial.death.{event}");
    let payload = DeathDoubt {
        person: person.to_owned(),
        on: beijing_date(now).to_string(),
        alarm: alarm.to_string(),
    };
    let event = NewEvent {
        id: ids::new(now),
        aggregate: "death",
        aggregate_id: person.to_owned(),
        event_type: format!("{subject}.v1"),
        subject,
        occurred_at: now,
        payload: payload.encode_to_vec(),
    };
    outbox::enqueue(conn, &event).await?;
    Ok(())
}
