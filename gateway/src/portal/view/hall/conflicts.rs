//! Persons with two valid records, frozen until a registrar settles it.

use askama::Template;
use yiwang_proto::marriage::v1 as pb;

use crate::portal::view::{Chrome, Trouble, format};

/// The conflicts.
#[derive(Template)]
#[template(path = "hall/conflicts.html")]
pub(crate) struct ConflictsPage {
    pub(crate) chrome: Chrome,
    pub(crate) told: &'static str,
    pub(crate) problems: Vec<Trouble>,
    pub(crate) csrf: String,
    pub(crate) conflicts: Vec<ConflictView>,
    /// The next page; empty on the last.
    pub(crate) next: String,
}

/// One conflict with its records side by side.
pub(crate) struct ConflictView {
    pub(crate) id: String,
    pub(crate) text: String,
    pub(crate) settled: bool,
    pub(crate) records: Vec<RecordView>,
    pub(crate) key: String,
    /// What was chosen and written before, and what is wrong with it.
    pub(crate) filled: Settlement,
}

/// A settlement as it was typed.
#[derive(Debug, Clone, Default)]
pub(crate) struct Settlement {
    /// Record to keep; `none` when both stand as they are.
    pub(crate) keep: String,
    pub(crate) reason: String,
    pub(crate) keep_error: String,
    pub(crate) reason_error: String,
}

/// A record in words.
pub(crate) struct RecordView {
    pub(crate) id: String,
    pub(crate) number: String,
    pub(crate) state: String,
    pub(crate) names: String,
    pub(crate) registered: String,
    pub(crate) ended: String,
    pub(crate) hall: String,
}

impl RecordView {
    /// A record of the register.
    pub(crate) fn of(record: &pb::Record) -> Self {
        Self {
            id: record.id.clone(),
            number: record.number.clone(),
            state: record.state_label.clone(),
            names: record.names.join("、"),
            registered: format::iso_day(&record.registered_on),
            ended: format::iso_day(&record.ended_on),
            hall: record.hall_name.clone(),
        }
    }
}

impl ConflictView {
    /// A conflict; `key` goes with its form.
    pub(crate) fn of(conflict: &pb::Conflict, key: String, filled: Settlement) -> Self {
        Self {
            id: conflict.id.clone(),
            text: conflict.text.clone(),
            settled: conflict.settled,
            records: conflict.records.iter().map(RecordView::of).collect(),
            key,
            filled,
        }
    }
}
