//! What reactions ask of the other areas.

use jiff::civil::Date;
use sqlx::PgConnection;
use yiwang_casework::Runtime;
use yiwang_chassis::fault::Fault;
use yiwang_civic::citizen_id::CitizenId;
use yiwang_proto::burial::v1::DeathRecorded;

use super::rescued::Rescued;
use crate::domain::family::{Family, ParentState};

/// Families of open files in which this person is father or mother.
#[expect(clippy::unused_async, reason = "asks the database")]
pub(super) async fn families(
    _: &Runtime,
    _: &mut PgConnection,
    _: &str,
) -> Result<Vec<Family>, Fault> {
    // merge: crate::welfare::families_of_parent(rt, conn, person_key)
    Ok(Vec::new())
}

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
#[expect(clippy::unused_async, reason = "asks the database")]
pub(super) async fn review(
    _: &Runtime,
    _: &mut PgConnection,
    _: &Family,
    _: &str,
) -> Result<(), Fault> {
    // merge: crate::entitlements::review(rt, conn, family, cause)
    Ok(())
}

/// Opens temporary guardianship for a minor of a rescue station; its number.
#[expect(clippy::unused_async, reason = "asks the database")]
pub(super) async fn temporary(
    _: &Runtime,
    _: &mut PgConnection,
    _: &Rescued,
) -> Result<Option<String>, Fault> {
    // merge: crate::protection::open_temporary
    Ok(None)
}
