//! Planning of burial (rules F14, F16): facilities with their approval, zones from draft to
//! announcement, the yearly plan, coverage and the yearly report.
//!
//! | where | what |
//! |---|---|
//! | [`zones`] | what zone a place lies in, for all others |
//! | `zone_book`, `zone_row` | drafts, announcements, ends |
//! | `facilities` | cemeteries, columbaria, funeral homes |
//! | `plans`, `coverage`, `report` | so many, for whom, and what became of it |
//! | `trail` | audit entry and event of each change |
//! | [`demo`] | 通山县 and 竹山县 |

mod api;
mod coverage;
pub mod demo;
mod facilities;
mod facility_row;
mod graves;
mod plans;
mod report;
pub(crate) mod trail;
mod zone_book;
mod zone_row;
pub mod zones;

pub use api::{PlanningServer, PlanningService};

use jiff::civil::Date;
use yiwang_casework::{Actor, Context, Refusal, Runtime};
use yiwang_chassis::{
    fault::{Code, Fault},
    identity::{Caller, Role},
};
use yiwang_civic::{
    division::{self, Level},
    params::ParamError,
};

/// Something read from the rules in force in a division now.
pub(crate) fn in_force<T>(
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

/// Only the county plans. Whoever plans nowhere learns nothing from field errors.
pub(crate) fn planner(caller: &Caller) -> Result<(), Fault> {
    match caller.has_role(Role::CountyOfficer) {
        true => Ok(()),
        false => Err(wrong_role()),
    }
}

/// The county officer of this very division.
pub(crate) fn plans_for(caller: &Caller, division: &str) -> Result<(), Fault> {
    match caller.has(Role::CountyOfficer, division) {
        true => Ok(()),
        false => Err(wrong_role()),
    }
}

fn wrong_role() -> Fault {
    let message = "规划和抽查由县级民政工作人员在本地区范围内办理。";
    Fault::new(Code::Forbidden, "WRONG_ROLE", message)
}

/// A rule's no as a caller reads it.
pub(crate) fn refused(refusal: Refusal) -> Fault {
    Fault {
        fields: refusal.fields,
        ..Fault::precondition(refusal.code, refusal.message)
    }
}

/// A day as ISO 8601.
pub(crate) fn read_day(text: &str, at: &str) -> Result<Date, Fault> {
    text.trim().parse().map_err(|_| {
        let message = "请按2026-05-12的格式填写日期。";
        Fault::invalid_field(at.to_owned(), "DATE", message)
    })
}

/// Beginning of the codes of a division; all for an empty one.
pub(crate) fn scope(division: &str) -> Result<&str, Fault> {
    match division.trim() {
        "" => Ok(""),
        code => match division::scope_prefix(code) {
            division::NO_SCOPE => Err(unknown_division("/division")),
            prefix => Ok(prefix),
        },
    }
}

/// Six digits of a county.
pub(crate) fn county(code: &str, at: &str) -> Result<division::Division, Fault> {
    division::find(code.trim())
        .filter(|one| one.level == Level::County)
        .ok_or_else(|| unknown_division(at))
}

pub(crate) fn unknown_division(at: &str) -> Fault {
    Fault::invalid_field(at.to_owned(), "DIVISION_UNKNOWN", "请选择县（市、区）。")
}

/// Own name of a division; its code where the table has none.
pub(crate) fn name_of(code: &str) -> String {
    division::find(code).map_or_else(|| code.to_owned(), |one| one.name.to_owned())
}
