//! Which legal limit of a case is the nearest.

use std::collections::BTreeMap;

use jiff::Timestamp;

use crate::{
    FAR_FUTURE,
    decision::{ClockOp, OnDue},
    store::clock::ClockRow,
};

/// The clocks that a first decision starts, as their rows read.
pub(super) fn started(changes: &[ClockOp], now: Timestamp) -> Vec<ClockRow> {
    let mut rows: Vec<ClockRow> = Vec::new();
    for change in changes {
        let name = match change {
            ClockOp::Start(clock) => &clock.name,
            ClockOp::Stop(name) => name,
        };
        rows.retain(|row| row.running.name != *name);
        if let ClockOp::Start(clock) = change {
            rows.push(ClockRow::started(clock, now));
        }
    }
    rows.sort_by(|a, b| {
        (a.running.due_at, &a.running.name).cmp(&(b.running.due_at, &b.running.name))
    });
    rows
}

/// The nearest legal limit; where none runs, the nearest date that acts by itself.
pub(super) fn nearest(running: &[ClockRow], changes: &[ClockOp]) -> Timestamp {
    let mut due: BTreeMap<&str, (bool, Timestamp)> = running
        .iter()
        .map(|clock| {
            (
                clock.running.name.as_str(),
                (clock.fires, clock.running.due_at),
            )
        })
        .collect();
    for change in changes {
        match change {
            ClockOp::Start(clock) => {
                due.insert(&clock.name, (clock.on_due == OnDue::Fire, clock.due_at));
            }
            ClockOp::Stop(name) => {
                due.remove(name.as_str());
            }
        }
    }
    due.into_values().min().map_or(FAR_FUTURE, |(_, at)| at)
}
