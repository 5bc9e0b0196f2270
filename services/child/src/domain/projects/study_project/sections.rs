//! The case as it is read.

use yiwang_casework::{
    Case,
    guide::{Mask, Section},
};

use super::StudyProject;
use crate::domain::{desk::day, projects::words::yuan};

/// All blocks.
pub(super) fn sections(case: &Case<StudyProject>) -> Vec<Section> {
    [review(case), years(case), paid(case)]
        .into_iter()
        .filter(|block| !block.rows.is_empty())
        .collect()
}

fn review(case: &Case<StudyProject>) -> Section {
    let facts = &case.facts;
    let mut block = Section::new("审核");
    if let Some(asked) = &facts.asked {
        let text = format!("{}，{}", asked.school, asked.level.label());
        block = block.row(format!("申请{}学年", asked.school_year), text);
    }
    if let Some((check, on, by)) = &facts.checked {
        let word = if check.recommend {
            "建议同意"
        } else {
            "不建议同意"
        };
        block = block
            .row("乡镇（街道）核实", format!("{}，{word}，{by}", day(*on)))
            .sensitive(
                "核实情况",
                check.findings.clone(),
                Mask::Hidden,
                "/facts/checked/findings",
            );
    }
    if !facts.ended.is_empty() {
        block = block.row("结束原因", facts.ended.clone());
    }
    block
}

fn years(case: &Case<StudyProject>) -> Section {
    let mut block = Section::new("学年");
    for year in &case.facts.years {
        let asked = &year.asked;
        let text = format!(
            "{}，{}，{}，{}{}同意",
            asked.school,
            asked.level.label(),
            yuan(year.fen),
            year.by.name,
            day(year.on)
        );
        block = block.row(format!("{}学年", asked.school_year), text);
    }
    block
}

fn paid(case: &Case<StudyProject>) -> Section {
    let facts = &case.facts;
    let mut block = Section::new("发放");
    for paid in facts.paid.iter().rev() {
        block = block.row(paid.due.label.clone(), paid.words());
    }
    for ordered in &facts.ordered {
        block = block.row(ordered.due.label.clone(), ordered.words());
    }
    if let Some(pending) = &facts.pending {
        let text = format!("{}登记，待另一人复核", pending.by.name);
        block = block.row(pending.step.due.label.clone(), text);
    }
    if let Some(next) = facts.to_pay.first() {
        let text = format!("{}，{}起", yuan(next.due.fen), day(next.from));
        block = block.row(format!("下一期：{}", next.due.label), text);
    }
    block
}
