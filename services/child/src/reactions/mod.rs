//! What child protection does when somebody else's event arrives (rules B6). Each reaction takes
//! effect once and leaves the same whatever the order of the aggregates.
//!
//! | where | whose event | what |
//! |---|---|---|
//! | [`Deaths`] | burial | parent or carer: cases are told, a review is opened, somebody visits; child: cases end |
//! | [`Marriages`] | marriage | parents and carers; adopters |
//! | [`Minors`] | rescue | temporary guardianship at once, visits after coming home, a household after two years |
//! | [`Benefits`] | assistance | the top-up is computed anew; a case opened later knows what is drawn |
//! | [`Beforehand`] | | says before what the others will do |
//! | [`Involvements`] | our own | the others learn that somebody is involved, never why |

mod benefits;
mod calls;
mod deaths;
mod involvements;
mod marriages;
mod minors;
mod naming;
mod rescued;
mod ripples;

pub use self::{
    benefits::Benefits, deaths::Deaths, involvements::Involvements, marriages::Marriages,
    minors::Minors, ripples::Beforehand,
};

use std::sync::Arc;

use jiff::civil::Date;
use yiwang_casework::{Runtime, host::Host};
use yiwang_chassis::{fault::Fault, inbox::HandlerError, lifecycle::Lifecycle};

/// Listens to the other services.
pub(crate) fn run(host: &Host, runtime: &Arc<Runtime>, lifecycle: &Lifecycle) {
    let runtime = || runtime.clone();
    let deaths = Arc::new(Deaths { runtime: runtime() });
    host.consume("burial", deaths, lifecycle);
    let marriages = Arc::new(Marriages { runtime: runtime() });
    host.consume("marriage", marriages, lifecycle);
    let minors = Arc::new(Minors { runtime: runtime() });
    host.consume("rescue", minors, lifecycle);
    let benefits = Arc::new(Benefits { runtime: runtime() });
    host.consume("assistance", benefits, lifecycle);
    let involvements = Arc::new(Involvements { runtime: runtime() });
    host.consume("child", involvements, lifecycle);
}

/// A day of an event.
fn day(text: &str) -> Result<Date, HandlerError> {
    text.parse()
        .map_err(|error: jiff::Error| HandlerError::Reject(error.into()))
}

/// What the database or a case refuses may work later.
fn later(fault: Fault) -> HandlerError {
    HandlerError::Retry(fault.into())
}
