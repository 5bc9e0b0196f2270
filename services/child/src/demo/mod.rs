//! The demonstration: directors, stations and homes ([`places`]), and the months that have passed
//! in 竹山县 before somebody looks. Those are lived by the service itself, act by act, on a clock
//! that is moved through the past: what they show is what anybody could have done by hand. Names
//! of places are true, everything else is made up.
//!
//! | where | what |
//! |---|---|
//! | `cast`, `bank` | who acts; what the bank answers |
//! | `beat`, `stage` | what this service does beside forms and acts |
//! | `files` | files, visits, entrusted care of two villages |
//! | `money` | an orphan, a child in fact unattended, two projects |
//! | `cases` | reports and protection cases |
//! | `wards` | guardianship by civil affairs, a foster family, an adoption |

mod bank;
mod beat;
mod cases;
mod cast;
mod files;
mod money;
pub mod pictures;
pub(crate) mod places;
mod stage;
mod wards;

use yiwang_casework::{Runtime, past::Wrong};

pub use self::cast::ACCOUNTS;
use self::stage::Stage;

/// The months before now, when nothing has happened yet. `rt` is a runtime of their own: its clock
/// is moved. A demonstration without a past is better than none: what does not fit any more is
/// reported, and the rest is lived.
///
/// # Errors
/// When the database is away.
pub(crate) async fn past(rt: Runtime) -> sqlx::Result<()> {
    let lived: bool = sqlx::query_scalar("select exists (select 1 from casework.case_file)")
        .fetch_one(&rt.pool)
        .await?;
    if lived {
        return Ok(());
    }
    for (what, fault) in months(rt).await {
        tracing::error!(%what, reason = %fault.reason, %fault, "the demonstration lacks this");
    }
    Ok(())
}

/// Lives the months before `rt`'s now; what did not fit.
pub async fn months(rt: Runtime) -> Vec<Wrong> {
    let mut stage = Stage::new(rt);
    let now = stage.past.now();
    let mut beats = files::beats(now);
    beats.extend(money::beats(now));
    beats.extend(cases::beats(now));
    beats.extend(wards::beats(now));
    stage.live(beats).await
}
