//! The case as registrars and the applicant read it, beyond the form.

use yiwang_casework::{
    Case,
    guide::{Mask, Section},
};

use super::{CertificateReissue, facts::Facts};
use crate::domain::{desk::paper::day, identity};

/// All blocks that have something to say.
pub(super) fn sections(case: &Case<CertificateReissue>) -> Vec<Section> {
    let facts = &case.facts;
    let checked = identity::section(facts.identity.as_ref());
    let blocks = [checked, search(facts), outcome(facts)];
    blocks
        .into_iter()
        .filter(|block| !block.rows.is_empty())
        .collect()
}

fn search(facts: &Facts) -> Section {
    let mut block = Section::new("查档");
    let Some(search) = &facts.search else {
        return block;
    };
    let word = if search.found.is_some() {
        "查到登记档案"
    } else {
        "查无登记档案"
    };
    block = block.row("结果", format!("{}，{word}，{}", day(search.on), search.by));
    if let Some(found) = &search.found {
        block = block.row("原证字号", found.number.clone());
        if !found.other_name.is_empty() {
            let pointer = "/sections/search/other_name";
            block = block.sensitive("另一方", found.other_name.clone(), Mask::Name, pointer);
        }
        if !found.other_id_number.is_empty() {
            let pointer = "/sections/search/other_id_number";
            let number = found.other_id_number.clone();
            block = block.sensitive("另一方身份证号", number, Mask::IdNumber, pointer);
        }
    }
    if !search.note.is_empty() {
        block = block.row("查档说明", search.note.clone());
    }
    block
}

fn outcome(facts: &Facts) -> Section {
    let mut block = Section::new("办理结果");
    if let Some(reissue) = &facts.reissue {
        block = block
            .row("新证字号", reissue.number.clone())
            .row("作废的旧证", reissue.replaces.clone())
            .row("补发", format!("{}，{}", day(reissue.on), reissue.by));
    }
    if let Some(on) = facts.handed_over_on {
        block = block.row("领取日期", day(on));
    }
    if let Some(on) = facts.refused_on {
        block = block.row("不予补发", day(on));
    }
    block
}
