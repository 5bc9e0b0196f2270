//! Reports of missing people, their index, candidates and matches (rules R06, R15).
//!
//! ```text
//! reports::file, batches::{import, withdraw} ─► rescue.report ─┐
//! clues::{upsert, end}              ─► rescue.clues ──┴─ follow ─► Pool (in memory)
//! Search::{for_stay, for_report}: Pool ─► the best few hundred ─► opened ─► compared in full, with reasons
//! watch: what is new is searched; a good pair becomes a case 寻亲比对, never twice
//! ```
//!
//! | where | what |
//! |---|---|
//! | [`reports`], [`batches`], [`clues`], [`faces`] | both sides in the database, sealed |
//! | `pool`, `follow` | both sides in memory, following the tables |
//! | [`matching`], `opened` | candidates in both directions |
//! | [`matches`], [`watch`] | pairs that somebody looks at; the search that runs by itself |
//! | `missing_person`, `kin_match` | the two items over these tables |
//! | `api`, `lists`, `import`, `view`, `family`, `sight` | the gRPC service `Kin`, and who may look |
//! | [`measure`] | what `yiwang bench kin` drives |
//!
//! Locks are taken in one order: comparison (BD), stay, family's case, report.

mod api;
pub mod batches;
pub mod clues;
pub mod faces;
mod family;
mod follow;
mod import;
mod kin_match;
mod lists;
pub mod matches;
pub mod matching;
pub mod measure;
mod missing_person;
mod opened;
mod pool;
pub mod reports;
mod sealed;
mod sight;
mod view;
pub mod watch;

pub use api::KinService;
pub use matching::Search;

use yiwang_casework::{ApplyError, Refusal};
use yiwang_chassis::{
    fault::{Code, Fault},
    identity::{Caller, Role},
};

/// Who searches.
const SEARCHERS: [Role; 2] = [Role::Station, Role::CountyOfficer];

fn searches(caller: &Caller) -> Result<(), Fault> {
    if SEARCHERS.iter().any(|role| caller.has_role(*role)) {
        return Ok(());
    }
    let message = "寻亲比对由救助管理站和民政局的工作人员办理，您的岗位不能办理。";
    Err(Fault::new(Code::Forbidden, "WRONG_ROLE", message))
}

/// A no of another case becomes a no of this one; anything else is the system's failure.
fn refused(fault: Fault) -> ApplyError {
    let code = match &*fault.reason {
        "PERSON_ELSEWHERE" => "PERSON_ELSEWHERE",
        "ALREADY_KNOWN" => "ALREADY_KNOWN",
        "PENDING" => "PENDING",
        "SAME_IDENTITY" => "SAME_IDENTITY",
        "SECOND_IDENTITY" => "SECOND_IDENTITY",
        "HOUSEHOLD_CANCELLED" => "HOUSEHOLD_CANCELLED",
        "WRONG_STATE" => "OTHER_CASE_STATE",
        _ if fault.code == Code::InvalidInput => "OTHER_CASE",
        _ if fault.code == Code::PreconditionFailed => "OTHER_CASE",
        _ => return crate::stays::failed(fault),
    };
    ApplyError::Refused(Refusal {
        code,
        message: fault.message,
        fields: fault.fields,
    })
}

fn broken(fault: Fault) -> sqlx::Error {
    sqlx::Error::Decode(fault.into())
}
