//! The case as officers and parties read it.

use yiwang_casework::{
    Case,
    guide::{Mask, Section},
};

use super::AdoptionRevocation;
use crate::domain::desk::day;

/// All blocks.
pub(super) fn sections(case: &Case<AdoptionRevocation>) -> Vec<Section> {
    let facts = &case.facts;
    let mut heard = Section::new("听取意见").for_officers();
    for (nth, (hear, on, by)) in facts.heard.iter().enumerate() {
        let absent = if hear.absent { "，没有到场" } else { "" };
        let label = format!("{}，{}，{by}{absent}", hear.side.label(), day(*on));
        let pointer = format!("/facts/heard/{nth}");
        heard = heard.sensitive(label, hear.words.clone(), Mask::Hidden, pointer);
    }
    if let Some(pending) = &facts.pending {
        let text = format!("{}，{}拟办", pending.step.outcome.label(), pending.by.name);
        heard = heard.row("待审批", text);
    }
    let mut result = Section::new("处理结果");
    if let Some((on, first, second, reasons)) = &facts.decided {
        result = result
            .row("日期", day(*on))
            .row("拟办人、审批人", format!("{}、{}", first.name, second.name))
            .row("理由", reasons.clone());
    }
    let mut blocks = vec![result, heard];
    blocks.retain(|block| !block.rows.is_empty());
    blocks
}
