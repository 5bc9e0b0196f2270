//! The steps as legal clocks of the case: one turns red, one tells the others once.

use yiwang_casework::{ClockOp, OnDue, decision::StartClock};
use yiwang_civic::time;

use super::{
    course::Search,
    step::{Kind, Step},
};

const RED: &str = "search.";
const TELL: &str = "overdue.";

/// What changed between two states of a search, as clocks: what opened starts, what is no longer
/// open stops.
#[must_use]
pub fn clock_ops(before: &Search, after: &Search) -> Vec<ClockOp> {
    let mut ops = Vec::new();
    for kind in Kind::ALL {
        match (before.waiting(kind), after.waiting(kind)) {
            (old, Some(new)) if old != Some(new) => {
                ops.extend([OnDue::Warn, OnDue::Fire].map(|on| ClockOp::Start(clock(new, on))));
            }
            (Some(_), None) => {
                let stop = |prefix: &str| ClockOp::Stop(format!("{prefix}{}", kind.code()));
                ops.extend([RED, TELL].map(stop));
            }
            _ => {}
        }
    }
    ops
}

/// The step whose limit a clock of this name tells of; none of another clock. The step may have
/// been done meanwhile.
#[must_use]
pub fn overdue(clock: &str) -> Option<Kind> {
    Kind::from_code(clock.strip_prefix(TELL)?)
}

fn clock(step: &Step, on_due: OnDue) -> StartClock {
    let kind = step.kind;
    let (prefix, label) = match on_due {
        OnDue::Warn => (RED, kind.label().to_owned()),
        OnDue::Fire => (TELL, String::new()),
    };
    // A limit at 24:00 is the end of the day before.
    let last_instant = step.due_at - jiff::SignedDuration::from_nanos(1);
    StartClock {
        name: format!("{prefix}{}", kind.code()),
        label,
        legal_basis: kind.legal_basis().to_owned(),
        last_day: time::beijing_date(last_instant),
        due_at: step.due_at,
        provisional: step.provisional,
        on_due,
    }
}
