//! What a call leaves behind: an entry of the audit log and an event, in one statement. Nobody in
//! the street is named in either.

use prost::Message as _;
use serde_json::{Value, json};
use sqlx::PgConnection;
use uuid::Uuid;
use yiwang_casework::{Runtime, decision::DomainEvent};
use yiwang_chassis::{audit, identity::Caller, journal};
use yiwang_proto::rescue::v1::{CampaignChanged, EncounterChanged, PatrolChanged};

use crate::stays::stations::Station;

fn entry(
    rt: &Runtime,
    caller: Option<&Caller>,
    action: String,
    object: String,
    detail: Value,
) -> audit::Entry {
    let named = caller.filter(|caller| caller.is_staff());
    audit::Entry {
        at: rt.now(),
        actor: caller.map_or_else(
            || "system:street".to_owned(),
            |caller| caller.account.to_string(),
        ),
        actor_name: named.map(|caller| caller.name.clone()),
        on_behalf_of: caller.and_then(|caller| caller.on_behalf_of.clone()),
        action,
        object,
        purpose: None,
        outcome: audit::Outcome::Done,
        detail,
    }
}

/// A patrol was planned, started, finished or cancelled.
pub(super) async fn patrol(
    rt: &Runtime,
    conn: &mut PgConnection,
    caller: Option<&Caller>,
    what: &'static str,
    (id, station): (Uuid, &Station),
) -> sqlx::Result<()> {
    let detail = json!({ "station": station.code });
    let entry = entry(
        rt,
        caller,
        format!("patrol.{what}"),
        format!("patrol/{id}"),
        detail,
    );
    let payload = PatrolChanged {
        patrol: id.to_string(),
        station: station.code.clone(),
        division: station.division.clone(),
    };
    let event = DomainEvent {
        aggregate: "patrol",
        aggregate_id: id.to_string(),
        event: what,
        payload: payload.encode_to_vec(),
    };
    journal::write(conn, &entry, &rt.outgoing(event, rt.now())).await
}

/// Places of a patrol came in.
pub(super) async fn checked_in(
    rt: &Runtime,
    conn: &mut PgConnection,
    caller: &Caller,
    patrol: Uuid,
    stored: u64,
) -> sqlx::Result<()> {
    let object = format!("patrol/{patrol}");
    let detail = json!({ "points": stored });
    let entry = entry(
        rt,
        Some(caller),
        "patrol.check_in".to_owned(),
        object,
        detail,
    );
    audit::record(conn, &entry).await
}

/// A visit as events and audit log tell of it.
pub(super) struct Told<'a> {
    /// Id.
    pub(super) id: Uuid,
    /// Station.
    pub(super) station: &'a Station,
    /// Outcome.
    pub(super) outcome: &'a str,
    /// Case of the stay.
    pub(super) case_number: &'a str,
}

/// A visit was written, settled, received, or told of by a passer-by.
pub(super) async fn encounter(
    rt: &Runtime,
    conn: &mut PgConnection,
    caller: Option<&Caller>,
    what: &'static str,
    told: Told<'_>,
) -> sqlx::Result<()> {
    let detail = json!({ "station": told.station.code, "outcome": told.outcome });
    let object = format!("encounter/{}", told.id);
    let entry = entry(rt, caller, format!("encounter.{what}"), object, detail);
    let payload = EncounterChanged {
        encounter: told.id.to_string(),
        station: told.station.code.clone(),
        division: told.station.division.clone(),
        outcome: told.outcome.to_owned(),
        case_number: told.case_number.to_owned(),
    };
    let event = DomainEvent {
        aggregate: "encounter",
        aggregate_id: told.id.to_string(),
        event: what,
        payload: payload.encode_to_vec(),
    };
    journal::write(conn, &entry, &rt.outgoing(event, rt.now())).await
}

/// Somebody read what is sealed of a visit.
pub(super) async fn read(
    rt: &Runtime,
    conn: &mut PgConnection,
    caller: &Caller,
    id: Uuid,
) -> sqlx::Result<()> {
    let object = format!("encounter/{id}");
    let entry = entry(
        rt,
        Some(caller),
        "encounter.read".to_owned(),
        object,
        json!({}),
    );
    audit::record(conn, &entry).await
}

/// A campaign was opened or ended.
pub(super) async fn campaign(
    rt: &Runtime,
    conn: &mut PgConnection,
    caller: Option<&Caller>,
    what: &'static str,
    payload: CampaignChanged,
) -> sqlx::Result<()> {
    let detail = json!({ "county": payload.county, "kind": payload.kind, "alert": payload.alert });
    let object = format!("campaign/{}", payload.campaign);
    let entry = entry(rt, caller, format!("campaign.{what}"), object, detail);
    let event = DomainEvent {
        aggregate: "campaign",
        aggregate_id: payload.campaign.clone(),
        event: what,
        payload: payload.encode_to_vec(),
    };
    journal::write(conn, &entry, &rt.outgoing(event, rt.now())).await
}
