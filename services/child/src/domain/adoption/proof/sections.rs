//! The case as officers and applicant read it.

use yiwang_casework::{Case, guide::Section};

use super::AdoptionProof;
use crate::domain::desk::day;

/// All blocks.
pub(super) fn sections(case: &Case<AdoptionProof>) -> Vec<Section> {
    let facts = &case.facts;
    let mut block = Section::new("办理情况");
    if let Some((_, on, by)) = &facts.found {
        block = block.row("查档", format!("{}，{by}", day(*on)));
    }
    if let Some((number, on, by)) = &facts.issued {
        block = block.row("办结", format!("{}，{by}", day(*on)));
        if !number.is_empty() {
            block = block.row("补发的字号", number.clone());
        }
    }
    if !facts.refused.is_empty() {
        block = block.row("不予办理的理由", facts.refused.clone());
    }
    match block.rows.is_empty() {
        true => Vec::new(),
        false => vec![block],
    }
}
