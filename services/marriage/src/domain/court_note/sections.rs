//! The case as officers and the two read it, beyond the form.

use yiwang_casework::{Case, guide::Section};

use super::CourtNote;
use crate::domain::desk::paper::day;

/// One block: who did what.
pub(super) fn sections(case: &Case<CourtNote>) -> Vec<Section> {
    let facts = &case.facts;
    let mut block = Section::new("办理经过");
    if let Some(received) = &facts.received {
        block = block.row("接收", format!("{}，{}", day(received.on), received.by));
    }
    if let Some(noted) = &facts.noted {
        block = block
            .row("核对备注", format!("{}，{}", day(noted.on), noted.by))
            .row("婚姻关系", case.form.paper.kind.state().label())
            .row("自何日起", day(case.form.paper.effective_on));
    }
    if let Some(returned) = &facts.returned {
        block = block.row("退回", format!("{}，{}", day(returned.on), returned.by));
    }
    vec![block]
}
