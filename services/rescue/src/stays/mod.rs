//! People in a station: places, belongings, articles, care, the board of the day (rules R02 to R05).
//!
//! | where | what |
//! |---|---|
//! | [`store`] | one row for each stay |
//! | [`places`] | who is where: the ledger; the head count at any instant |
//! | [`stations`] | stations and their places |
//! | `things`, `articles`, `care` | belongings by list, articles counted, the care log |
//! | `item`, `known` | the item of the stay over these tables |
//! | `board`, `lists`, `save`, `trail`, `api` | the gRPC service `Stations` |
//! | [`reactions`] | deaths that were recorded elsewhere |
//!
//! Locks are taken in one order: case, stay, place, article.

mod api;
pub mod articles;
mod board;
mod care;
pub mod demo;
mod item;
mod known;
mod lists;
pub mod places;
pub mod reactions;
mod save;
pub mod stations;
pub mod store;
mod things;
pub(crate) mod trail;

pub use api::StationsService;
pub(crate) use board::label;

use jiff::{Timestamp, tz};
use sqlx::PgConnection;
use yiwang_casework::{ApplyError, Refusal};
use yiwang_chassis::{
    fault::{Code, Fault},
    identity::{Caller, Role},
};

use self::stations::Station;

/// Who works at a station or answers for it.
pub(crate) const WATCHERS: [Role; 2] = [Role::Station, Role::CountyOfficer];

pub(crate) fn refuse(code: &'static str, message: impl Into<String>) -> ApplyError {
    ApplyError::Refused(Refusal::new(code, message))
}

/// What fails inside is the system's failure.
pub(crate) fn failed(fault: Fault) -> ApplyError {
    ApplyError::Database(sqlx::Error::Encode(fault.into()))
}

/// Whether a statement failed by this constraint.
pub(crate) fn violates(error: &sqlx::Error, constraint: &str) -> bool {
    let violated = error
        .as_database_error()
        .and_then(|error| error.constraint());
    violated == Some(constraint)
}

/// A Beijing time as it goes over the wire: 2026-05-20T09:00.
pub(crate) fn wire(at: Timestamp) -> String {
    tz::offset(8)
        .to_datetime(at)
        .strftime("%Y-%m-%dT%H:%M")
        .to_string()
}

/// The station, for who works there or answers for it; the same answer for a station of others
/// and for none.
pub(crate) async fn worked_at(
    conn: &mut PgConnection,
    caller: &Caller,
    code: &str,
    roles: &[Role],
) -> Result<Station, Fault> {
    if !roles.iter().any(|role| caller.has_role(*role)) {
        return Err(not_theirs());
    }
    let station = stations::find(conn, code.trim())
        .await?
        .ok_or_else(station_unknown)?;
    let theirs = roles
        .iter()
        .any(|role| caller.has(*role, &station.division));
    if theirs {
        Ok(station)
    } else {
        Err(not_theirs())
    }
}

fn station_unknown() -> Fault {
    let message = "没有这个救助管理站，请重新选择。";
    Fault::new(Code::NotFound, "STATION_UNKNOWN", message)
}

pub(crate) fn not_theirs() -> Fault {
    let message = "这里由救助管理站和所在县（市、区）民政局的工作人员办理，您的岗位不能办理。";
    Fault::new(Code::Forbidden, "WRONG_ROLE", message)
}

fn case_unknown() -> Fault {
    let message = "没有找到这名受助人员，请核对编号。";
    Fault::new(Code::NotFound, "CASE_NOT_FOUND", message)
}
