//! Places for ashes and bodies 格位、墓位 (rules F08): plans, holds, areas, inspections.
//!
//! Two desks and two hundred phones may want the same place at the same instant: its row is
//! locked, the pure [`crate::domain::ledger::Spot`] decides, and whoever comes second is named
//! the next free ones.
//!
//! | where | what |
//! |---|---|
//! | [`store`] | places and their uses in their tables |
//! | [`facility`] | cemeteries |
//! | `layout`, `view` | where a place lies on the drawing; answers |
//! | `hold` | chosen and let go |
//! | `area`, `edit`, `upkeep` | new areas; changed, closed; blocked and inspected |
//! | `stock`, `keeper` | ashes counted; what the staff has to do |
//! | `grave` | the item 骨灰安放（葬） over them |
//! | `trail` | audit entry and event of each change |

mod api;
mod area;
pub mod demo;
mod edit;
pub mod facility;
mod grave;
mod hold;
mod keeper;
mod layout;
mod stock;
pub mod store;
mod trail;
mod upkeep;
mod view;

pub use api::{PlacesServer, PlacesService};

use sqlx::PgConnection;
use uuid::Uuid;
use yiwang_casework::{Actor, Context, Refusal, Runtime};
use yiwang_chassis::{
    fault::{Code, Fault, FieldViolation},
    identity::{Caller, Role},
};
use yiwang_civic::params::ParamError;

use self::{facility::Facility, store::Place};
use crate::domain::ledger::SpotError;

impl From<SpotError> for Refusal {
    fn from(error: SpotError) -> Self {
        Self::new(error.code(), error.message())
    }
}

/// Something read from the rules in force in a division now.
fn in_force<T>(
    rt: &Runtime,
    division: &str,
    read: impl FnOnce(&Context<'_>) -> Result<T, ParamError>,
) -> Result<T, Fault> {
    let actor = Actor::System(String::new());
    let cx = Context {
        now: rt.now(),
        actor: &actor,
        calendar: rt.calendar,
        rules: &rt.rules,
        division,
        county: division.get(..6).unwrap_or(division),
    };
    // Goes away by itself once the parameter is there.
    read(&cx).map_err(Fault::unavailable)
}

/// Whoever looks after a facility: its staff, and the county.
const KEEPERS: [Role; 2] = [Role::Funeral, Role::CountyOfficer];
/// Whoever chooses for people who stand before them.
const DESKS: [Role; 3] = [Role::Funeral, Role::Clerk, Role::TownshipOfficer];

fn has_one(caller: &Caller, roles: &[Role], division: &str) -> bool {
    roles.iter().any(|role| caller.has(*role, division))
}

/// Refuses all but these roles.
fn only(caller: &Caller, roles: &[Role], division: &str) -> Result<(), Fault> {
    if has_one(caller, roles, division) {
        return Ok(());
    }
    let message = "您的岗位不能办理这一步，请由公墓（骨灰堂）或者民政局的工作人员办理。";
    Err(Fault::new(Code::Forbidden, "WRONG_ROLE", message))
}

/// A facility that the caller keeps. Whoever keeps none learns nothing.
async fn kept(
    conn: &mut PgConnection,
    caller: &Caller,
    code: &str,
    roles: &[Role],
) -> Result<Facility, Fault> {
    if !roles.iter().any(|role| caller.has_role(*role)) {
        only(caller, roles, "")?;
    }
    let found = facility::find(conn, code).await?;
    let found = found.ok_or_else(facility_unknown)?;
    only(caller, roles, &found.division)?;
    Ok(found)
}

fn facility_unknown() -> Fault {
    let message = "没有这个公墓（骨灰堂），请重新选择。";
    Fault::new(Code::NotFound, "FACILITY_UNKNOWN", message)
}

fn spot_unknown() -> Fault {
    let message = "没有找到这个位置，请从平面图上重新选。";
    Fault::new(Code::NotFound, "SPOT_UNKNOWN", message)
}

/// Reads the id of a place.
fn spot_id(text: &str) -> Result<Uuid, Fault> {
    text.trim().parse().map_err(|_| spot_unknown())
}

/// A place and its facility; `locked` when it is to be changed.
async fn found(
    conn: &mut PgConnection,
    id: Uuid,
    locked: bool,
) -> Result<(Place, Facility), Fault> {
    let place = match locked {
        true => store::lock(conn, id).await?,
        false => store::find(conn, id).await?,
    };
    let place = place.ok_or_else(spot_unknown)?;
    let facility = facility::find(conn, &place.facility).await?;
    Ok((place, facility.ok_or_else(spot_unknown)?))
}

/// A refusal of a place, with the next free ones.
fn spot_fault(error: SpotError, free: &[(Uuid, String)]) -> Fault {
    let names: Vec<&str> = free.iter().map(|(_, label)| label.as_str()).collect();
    let message = match names.as_slice() {
        [] => error.message().to_owned(),
        names => format!("{}附近还有：{}。", error.message(), names.join("、")),
    };
    let field = |(id, label): &(Uuid, String)| {
        FieldViolation::new("/spot", "FREE", format!("{id} {label}"))
    };
    Fault {
        fields: free.iter().map(field).collect(),
        ..Fault::precondition(error.code(), message)
    }
}
