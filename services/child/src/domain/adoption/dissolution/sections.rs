//! The case as officers and parties read it.

use yiwang_casework::{
    Case,
    guide::{Mask, Section},
};

use super::AdoptionDissolution;
use crate::domain::desk::day;

/// All blocks.
pub(super) fn sections(case: &Case<AdoptionDissolution>) -> Vec<Section> {
    let facts = &case.facts;
    let mut block = Section::new("办理情况");
    if let Some((_, on, _)) = &facts.agreed {
        block = block.row("当面确认", day(*on));
    }
    if let Some((on, first, second)) = &facts.dissolved {
        block = block
            .row("解除日期", day(*on))
            .row("登记员、审批人", format!("{}、{}", first.name, second.name));
    }
    if !facts.refused.is_empty() {
        block = block.row("不予登记的理由", facts.refused.clone());
    }
    let mut said = Section::new("询问").for_officers();
    if let Some((agreed, ..)) = &facts.agreed {
        let words = agreed.words.clone();
        said = said.sensitive("被收养人原话", words, Mask::Hidden, "/facts/agreed/words");
        if !agreed.sender.is_empty() {
            let sender = agreed.sender.clone();
            said = said.sensitive("送养人", sender, Mask::Name, "/facts/agreed/sender");
        }
    }
    if let Some(pending) = &facts.pending {
        let text = format!("{}，{}拟办", pending.step.outcome.label(), pending.by.name);
        said = said.row("待审批", text);
    }
    let mut blocks = vec![block, said];
    blocks.retain(|block| !block.rows.is_empty());
    blocks
}
