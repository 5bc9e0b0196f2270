//! The register of deaths (rules F01): every certificate once, whoever sent it; one valid
//! death per person in the whole country; every version kept with who changed it and why.
//!
//! ```text
//! health department ─► feed ──┐
//! paper ─► item SW (checked) ─┼─► record ─► death, version, audit, event
//! nameless body ─► identify ──┘      correct, void (two persons) the same way
//!
//! judgment ─► item XG (checked) ─► declaration ─► event; cancelled by the court
//! ```
//! Events are told under the person's key, so that consumers see the deaths of one person in
//! order whichever certificate they stand on. A certificate without a person tells nobody.
//!
//! Locks in one order: the case, the certificate, then the person's events.

pub mod alarm;
mod alarm_list;
mod api;
mod asked;
mod body;
pub(crate) mod bulk;
pub mod change;
pub mod declaration;
mod events;
pub mod feed;
pub mod follow;
mod items;
pub mod number;
pub mod reactions;
pub mod read;
pub mod record;
pub mod revocation;
mod row;
pub mod uses;

pub use api::DeathsService;
pub use change::{correct, identify, void};
pub use record::{Recorded, record};

use yiwang_casework::{ApplyError, Refusal};
use yiwang_chassis::{fault::Fault, identity::Caller};

/// Who changes the register, as the audit log and the version say.
#[derive(Debug, Clone, Copy)]
pub struct By<'a> {
    /// Account id, or `system:<part>`.
    pub actor: &'a str,
    /// Name of the officer or department.
    pub name: &'a str,
}

/// The officer who calls.
fn by<'a>(caller: &'a Caller, actor: &'a str) -> By<'a> {
    By {
        actor,
        name: &caller.name,
    }
}

fn failed(fault: Fault) -> ApplyError {
    ApplyError::Database(sqlx::Error::Encode(fault.into()))
}

fn refused(code: &'static str, message: &str) -> ApplyError {
    ApplyError::Refused(Refusal::new(code, message))
}

/// An effect's refusal as a caller reads it.
fn fault(error: ApplyError) -> Fault {
    match error {
        ApplyError::Refused(refusal) => Fault::precondition(refusal.code, refusal.message),
        ApplyError::Database(error) => error.into(),
    }
}

/// The index `one_death` speaks for persons of whom somebody else recorded a death just now.
fn known(error: sqlx::Error) -> ApplyError {
    let violated = error
        .as_database_error()
        .and_then(|error| error.constraint());
    match violated {
        Some("one_death") => dead_already(),
        _ => error.into(),
    }
}

fn dead_already() -> ApplyError {
    let message = "登记库中已有这个人的死亡登记，请核对是不是同一位逝者。";
    refused("DEATH_KNOWN", message)
}

fn unknown() -> ApplyError {
    refused("DEATH_UNKNOWN", "没有查到这份死亡证明，请核对编号。")
}

fn voided() -> ApplyError {
    refused("DEATH_VOIDED", "这份死亡证明已经作废，不能再使用或者更改。")
}
