//! Halls 婚姻登记处, their times, and appointments 预约 (rules M10, A3.9).
//!
//! An appointment is a courtesy and never a condition: whoever comes without one is
//! served too.
//!
//! | where | what |
//! |---|---|
//! | `plan`, `schedule` | times from the hours of a hall; days, with what was set for them; pure |
//! | `store`, `setting`, `appointment` | halls and slots, set days, appointments in their tables |
//! | `party` | who comes, checked |
//! | `book`, `cancel`, [`no_show`] | what becomes of an appointment |
//! | `counselling` | sessions 婚姻家庭辅导 (rules M12), beside the counter |
//! | `day`, `card` | what officers see and read at the counter |
//! | `manage` | what the county keeps: hours, registrars, days |
//! | `trail` | what each of these leaves behind: audit entry and event |

mod api;
mod appointment;
mod book;
mod cancel;
mod card;
mod counselling;
mod day;
pub mod demo;
mod manage;
pub mod no_show;
mod party;
mod plan;
mod schedule;
mod setting;
mod store;
mod trail;
mod view;

pub use api::{HallsServer, HallsService};

use std::ops::RangeInclusive;

use jiff::{
    Timestamp,
    civil::{Date, DateTime},
    tz,
};
use sqlx::PgConnection;
use yiwang_casework::{Actor, Context, Runtime};
use yiwang_chassis::{
    fault::{Code, Fault, FieldViolation},
    identity::{Caller, Role},
};

use self::{
    schedule::{Schedule, Window},
    store::Hall,
};
use crate::domain::booking::BookingRules;

const BEIJING: tz::Offset = tz::offset(8);

/// What somebody comes for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Marriage,
    Divorce,
    Reissue,
    /// 婚姻家庭辅导, alone or together: free, voluntary, a condition of nothing.
    Counselling,
}

/// Whose places an appointment takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Room {
    Counter,
    Counselling,
}

impl Room {
    /// That of a kind of a contract.
    fn of(kind: &str) -> Self {
        match Kind::from_code(kind) {
            Some(Kind::Counselling) => Self::Counselling,
            _ => Self::Counter,
        }
    }
}

impl Kind {
    fn from_code(code: &str) -> Option<Self> {
        match code {
            "marriage" => Some(Self::Marriage),
            "divorce" => Some(Self::Divorce),
            "reissue" => Some(Self::Reissue),
            "counselling" => Some(Self::Counselling),
            _ => None,
        }
    }

    /// How many people it takes: a certificate is re-issued to one alone.
    fn visitors(self) -> RangeInclusive<usize> {
        match self {
            Self::Marriage | Self::Divorce => 2..=2,
            Self::Reissue => 1..=1,
            Self::Counselling => 1..=2,
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

/// As contracts write it: 2026-05-20T09:00.
fn wire(at: DateTime) -> String {
    at.strftime("%Y-%m-%dT%H:%M").to_string()
}

/// As people read it: 5月20日9:00.
fn words(at: DateTime) -> String {
    let (month, day, hour, minute) = (at.month(), at.day(), at.hour(), at.minute());
    format!("{month}月{day}日{hour}:{minute:02}")
}

/// Reads a day of a contract.
fn day_of(text: &str) -> Result<Date, Fault> {
    let wrong = || {
        Fault::invalid(vec![FieldViolation::new(
            "/day",
            "NOT_A_DAY",
            "请选择日期。",
        )])
    };
    text.trim().parse().map_err(|_| wrong())
}

/// A hall with as many places at a time as a room has.
fn with_places_of(rt: &Runtime, room: Room, hall: Hall) -> Result<Hall, Fault> {
    if room == Room::Counter {
        return Ok(hall);
    }
    let places = in_force(rt, &hall.division, |cx| {
        cx.rule("marriage.counselling.places")?.count()
    })?;
    let capacity = i32::try_from(places).unwrap_or(i32::MAX);
    Ok(Hall { capacity, ..hall })
}

/// When a hall may be booked, by the rules in force there now.
async fn window(
    rt: &Runtime,
    conn: &mut PgConnection,
    room: Room,
    hall: &Hall,
) -> Result<Window, Fault> {
    let now = local(rt.now());
    let schedule = schedule(rt, conn, hall, now.date()).await?;
    Ok(Window {
        now,
        rules: in_force(rt, &hall.division, BookingRules::load)?,
        schedule: match room {
            Room::Counter => schedule,
            // The counsellor has no more places on a popular day.
            Room::Counselling => schedule.with_usual_places(),
        },
    })
}

/// The days of a hall from `from` on.
async fn schedule(
    rt: &Runtime,
    conn: &mut PgConnection,
    hall: &Hall,
    from: Date,
) -> sqlx::Result<Schedule> {
    Ok(Schedule {
        hours: hall.hours.clone(),
        capacity: hall.capacity,
        settings: setting::all(conn, hall, from).await?,
        calendar: rt.calendar,
    })
}

/// Something read from the rules in force in a division now.
fn in_force<T>(
    rt: &Runtime,
    division: &str,
    read: impl FnOnce(&Context<'_>) -> Result<T, yiwang_civic::params::ParamError>,
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

fn hall_unknown() -> Fault {
    Fault::new(
        Code::NotFound,
        "HALL_UNKNOWN",
        "没有这个婚姻登记处，请重新选择。",
    )
}

fn appointment_unknown() -> Fault {
    Fault::new(
        Code::NotFound,
        "APPOINTMENT_NOT_FOUND",
        "没有找到这个预约，请核对预约编号。",
    )
}

/// The person of an account, once an officer has seen the card (实名核验): before that the
/// ID number is only typed, and what others booked is not shown for it.
fn verified(caller: &Caller) -> Option<&str> {
    let person = caller.person.as_deref();
    person.filter(|_| caller.has_role(Role::Citizen))
}

/// Clerks whose grant covers the hall work its counter.
fn at_counter(caller: &Caller, division: &str) -> Result<(), Fault> {
    if caller.has(Role::Clerk, division) {
        return Ok(());
    }
    let message = "只有这个婚姻登记处的窗口人员可以查看。";
    Err(Fault::new(Code::Forbidden, "WRONG_ROLE", message))
}
