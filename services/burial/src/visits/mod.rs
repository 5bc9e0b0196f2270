//! Grave-sweeping visits 祭扫预约 (rules F17): never more people at the graves than there is
//! room for, and everybody gets an answer.
//!
//! | where | what |
//! |---|---|
//! | [`plan`], `festival` | times of a day, places of a booking; 清明 and 冬至; pure |
//! | `rules` | the parameters of a place |
//! | `store`, `visit` | facilities and slots, visits in their tables |
//! | `party` | who comes, checked |
//! | `book`, `cancel`, `enter`, [`no_show`] | what becomes of a visit |
//! | `day` | what staff and families list |
//! | `trail` | what each of these leaves behind: audit entry and event |

mod api;
mod book;
mod cancel;
mod day;
mod enter;
mod festival;
pub mod no_show;
mod party;
pub mod plan;
mod rules;
mod store;
mod trail;
mod view;
mod visit;
mod window;

pub use api::{VisitsServer, VisitsService};
pub(crate) use party::is_text;
pub(crate) use trail::entry;

use jiff::{
    Timestamp,
    civil::{Date, DateTime},
    tz,
};
use yiwang_casework::{Actor, Context, Runtime};
use yiwang_chassis::{
    fault::{Code, Fault, FieldViolation},
    identity::{Caller, Role},
};
use yiwang_civic::params::ParamError;

use self::{rules::VisitRules, store::Facility, window::Window};

const BEIJING: tz::Offset = tz::offset(8);

/// What a visit is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// The family comes.
    InPerson,
    /// The staff sweeps for them 代祭.
    OnBehalf,
}

impl Kind {
    fn from_code(code: &str) -> Option<Self> {
        match code {
            "in_person" => Some(Self::InPerson),
            "on_behalf" => Some(Self::OnBehalf),
            _ => None,
        }
    }

    fn code(self) -> &'static str {
        match self {
            Self::InPerson => "in_person",
            Self::OnBehalf => "on_behalf",
        }
    }
}

/// Beijing time of an instant.
fn local(at: Timestamp) -> DateTime {
    BEIJING.to_datetime(at)
}

/// The instant of a Beijing time.
fn instant(at: DateTime) -> Timestamp {
    BEIJING.to_timestamp(at).unwrap_or(Timestamp::MAX)
}

/// As contracts write it: 2027-04-04T09:00.
fn wire(at: DateTime) -> String {
    at.strftime("%Y-%m-%dT%H:%M").to_string()
}

/// As people read it: 4月4日9:00.
fn words(at: DateTime) -> String {
    let (month, day, hour, minute) = (at.month(), at.day(), at.hour(), at.minute());
    format!("{month}月{day}日{hour}:{minute:02}")
}

/// Reads a day of a contract.
fn day_of(text: &str) -> Result<Date, Fault> {
    let wrong = |_| FieldViolation::new("/day", "NOT_A_DAY", "请选择日期。");
    text.trim()
        .parse()
        .map_err(|error| Fault::invalid(vec![wrong(error)]))
}

/// When a facility may be booked, by the rules in force there now.
fn window(rt: &Runtime, facility: &Facility) -> Result<Window, Fault> {
    let rules = rules(rt, facility)?;
    Ok(Window {
        now: local(rt.now()),
        capacity: rules.capacity(facility.visitors),
        rules,
    })
}

/// The rules of a facility now.
fn rules(rt: &Runtime, facility: &Facility) -> Result<VisitRules, Fault> {
    in_force(rt, &facility.division, VisitRules::load)
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

fn facility_unknown() -> Fault {
    let message = "没有这个公墓（骨灰堂），请重新选择。";
    Fault::new(Code::NotFound, "FACILITY_UNKNOWN", message)
}

fn visit_unknown() -> Fault {
    let message = "没有找到这个祭扫预约，请核对预约编号。";
    Fault::new(Code::NotFound, "VISIT_NOT_FOUND", message)
}

/// Staff whose grant covers the facility stand at its gate.
fn at_gate(caller: &Caller, division: &str) -> Result<(), Fault> {
    if caller.has(Role::Funeral, division) {
        return Ok(());
    }
    let message = "只有这个公墓（骨灰堂）的工作人员可以查看和放行。";
    Err(Fault::new(Code::Forbidden, "WRONG_ROLE", message))
}
