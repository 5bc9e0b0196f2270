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
    let told = &facts.signer_corrected;
    steps.extend(told.iter().map(|step| ("签发单位更正", step)));
    steps.extend(facts.named.iter().map(|step| ("查明身份", step)));
    steps.extend(facts.reissued.iter().map(|step| ("补发", step)));
    steps.extend(facts.void_asked.iter().map(|step| ("申请作废", step)));
    steps.extend(facts.kept.iter().map(|step| ("不同意作废", step)));
    let voids = &facts.signer_voids;
    steps.extend(voids.iter().map(|step| ("签发单位作废，待审批", step)));
    let refused = &facts.signer_refused;
    steps.extend(refused.iter().map(|step| ("不予撤销", step)));
    steps.extend(facts.voided.iter().map(|step| ("作废", step)));
    steps.extend(facts.returned.iter().map(|step| ("退回", step)));
    let mut block = steps
        .into_iter()
        .fold(Section::new("办理经过"), |block, (label, step)| {
            block.row(label, format!("{}，{}", day(step.on), step.by))
        });
    if let Some(last) = facts.signed_late {
        let text = format!("应当在{}以前签发，签发晚了", day(last));
        block = block.row("签发时限", text);
    }
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
