//! Patrols in the street, encounters, campaigns (rules R01, R14).
//!
//! ```text
//! phone, offline for an hour ─► sync ─► domain::street::merge ─► rescue.encounter
//!                                                      └► two values of one field ─► rescue.conflict
//! weather service ─► weather ─► rescue.alert ─► rescue.campaign ─► rescue.patrol
//! ```
//!
//! | where | what |
//! |---|---|
//! | `tours`, `repeat`, `way` | patrols, also those that come again, and where they were |
//! | `sync`, `row` | visits of a phone, row by row |
//! | `encounter`, `lists`, `settle`, `receive` | visits in their table, read, settled, received in the station |
//! | `stock` | what is handed out in the street, counted |
//! | `tell` | what passers-by tell |
//! | `campaigns`, [`weather`], `alert`, `opening` | campaigns, by plan or by alert |
//! | `rules` | the parameters of a place |
//! | `trail` | what each of these leaves behind: audit entry and event |
//!
//! Locks are taken in one order: encounter, conflict, case, stay, article.

mod alert;
mod api;
mod campaigns;
mod encounter;
mod lists;
pub(crate) mod opening;
mod receive;
mod repeat;
mod row;
mod rules;
mod settle;
mod stock;
mod sync;
mod tell;
mod tours;
mod trail;
mod way;
pub mod weather;

pub use api::PatrolsService;

use jiff::{Timestamp, civil::Date, civil::DateTime, tz};
use uuid::Uuid;
use yiwang_casework::form::is_readable;
use yiwang_chassis::fault::{Code, Fault, FieldViolation};

/// The instant of a Beijing time.
fn instant(at: DateTime) -> Timestamp {
    tz::offset(8).to_timestamp(at).unwrap_or(Timestamp::MAX)
}

/// Reads a Beijing time of a contract.
fn time_of(text: &str, at: &str) -> Result<Timestamp, Fault> {
    let read: Result<DateTime, _> = text.trim().parse();
    read.map(instant).map_err(|_| {
        let message = "请填写时间，例如2026-05-20T20:00。";
        Fault::invalid_field(at, "NOT_A_TIME", message)
    })
}

/// Reads a day of a contract.
fn day_of(text: &str, at: &str) -> Result<Date, Fault> {
    let read = text.trim().parse();
    read.map_err(|_| Fault::invalid_field(at, "NOT_A_DAY", "请选择日期。"))
}

/// Reads an id; whoever sends another text means nothing that is there.
fn id_of(text: &str, unknown: fn() -> Fault) -> Result<Uuid, Fault> {
    text.trim().parse().map_err(|_| unknown())
}

/// A line that must say something.
fn line(found: &mut Vec<FieldViolation>, at: &str, text: &str, most: usize, message: &str) {
    if text.is_empty() || text.chars().count() > most || !is_readable(text) {
        found.push(FieldViolation::new(at, "REQUIRED", message));
    }
}

fn all_right(found: Vec<FieldViolation>) -> Result<(), Fault> {
    match found.is_empty() {
        true => Ok(()),
        false => Err(Fault::invalid(found)),
    }
}

fn patrol_unknown() -> Fault {
    let message = "没有找到这次巡查，请刷新后重试。";
    Fault::new(Code::NotFound, "PATROL_UNKNOWN", message)
}

fn encounter_unknown() -> Fault {
    let message = "没有找到这次走访，请刷新后重试。";
    Fault::new(Code::NotFound, "ENCOUNTER_UNKNOWN", message)
}

fn campaign_unknown() -> Fault {
    let message = "没有找到这次专项行动，请刷新后重试。";
    Fault::new(Code::NotFound, "CAMPAIGN_UNKNOWN", message)
}
