//! What reactions ask of the other areas.

use jiff::civil::Date;
use sqlx::PgConnection;
use yiwang_casework::Runtime;
use yiwang_chassis::fault::Fault;
use yiwang_civic::citizen_id::CitizenId;
use yiwang_proto::burial::v1::DeathRecorded;

use super::rescued::Rescued;
use crate::{
    domain::family::{Family, ParentState},
    entitlements, protection,
};

/// Whoever of the family died stands as dead in it.
pub(super) fn mark_dead(rt: &Runtime, family: &mut Family, death: &DeathRecorded, on: Date) {
    let died =
        |id: Option<CitizenId>| id.is_some_and(|id| rt.keyer.key(&id).as_str() == death.person);
    for parent in [&mut family.father, &mut family.mother] {
        if died(parent.id()) {
            parent.state = ParentState::Dead;
            parent.since = on.to_string();
            parent.proof = format!("殡葬服务登记（{}）", death.certificate);
        }
    }
}

/// Opens a review of what the child may be entitled to, when there is a ground.
pub(super) async fn review(
    rt: &Runtime,
    conn: &mut PgConnection,
    family: &Family,
    cause: &str,
) -> Result<(), Fault> {
    entitlements::review(rt, conn, family, cause).await?;
    Ok(())
}

/// Opens temporary guardianship for a minor of a rescue station; its number.
pub(super) async fn temporary(
    rt: &Runtime,
    conn: &mut PgConnection,
    known: &Rescued,
) -> Result<Option<String>, Fault> {
    let station = station(known);
    protection::open_temporary(rt, conn, &found(known, &station)).await
}

/// The station has handed the minor over.
pub(super) async fn handed_over(
    rt: &Runtime,
    conn: &mut PgConnection,
    known: &Rescued,
) -> Result<(), Fault> {
    let station = station(known);
    protection::handed_over(rt, conn, &found(known, &station), &known.care).await
}

fn station(known: &Rescued) -> String {
    format!("救助管理站（{}）", known.station)
}

fn found<'a>(known: &'a Rescued, station: &'a str) -> protection::Found<'a> {
    protection::Found {
        stay: &known.rescue_case,
        division: &known.division,
        station,
        cause: &known.cause,
        document: &known.document,
    }
}
