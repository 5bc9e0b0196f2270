//! The case as officers and family read it, beyond the form.

use yiwang_casework::{Case, guide::Section};

use super::{DeathDeclaration, facts::Step};
use crate::domain::desk::day;

/// Who did what.
pub(super) fn sections(case: &Case<DeathDeclaration>) -> Vec<Section> {
    let facts = &case.facts;
    let mut steps: Vec<(&str, &Step)> = Vec::new();
    steps.extend(facts.entered.iter().map(|step| ("录入", step)));
    steps.extend(facts.checked.iter().map(|step| ("核对登记", step)));
    steps.extend(facts.returned.iter().map(|step| ("退回", step)));
    steps.extend(facts.kept.iter().map(|step| ("不同意撤销", step)));
    let asked = facts.cancellation.as_ref();
    steps.extend(asked.map(|(_, step)| ("登记撤销判决", step)));
    steps.extend(facts.cancelled.iter().map(|step| ("撤销", step)));
    let mut block = steps
        .into_iter()
        .fold(Section::new("办理经过"), |block, (label, step)| {
            block.row(label, format!("{}，{}", day(step.on), step.by))
        });
    if let Some((by, _)) = asked {
        let text = format!(
            "{}，{}，{}",
            by.court.trim(),
            by.number.trim(),
            day(by.judged_on)
        );
        block = block.row("撤销死亡宣告的判决", text);
    }
    vec![block]
}
