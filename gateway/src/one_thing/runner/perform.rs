//! What the runner asks of the world.

use std::collections::BTreeMap;

use serde_json::Value;

use crate::one_thing::{
    course::{Outcome, Phase},
    definition::{Definition, Step},
    store::Header,
};

/// One act to be done.
#[derive(Debug, Clone)]
pub(crate) struct Order<'a> {
    pub(crate) header: &'a Header,
    pub(crate) definition: &'static Definition,
    pub(crate) index: usize,
    pub(crate) phase: Phase,
    /// The same for every try of the same request.
    pub(crate) key: String,
    /// It may have happened before.
    #[cfg_attr(
        not(test),
        expect(dead_code, reason = "everybody is asked first, always")
    )]
    pub(crate) unknown: bool,
    /// The form.
    pub(crate) answers: &'a Value,
    /// What earlier steps gave.
    pub(crate) results: &'a BTreeMap<&'static str, Value>,
}

impl Order<'_> {
    /// The step.
    pub(crate) fn step(&self) -> &'static Step {
        &self.definition.steps[self.index]
    }
}

/// Does what steps say: files cases, hands tickets to departments.
#[tonic::async_trait]
pub(crate) trait Performer: Send + Sync {
    /// Does it once, or finds out what became of it. Must survive being called twice with one
    /// key, also at the same time.
    async fn perform(&self, order: &Order<'_>) -> Outcome;
}

/// The idempotency key of a request: one-thing, step, direction and round, never the try.
/// Departments take it in a path, so it has no slash.
pub(super) fn key(header: &Header, step: &Step, phase: Phase, round: i32) -> String {
    let mut key = format!("{}.{}", header.id, step.code);
    if phase == Phase::Undo {
        key.push_str(".undo");
    }
    if round > 1 {
        key.push_str(&format!(".{round}"));
    }
    key
}

/// One-thing and step of a key.
pub(crate) fn read_key(key: &str) -> Option<(uuid::Uuid, &str)> {
    let mut parts = key.split('.');
    let id = parts.next()?.parse().ok()?;
    Some((id, parts.next()?))
}
