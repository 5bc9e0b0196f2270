//! What the county keeps of its halls (rules A3.9, A3.10): hours and places, registrars,
//! single days. Its officers alone; every change leaves an audit entry and an event.
//!
//! | where | what |
//! |---|---|
//! | `valid` | what a hall and its hours may look like, pure |
//! | `hall`, `registrar`, `day` | each read and saved |
//! | `calendar` | the days ahead, with who comes |
//! | `store` | halls and registrars in their tables, closed ones too |

mod calendar;
mod day;
mod hall;
mod registrar;
mod store;
mod valid;

pub(super) use self::{
    calendar::show as calendar,
    day::set as set_day,
    hall::{get as hall, list as halls, save as save_hall},
    registrar::{list as registrars, save as save_registrar},
};

use sqlx::PgConnection;
use yiwang_chassis::{
    fault::{Code, Fault},
    identity::{Caller, Role},
};

use super::{hall_unknown, store::Hall};

/// Whether the caller keeps any halls at all.
fn is_keeper(caller: &Caller) -> Result<(), Fault> {
    if caller.has_role(Role::CountyOfficer) {
        return Ok(());
    }
    Err(not_theirs())
}

/// Whether the caller keeps the halls of this division.
fn keeps(caller: &Caller, division: &str) -> Result<(), Fault> {
    if caller.has(Role::CountyOfficer, division) {
        return Ok(());
    }
    Err(not_theirs())
}

fn not_theirs() -> Fault {
    let message = "婚姻登记处由所在县（市、区）民政局的工作人员管理，您的岗位不能办理。";
    Fault::new(Code::Forbidden, "WRONG_ROLE", message)
}

/// A hall that the caller keeps, closed ones too.
async fn kept(conn: &mut PgConnection, caller: &Caller, code: &str) -> Result<Hall, Fault> {
    is_keeper(caller)?;
    let hall = store::hall(conn, code.trim()).await?;
    let hall = hall.ok_or_else(hall_unknown)?;
    keeps(caller, &hall.division)?;
    Ok(hall)
}

/// The same, locked: nobody books there until the transaction ends.
async fn locked(conn: &mut PgConnection, caller: &Caller, code: &str) -> Result<Hall, Fault> {
    is_keeper(caller)?;
    let hall = store::lock(conn, code.trim()).await?;
    let hall = hall.ok_or_else(hall_unknown)?;
    keeps(caller, &hall.division)?;
    Ok(hall)
}
