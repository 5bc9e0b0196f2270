//! Rows of one-things. Every function works on the caller's transaction.

use jiff::Timestamp;
use uuid::Uuid;
use yiwang_chassis::fault::Fault;

mod drafts;
mod facts;
mod forms;
mod lease;
mod load;
mod names;
mod persist;
mod read;
mod signals;
mod start;

pub(crate) use drafts::{draft, drop_draft, save_draft};
pub(crate) use facts::{note as note_fact, of as facts_of};
pub(crate) use forms::answers;
#[cfg(test)]
pub(crate) use forms::before as forms_before;
pub(crate) use lease::{Lease, put_off, release, renew, take, unknown_versions};
pub(crate) use load::{Loaded, load};
pub(crate) use names::Named;
pub(crate) use persist::{Moment, persist};
pub(crate) use read::{Overview, StepRow, Told, find, history, opened, own, steps, stuck};
pub(crate) use signals::{Heard, Said, is_being_corrected, say, settle as settle_signal, waiting};
pub(crate) use start::{New, Started, start};

/// What does not change about a one-thing.
#[derive(Debug, Clone)]
pub(crate) struct Header {
    pub(crate) id: Uuid,
    /// 统一受理编号
    pub(crate) number: String,
    pub(crate) account: Uuid,
    /// Person key of whom it is about.
    pub(crate) subject: String,
    pub(crate) division: String,
    /// Business time.
    pub(crate) started_at: Timestamp,
}

/// A row that cannot be what we wrote.
pub(super) fn damaged(table: &str, column: &str, row: &str) -> Fault {
    Fault::internal(format!("{table}.{column} of {row} is damaged"))
}
