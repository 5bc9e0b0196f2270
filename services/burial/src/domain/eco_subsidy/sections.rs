//! The case as officers and applicant read it.

use yiwang_casework::{Case, guide::Section};
use yiwang_civic::money::Fen;

use super::EcoSubsidy;
use crate::domain::desk::day;

/// All blocks.
pub(super) fn sections(case: &Case<EcoSubsidy>) -> Vec<Section> {
    let facts = &case.facts;
    let mut block = Section::new("办理情况");
    if let Some(seen) = &facts.verified {
        let by = match facts.from_register {
            true => "按本地安葬登记核实".to_owned(),
            false => format!("{}核实", facts.verified_by),
        };
        block = block
            .row(
                "实际安葬",
                format!("{}，{}", day(seen.placed_on), seen.place),
            )
            .row("核实", by)
            .row("照片", seen.photo.words());
    }
    if let Some((by, on)) = &facts.approved {
        block = block
            .row("奖补金额", format!("{}元", Fen(facts.fen)))
            .row("依据", facts.source.clone())
            .row("审核", format!("{by}，{}", day(*on)));
    }
    if !facts.returned.is_empty() {
        block = block.row("银行退回", facts.returned.clone());
    }
    if let Some(on) = facts.paid_on {
        block = block.row("发放", day(on));
    }
    let mut blocks = vec![block];
    if !facts.objections.is_empty() {
        let mut block = Section::new("公示异议").for_officers();
        for (nth, text) in facts.objections.iter().enumerate() {
            block = block.row(format!("第{}件", nth + 1), text.clone());
        }
        blocks.push(block);
    }
    if let Some((data, _, by)) = &facts.recovery {
        let second = match &facts.recovered {
            Some((by, on)) => format!("{by}，{}", day(*on)),
            None => "待另一人复核".to_owned(),
        };
        let block = Section::new("追回")
            .row("理由", data.reasons.clone())
            .row("缴款凭证", data.receipt.clone())
            .row("登记", by.clone())
            .row("复核", second);
        blocks.push(block);
    }
    blocks
}
