//! The case as officers and the two read it, beyond the form.

use yiwang_casework::{
    Case,
    guide::{Mask, Section},
};

use super::{RegistrationRevocation, facts::Step};
use crate::domain::desk::paper::day;

/// Who did what; the opinion stays in the office until it is decided upon.
pub(super) fn sections(case: &Case<RegistrationRevocation>) -> Vec<Section> {
    let facts = &case.facts;
    let steps = [
        ("接收文书", &facts.received),
        ("审核", &facts.proposed),
        ("审批", &facts.decided),
    ];
    let words = |step: &Step| format!("{}，{}", day(step.on), step.by);
    let course = steps
        .into_iter()
        .filter_map(|(label, step)| Some((label, step.as_ref()?)))
        .fold(Section::new("办理经过"), |block, (label, step)| {
            block.row(label, words(step))
        });
    let mut opinion = Section::new("审核意见").for_officers();
    if let Some(step) = &facts.proposed {
        let pointer = "/sections/opinion";
        opinion = opinion.sensitive("意见", step.text.clone(), Mask::Hidden, pointer);
    }
    [course, opinion]
        .into_iter()
        .filter(|block| !block.rows.is_empty())
        .collect()
}
