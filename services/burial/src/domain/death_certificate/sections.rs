//! The case as officers and family read it, beyond the form.

use yiwang_casework::{
    Case,
    guide::{Mask, Section},
};

use super::{DeathCertificate, facts::Step};
use crate::domain::desk::day;

/// Who did what.
pub(super) fn sections(case: &Case<DeathCertificate>) -> Vec<Section> {
    let facts = &case.facts;
    let mut steps: Vec<(&str, &Step)> = Vec::new();
    steps.extend(facts.entered.iter().map(|step| ("录入", step)));
    steps.extend(facts.checked.iter().map(|step| ("核对入库", step)));
    steps.extend(facts.corrected.iter().map(|step| ("更正", step)));
    steps.extend(facts.reissued.iter().map(|step| ("补发", step)));
    steps.extend(facts.void_asked.iter().map(|step| ("申请作废", step)));
    steps.extend(facts.kept.iter().map(|step| ("不同意作废", step)));
    steps.extend(facts.voided.iter().map(|step| ("作废", step)));
    steps.extend(facts.returned.iter().map(|step| ("退回", step)));
    let mut block = steps
        .into_iter()
        .fold(Section::new("办理经过"), |block, (label, step)| {
            block.row(label, format!("{}，{}", day(step.on), step.by))
        });
    if !facts.number.is_empty() {
        block = block.sensitive(
            "证明编号",
            facts.number.clone(),
            Mask::IdNumber,
            "/sections/number",
        );
    }
    vec![block]
}
